#pragma once

#include "core/base/error.h"
#include "core/ocr/ocr_reader.h"
#include "core/ocr/ocr_text.h"

#include <cstddef>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <vector>

namespace modscope {

/// When the text of a picture is read.
enum class OcrMode {
    Off,
    Auto,   ///< where an item has no text
    Always, ///< of every picture; what an item already says is kept, the reading stands beside it
};

/// Whether an item's picture is to be read. Its result becomes the item's text only where there is none: what a person
/// or a table says is never overwritten.
[[nodiscard]] bool wantsReading(OcrMode mode, bool hasText, bool hasPicture);

/// A picture to read: a file, or bytes in memory.
struct OcrPicture {
    std::filesystem::path file;
    std::shared_ptr<const std::vector<std::byte>> bytes;
};

/// Readers on threads of their own, so that pictures are read while something else computes.
/// Threads: submit() from any.
class OcrPool {
public:
    /// Opens the first reader at once, the others when there is work for them.
    /// @param workers  threads, at least one
    /// Errors: as OcrReader::open().
    [[nodiscard]] static Result<std::unique_ptr<OcrPool>> open(const OcrOptions& options, std::size_t workers);
    /// Stops: what has not been read holds Cancelled. Waits for the words being read, a fraction of a second.
    ~OcrPool();
    OcrPool(const OcrPool&) = delete;
    OcrPool& operator=(const OcrPool&) = delete;

    /// Pictures are begun in order. Errors, in the future: as OcrReader::readFile().
    [[nodiscard]] std::future<Result<OcrText>> submit(OcrPicture picture);

    [[nodiscard]] std::size_t workers() const;
    [[nodiscard]] const std::string& languages() const; ///< "eng+deu"

private:
    struct State;
    explicit OcrPool(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace modscope
