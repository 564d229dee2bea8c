#include "ui/controllers/model_folder.h"

#include <QDir>
#include <QFileInfo>
#include <QStringList>

namespace modscope::ui {

bool looksLikeModel(const QString& path)
{
    const QFileInfo info(path);
    if (!info.isDir()) {
        return info.suffix() == QLatin1String("safetensors");
    }
    const QStringList names{QStringLiteral("inference_config.json"), QStringLiteral("label_map.json"),
                            QStringLiteral("*.safetensors"), QStringLiteral("model.safetensors.index.json"),
                            QStringLiteral("checkpoint-*")};
    return !QDir(path).entryList(names, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot).isEmpty();
}

bool isPickled(const QString& path)
{
    static const QStringList suffixes{QStringLiteral("bin"), QStringLiteral("pt"), QStringLiteral("pth"),
                                      QStringLiteral("ckpt"), QStringLiteral("pkl")};
    const QFileInfo info(path);
    return info.isFile() && suffixes.contains(info.suffix().toLower());
}

} // namespace modscope::ui
