#include "ui/models/drop_content.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace modscope::ui {

namespace {

// Asking the disk about each of 20,000 names would hold up the drag; beyond this the name alone decides.
constexpr int kMostLookups = 500;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DropContent)
};

bool isTable(const QString& path)
{
    const auto suffix = QFileInfo(path).suffix().toLower();
    return suffix == QLatin1String("csv") || suffix == QLatin1String("jsonl") || suffix == QLatin1String("ndjson");
}

bool holdsCheckpoint(const QString& folder)
{
    const QDir directory(folder);
    return directory.exists(QStringLiteral("inference_config.json")) ||
           directory.exists(QStringLiteral("model.safetensors")) ||
           !directory.entryList({QStringLiteral("checkpoint-*")}, QDir::Dirs).isEmpty();
}

void addPath(DropContent& content, const QString& path)
{
    const bool isFolder = content.paths.size() < kMostLookups && QFileInfo(path).isDir();
    content.paths << path;
    if (isFolder) {
        ++content.folders;
    } else if (isTable(path)) {
        ++content.tables;
    } else {
        ++content.files;
    }
}

} // namespace

DropContent readDrop(const QMimeData& data)
{
    DropContent content;
    bool hasRemote = false;
    for (const auto& url : data.urls()) {
        if (url.isLocalFile()) {
            addPath(content, url.toLocalFile());
        } else {
            hasRemote = true;
        }
    }
    if (!content.paths.isEmpty()) {
        if (content.paths.size() == 1 && content.folders == 1 && holdsCheckpoint(content.paths.front())) {
            content.modelFolder = content.paths.front();
        }
        return content;
    }
    content.hasPicture = data.hasImage();
    if (content.hasPicture) {
        return content;
    }
    if (hasRemote) {
        content.refusal = Words::tr("Only files on this computer can be dropped. Save the picture first.");
    } else if (data.hasFormat(QStringLiteral("text/csv"))) {
        content.refusal = Words::tr("Cells cannot be dropped. Save the table as a CSV file and drop that.");
    } else if (data.hasText() && !data.text().trimmed().isEmpty()) {
        content.text = data.text().trimmed();
    } else {
        content.refusal = Words::tr("Only pictures, folders, tables and text can be dropped here.");
    }
    return content;
}

QString offerText(const DropContent& content)
{
    if (content.hasPicture) {
        return Words::tr("Score this picture");
    }
    if (!content.text.isEmpty()) {
        return Words::tr("Score this text");
    }
    QStringList parts;
    if (content.files > 0) {
        parts << Words::tr("%n picture(s)", nullptr, content.files);
    }
    if (content.folders > 0) {
        parts << Words::tr("%n folder(s)", nullptr, content.folders);
    }
    if (content.tables > 0) {
        parts << Words::tr("%n table(s)", nullptr, content.tables);
    }
    return Words::tr("Score %1").arg(parts.join(QStringLiteral(" + ")));
}

} // namespace modscope::ui
