#include "ui/controllers/picture_reader.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace modscope::ui {

namespace {

constexpr std::size_t kMostWorkers = 8; // each holds about 30 MB

class TesseractReader final : public PictureReader {
public:
    explicit TesseractReader(std::unique_ptr<OcrPool> pool) : m_pool(std::move(pool)) {}

    std::future<Result<OcrText>> submit(OcrPicture picture) override { return m_pool->submit(std::move(picture)); }
    [[nodiscard]] std::size_t workers() const override { return m_pool->workers(); }

private:
    std::unique_ptr<OcrPool> m_pool;
};

} // namespace

Result<std::shared_ptr<PictureReader>> openPictureReader(const std::vector<std::string>& languages)
{
    OcrOptions options;
    options.languages = languages;
    const std::size_t half = std::thread::hardware_concurrency() / 2;
    auto pool = OcrPool::open(options, std::clamp<std::size_t>(half, 1, kMostWorkers));
    if (!pool) {
        return fail(pool.error());
    }
    return std::make_shared<TesseractReader>(std::move(*pool));
}

} // namespace modscope::ui
