#pragma once

#include <QImage>
#include <QString>
#include <QStringList>

class QMimeData;

namespace modscope::ui {

/// What a drag, a drop or the clipboard brings, sorted by what the Classify page can do with it.
struct DropContent {
    QStringList paths; ///< local files and folders, in order
    int files = 0;     ///< of these: pictures, as far as names tell
    int folders = 0;
    int tables = 0;
    QString modelFolder;     ///< the one folder, when it holds a checkpoint
    bool hasPicture = false; ///< pixels, without a file
    QString text;
    QString refusal; ///< why nothing of it can be used; empty otherwise

    [[nodiscard]] bool isUsable() const { return !paths.isEmpty() || hasPicture || !text.isEmpty(); }
};

[[nodiscard]] DropContent readDrop(const QMimeData& data);

/// "Score 24 pictures + 2 folders"
[[nodiscard]] QString offerText(const DropContent& content);

} // namespace modscope::ui
