#include "core/ocr/ocr_reader.h"

#include "core/ocr/caption_strokes.h"
#include "core/ocr/ocr_languages.h"
#include "core/ocr/word_selection.h"

#include <leptonica/allheaders.h>
#include <mutex>
#include <new>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>
#include <utility>

// Of libgomp, which Tesseract is linked with; clang's <omp.h> is another library's.
// NOLINTBEGIN(readability-identifier-naming): the library's names
extern "C" int omp_get_max_active_levels();
extern "C" void omp_set_max_active_levels(int levels);
// NOLINTEND(readability-identifier-naming)

namespace modscope {

struct OcrReader::Recogniser {
    tesseract::TessBaseAPI api;
    std::string languages;
    DecodeOptions limits;
};

namespace {

constexpr int kSmallestSide = 12; // pixels: no letter fits below

/// Tesseract asks for teams of four threads, whatever the number of readers. Inside this scope, on this thread, its
/// parallel regions have one thread; libgomp keeps the setting per thread.
class OneThread {
public:
    OneThread() : m_before(omp_get_max_active_levels()) { omp_set_max_active_levels(0); }
    ~OneThread() { omp_set_max_active_levels(m_before); }
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

private:
    int m_before;
};

// Both settings are the libraries' globals: written once, by one thread, before anything could be printed.
void silence(tesseract::TessBaseAPI& api)
{
    static std::once_flag once;
    std::call_once(once, [&api] {
        setMsgSeverity(L_SEVERITY_NONE);
        api.SetVariable("debug_file", "/dev/null");
    });
}

bool isStopped(void* stop, int /*words*/)
{
    return static_cast<const std::stop_token*>(stop)->stop_requested();
}

std::string withoutSpace(const char* text)
{
    std::string result(text);
    std::erase_if(result, [](unsigned char byte) { return byte <= ' '; });
    return result;
}

/// @param scale  pixels of the picture in one of the page
OcrBox boxOf(const tesseract::ResultIterator& words, double scale)
{
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    words.BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom);
    const auto scaled = [scale](int pixels) { return static_cast<int>(pixels * scale); };
    return {scaled(left), scaled(top), scaled(right - left), scaled(bottom - top)};
}

std::vector<RecognisedWord> recognisedWords(tesseract::TessBaseAPI& api, double scale)
{
    std::vector<RecognisedWord> found;
    const std::unique_ptr<tesseract::ResultIterator> words(api.GetIterator());
    if (!words) {
        return found;
    }
    int line = -1;
    do {
        if (words->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) {
            ++line;
        }
        const std::unique_ptr<char[]> text(words->GetUTF8Text(tesseract::RIL_WORD));
        if (!text || *text.get() == '\0') {
            continue;
        }
        RecognisedWord candidate;
        candidate.word.text = withoutSpace(text.get());
        candidate.word.confidence = words->Confidence(tesseract::RIL_WORD) / 100;
        candidate.word.box = boxOf(*words, scale);
        candidate.word.line = line;
        candidate.inDictionary = words->WordIsFromDictionary() || words->WordIsNumeric();
        found.push_back(std::move(candidate));
    } while (words->Next(tesseract::RIL_WORD));
    return found;
}

Result<OcrText> recognise(tesseract::TessBaseAPI& api, const StrokePage& page, double scale, std::stop_token stop)
{
    if (page.isEmpty) {
        return OcrText{};
    }
    api.SetImage(page.grey.data(), page.width, page.height, 1, page.width);
    constexpr int kPagePpi = 150; // of an enlarged picture: stops a guess that is logged
    api.SetSourceResolution(kPagePpi);
    tesseract::ETEXT_DESC monitor;
    monitor.cancel = isStopped;
    monitor.cancel_this = &stop;
    const int failed = api.Recognize(&monitor);
    if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "Reading the picture's text was cancelled");
    }
    if (failed != 0) {
        return fail(ErrorCode::Internal, "Tesseract could not read the picture");
    }
    return selectWords(recognisedWords(api, scale));
}

} // namespace

OcrReader::OcrReader(std::unique_ptr<Recogniser> recogniser) : m_recogniser(std::move(recogniser)) {}
OcrReader::~OcrReader() = default;
OcrReader::OcrReader(OcrReader&& other) noexcept = default;
OcrReader& OcrReader::operator=(OcrReader&& other) noexcept = default;

Result<OcrReader> OcrReader::open(const OcrOptions& options)
{
    const auto found = findOcrLanguages(options.dataFolder);
    if (!found) {
        return fail(found.error());
    }
    auto languages = chooseOcrLanguages(*found, options.languages);
    if (!languages) {
        return fail(languages.error());
    }
    auto recogniser = std::make_unique<Recogniser>();
    recogniser->languages = std::move(*languages);
    recogniser->limits = options.limits;
    recogniser->limits.orientation = Orientation::Apply;
    tesseract::TessBaseAPI& api = recogniser->api;
    silence(api);
    const OneThread team;
    if (api.Init(found->folder.c_str(), recogniser->languages.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
        return fail(ErrorCode::ParseError, found->folder.string() + ": the files of the OCR language '" +
                                               recogniser->languages + "' cannot be used; install them again");
    }
    api.SetPageSegMode(tesseract::PSM_SPARSE_TEXT);
    api.SetVariable("tessedit_char_blacklist", "|"); // what tall capital I's are taken for
    return OcrReader(std::move(recogniser));
}

Result<OcrText> OcrReader::read(const Image& picture, const std::stop_token& stop)
{
    if (auto checked = checkBuffer(picture); !checked) {
        return fail(checked.error());
    }
    OcrText best;
    best.languages = m_recogniser->languages;
    if (picture.width < kSmallestSide || picture.height < kSmallestSide) {
        return best;
    }
    const OneThread team;
    try {
        const auto working = toWorkingSize(picture);
        if (!working) {
            return fail(working.error());
        }
        const double scale = static_cast<double>(picture.width) / working->width;
        for (const OcrPolarity polarity : {OcrPolarity::LightText, OcrPolarity::DarkText}) {
            auto text = recognise(m_recogniser->api, isolateStrokes(*working, polarity), scale, stop);
            if (!text) {
                return text;
            }
            if (readingScore(*text) > readingScore(best)) {
                best = std::move(*text);
                best.languages = m_recogniser->languages;
                best.polarity = polarity;
            } else if (best.words.empty()) {
                best.droppedWords += text->droppedWords;
            }
        }
        m_recogniser->api.Clear();
        return best;
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "not enough memory to read the picture's text");
    }
}

Result<OcrText> OcrReader::read(std::span<const std::byte> bytes, const std::stop_token& stop)
{
    const auto decoded = decodeImage(bytes, m_recogniser->limits);
    return decoded ? read(decoded->image, stop) : fail(decoded.error());
}

Result<OcrText> OcrReader::readFile(const std::filesystem::path& path, const std::stop_token& stop)
{
    const auto decoded = decodeImageFile(path, m_recogniser->limits);
    return decoded ? read(decoded->image, stop) : fail(decoded.error());
}

const std::string& OcrReader::languages() const
{
    return m_recogniser->languages;
}

} // namespace modscope
