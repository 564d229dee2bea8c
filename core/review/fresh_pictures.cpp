#include "core/review/fresh_pictures.h"

#include "core/review/parallel.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace modscope {

namespace {

constexpr std::size_t kPicturesAtOnce = 500; ///< whose contents are loaded together

} // namespace

Result<void> FreshPictures::read(ReviewStore& store,
                                 std::span<const ItemId> items,
                                 const std::stop_token& stop,
                                 const ProgressFn& progress)
{
    for (std::size_t from = 0; from < items.size(); from += kPicturesAtOnce) {
        const auto contents = store.contents(items.subspan(from, std::min(kPicturesAtOnce, items.size() - from)));
        if (!contents) {
            return fail(contents.error());
        }
        std::vector<Result<Fingerprint>> prints(contents->size());
        inParallel(contents->size(), 0, stop, [&](std::size_t at) {
            if (!(*contents)[at].imagePath.empty()) {
                prints[at] = fingerprintFile((*contents)[at].imagePath);
            }
        });
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "looking for duplicates was stopped");
        }
        for (std::size_t at = 0; at < prints.size(); ++at) {
            const ItemContent& item = (*contents)[at];
            if (item.imagePath.empty()) {
                continue;
            }
            if (!prints[at] || prints[at]->sha256 != item.imageSha256) {
                ++m_unread;
                continue;
            }
            m_prints.emplace(item.id, std::move(*prints[at]));
        }
        if (progress) {
            progress({from + contents->size(), items.size()});
        }
    }
    return {};
}

const Fingerprint* FreshPictures::find(ItemId item) const
{
    const auto found = m_prints.find(item);
    return found == m_prints.end() ? nullptr : &found->second;
}

} // namespace modscope
