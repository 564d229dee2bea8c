#include "core/review/check_pictures.h"

#include "core/base/sha256.h"
#include "core/review/parallel.h"

#include <array>
#include <filesystem>
#include <optional>

namespace modscope {

namespace {

constexpr std::array<std::string_view, 4> kFaultNames = {"missing", "changed", "unreadable", "no_hash"};
constexpr std::size_t kPicturesAtOnce = 1000;

struct PictureToCheck {
    PictureFault fault; ///< its item
    std::string sha256;
    bool faulty = false;
};

void check(PictureToCheck& picture)
{
    std::error_code ignored;
    PictureFault& fault = picture.fault;
    const auto told = [&](PictureFault::Kind kind, const std::string& message = {}) {
        fault.kind = kind;
        fault.message = message;
        picture.faulty = true;
    };
    if (!std::filesystem::exists(fault.path, ignored)) {
        told(PictureFault::Kind::Missing);
        return;
    }
    if (picture.sha256.empty()) {
        told(PictureFault::Kind::NoHash);
        return;
    }
    const auto sha256 = sha256OfFile(fault.path);
    if (!sha256) {
        told(PictureFault::Kind::Unreadable, sha256.error().message);
    } else if (*sha256 != picture.sha256) {
        told(PictureFault::Kind::Changed);
    }
}

} // namespace

std::string_view name(PictureFault::Kind kind)
{
    return kFaultNames[static_cast<std::size_t>(kind)];
}

Result<PictureReport> checkPictures(ReviewStore& store,
                                    unsigned threads,
                                    std::stop_token stop,
                                    const ProgressFn& progress)
{
    PictureReport report;
    std::vector<PictureToCheck> waiting;
    const auto checkWaiting = [&]() -> Result<void> {
        inParallel(waiting.size(), threads, stop, [&](std::size_t at) { check(waiting[at]); });
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "checking the pictures was stopped");
        }
        for (PictureToCheck& picture : waiting) {
            if (picture.faulty) {
                report.faults.push_back(std::move(picture.fault));
            }
        }
        waiting.clear();
        if (progress) {
            progress({report.pictures, 0});
        }
        return {};
    };
    const auto read = store.readItems(stop, [&](const ItemContent& item, const ItemStatus& status) -> Result<void> {
        if (item.imagePath.empty() || status.state == ItemState::Removed) {
            return {};
        }
        ++report.pictures;
        waiting.push_back({{item.id, item.key, item.imagePath, {}, {}}, item.imageSha256});
        return waiting.size() < kPicturesAtOnce ? Result<void>() : checkWaiting();
    });
    const auto last = read ? checkWaiting() : fail(read.error());
    return last ? Result<PictureReport>(std::move(report)) : fail(last.error());
}

} // namespace modscope
