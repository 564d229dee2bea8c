#include "ui/models/caption_origin.h"

#include "core/text/unicode.h"

namespace modscope::ui {

namespace {

std::string comparable(const QString& text)
{
    return collapseWhitespace(nfkcCaseFold(text.trimmed().toStdString()));
}

} // namespace

CaptionOrigin captionOrigin(const QString& caption, const QString& ocrText)
{
    const std::string given = comparable(caption);
    const std::string read = comparable(ocrText);
    if (given.empty()) {
        return read.empty() ? CaptionOrigin::None : CaptionOrigin::Picture;
    }
    if (read.empty()) {
        return CaptionOrigin::Caption;
    }
    return given == read ? CaptionOrigin::Agree : CaptionOrigin::Differ;
}

} // namespace modscope::ui
