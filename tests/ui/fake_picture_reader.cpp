#include "tests/ui/fake_picture_reader.h"

#include <utility>

namespace modscope::test {

std::future<Result<OcrText>> FakePictureReader::submit(OcrPicture picture)
{
    const std::scoped_lock lock(m_mutex);
    m_asked.push_back(picture.file.filename().string());
    Asked one{m_asked.back(), {}};
    auto result = one.promise.get_future();
    m_waiting.push_back(std::move(one));
    if (!m_held) {
        answer(m_waiting.back());
        m_waiting.pop_back();
    }
    return result;
}

void FakePictureReader::setWords(const std::string& fileName, const std::string& words, float confidence)
{
    OcrText text;
    text.languages = "eng";
    if (!words.empty()) {
        text.text = words;
        text.confidence = confidence;
        text.words = {{words, confidence, {1, 2, 30, 10}, 0}};
    }
    const std::scoped_lock lock(m_mutex);
    m_answers.insert_or_assign(fileName, std::move(text));
}

void FakePictureReader::setError(const std::string& fileName, Error error)
{
    const std::scoped_lock lock(m_mutex);
    m_answers.insert_or_assign(fileName, tl::unexpected(std::move(error)));
}

void FakePictureReader::answer(Asked& one)
{
    const auto known = m_answers.find(one.file);
    one.promise.set_value(known == m_answers.end() ? Result<OcrText>(OcrText{}) : known->second);
}

void FakePictureReader::letThrough()
{
    const std::scoped_lock lock(m_mutex);
    m_held = false;
    for (Asked& one : m_waiting) {
        answer(one);
    }
    m_waiting.clear();
}

std::vector<std::string> FakePictureReader::asked() const
{
    const std::scoped_lock lock(m_mutex);
    return m_asked;
}

ui::OpenPictureReader FakePictureReader::opener(std::shared_ptr<FakePictureReader> reader)
{
    return [reader = std::move(reader)](
               const std::vector<std::string>& languages) -> Result<std::shared_ptr<ui::PictureReader>> {
        ++reader->opened;
        const std::scoped_lock lock(reader->m_mutex);
        reader->languages = languages;
        return reader;
    };
}

ui::OpenPictureReader FakePictureReader::failing(Error error)
{
    return [error = std::move(error)](const std::vector<std::string>&) -> Result<std::shared_ptr<ui::PictureReader>> {
        return fail(error);
    };
}

} // namespace modscope::test
