#pragma once

#include "ui/controllers/picture_reader.h"

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace modscope::test {

/// Stands in for OCR: the test says what each file's picture says, and, after hold(), when.
class FakePictureReader final : public ui::PictureReader {
public:
    std::future<Result<OcrText>> submit(OcrPicture picture) override;
    [[nodiscard]] std::size_t workers() const override { return 1; }

    /// @param words  empty: the picture has no text
    void setWords(const std::string& fileName, const std::string& words, float confidence = 0.94F);
    void setError(const std::string& fileName, Error error);
    /// Nothing is answered until letThrough().
    void hold() { m_held = true; }
    void letThrough();
    /// The files that were handed over, in order; bytes in memory are called "".
    [[nodiscard]] std::vector<std::string> asked() const;

    /// Opens this reader and counts how often; with an error, fails.
    [[nodiscard]] static ui::OpenPictureReader opener(std::shared_ptr<FakePictureReader> reader);
    [[nodiscard]] static ui::OpenPictureReader failing(Error error);

    std::atomic<int> opened = 0;
    std::vector<std::string> languages; ///< of the last opening

private:
    struct Asked {
        std::string file;
        std::promise<Result<OcrText>> promise;
    };
    void answer(Asked& one);

    mutable std::mutex m_mutex;
    std::map<std::string, Result<OcrText>> m_answers;
    std::vector<std::string> m_asked;
    std::deque<Asked> m_waiting;
    bool m_held = false;
};

} // namespace modscope::test
