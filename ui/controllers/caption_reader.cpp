#include "ui/controllers/caption_reader.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <unordered_set>
#include <utility>

namespace modscope::ui {

namespace {

constexpr std::size_t kAheadPerWorker = 2; // one is read, one is ready: nobody waits for the next look

OcrReading shared(Result<OcrText> text)
{
    return std::make_shared<const Result<OcrText>>(std::move(text));
}

} // namespace

CaptionReader::CaptionReader(OpenPictureReader open, QThreadPool* ioPool)
    : m_ioPool(ioPool), m_open(std::move(open)), m_opening(ioPool)
{}

void CaptionReader::setLanguages(std::vector<std::string> languages)
{
    if (languages == m_languages) {
        return;
    }
    m_languages = std::move(languages);
    m_opening.cancel();
    m_wantsReader = false;
    // Its end waits for the words that are being read: not on this thread.
    m_ioPool->start([former = std::exchange(m_reader, nullptr)]() mutable { former.reset(); });
}

void CaptionReader::add(ReadRequest request)
{
    if (m_known.insert(request.id).second) {
        m_waiting.push_back(std::move(request));
    }
}

void CaptionReader::addFirst(ReadRequest request)
{
    drop(std::array{request.id});
    m_known.insert(request.id);
    m_waiting.push_front(std::move(request));
}

void CaptionReader::drop(std::span<const ItemId> ids)
{
    std::unordered_set<ItemId> gone;
    std::copy_if(ids.begin(), ids.end(), std::inserter(gone, gone.end()), [this](ItemId id) { return contains(id); });
    if (gone.empty()) {
        return;
    }
    std::erase_if(m_known, [&gone](ItemId id) { return gone.contains(id); });
    std::erase_if(m_waiting, [&gone](const ReadRequest& request) { return gone.contains(request.id); });
    std::erase_if(m_reading, [&gone](const InHand& one) { return gone.contains(one.request.id); });
}

std::vector<ItemId> CaptionReader::clear()
{
    std::vector<ItemId> held;
    const auto note = [&held](const ReadRequest& request) {
        if (request.purpose == ReadPurpose::BeforeScoring) {
            held.push_back(request.id);
        }
    };
    std::for_each(m_reading.begin(), m_reading.end(), [&note](const InHand& one) { note(one.request); });
    std::for_each(m_waiting.begin(), m_waiting.end(), note);
    m_reading.clear();
    m_waiting.clear();
    m_known.clear();
    return held;
}

void CaptionReader::forgetFailure()
{
    if (!m_opening.isRunning() && !m_reader) {
        m_wantsReader = false;
    }
}

void CaptionReader::openIfNeeded()
{
    if (m_wantsReader || m_waiting.empty()) {
        return;
    }
    m_wantsReader = true;
    m_opening.start([open = m_open, languages = m_languages](const std::stop_token&, const ProgressFn&) {
        return open(languages);
    });
}

void CaptionReader::handOut()
{
    while (!m_waiting.empty() && m_reading.size() < kAheadPerWorker * m_reader->workers()) {
        ReadRequest request = std::move(m_waiting.front());
        m_waiting.pop_front();
        auto text = m_reader->submit(request.picture);
        m_reading.push_back({std::move(request), std::move(text)});
    }
}

std::vector<PictureRead> CaptionReader::take()
{
    std::vector<PictureRead> done;
    collect(done);
    openIfNeeded();
    if (m_wantsReader && !m_reader && !m_opening.isRunning()) {
        if (const auto& opened = m_opening.result()) {
            m_reader = *opened;
        } else {
            answerAll(opened.error(), done);
        }
    }
    if (m_reader) {
        handOut();
    }
    return done;
}

void CaptionReader::collect(std::vector<PictureRead>& answers)
{
    std::erase_if(m_reading, [&](InHand& one) {
        if (one.text.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            return false;
        }
        auto text = one.text.get();
        if (!text && text.error().code == ErrorCode::Cancelled) { // its reader gave way to one of other languages
            m_waiting.push_front(std::move(one.request));
            return true;
        }
        m_known.erase(one.request.id);
        answers.push_back({one.request.id, one.request.purpose, shared(std::move(text))});
        return true;
    });
}

void CaptionReader::answerAll(const Error& error, std::vector<PictureRead>& answers)
{
    const OcrReading reason = shared(fail(error));
    for (const ReadRequest& request : m_waiting) {
        answers.push_back({request.id, request.purpose, reason});
        m_known.erase(request.id);
    }
    m_waiting.clear();
}

} // namespace modscope::ui
