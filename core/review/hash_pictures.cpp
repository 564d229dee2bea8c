#include "core/review/import.h"
#include "core/review/parallel.h"
#include "core/similarity/picture_file.h"

namespace modscope {

namespace {

void hashPicture(ImportRow& row, bool keepUnreadable)
{
    ItemContent& item = row.item->content;
    const auto hashed = hashPictureFile(item.imagePath);
    if (hashed) {
        item.imageSha256 = hashed->sha256;
        item.hash = {toHex(hashed->pdq.hash), hashed->pdq.quality};
    } else if (!keepUnreadable) {
        row.item = fail(hashed.error());
    }
}

} // namespace

Result<void> hashPictures(std::vector<ImportRow>& rows, bool keepUnreadable, unsigned threads, std::stop_token stop)
{
    std::vector<ImportRow*> pictures;
    for (ImportRow& row : rows) {
        if (row.item && !row.item->content.imagePath.empty()) {
            pictures.push_back(&row);
        }
    }
    inParallel(pictures.size(), threads, stop, [&](std::size_t at) { hashPicture(*pictures[at], keepUnreadable); });
    return stop.stop_requested() ? fail(ErrorCode::Cancelled, "the import was stopped") : Result<void>();
}

} // namespace modscope
