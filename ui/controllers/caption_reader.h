#pragma once

#include "ui/controllers/picture_reader.h"
#include "ui/jobs/job.h"
#include "ui/models/classify_item.h"

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

namespace modscope::ui {

/// Why the text of a picture is read.
enum class ReadPurpose {
    BeforeScoring, ///< the item has no text and is scored afterwards
    Beside,        ///< the item has its text: the reading stands beside it
    Again,         ///< a person asked: the reading takes the place of whatever the text is
};

struct ReadRequest {
    ItemId id = 0;
    OcrPicture picture;
    ReadPurpose purpose = ReadPurpose::BeforeScoring;
};

struct PictureRead {
    ItemId id = 0;
    ReadPurpose purpose = ReadPurpose::BeforeScoring;
    OcrReading reading; ///< never null
};

/// Pictures of the list that wait for OCR. Few are handed to the reader at a time, so that a person who asks for one
/// does not wait for a thousand others, and a stop leaves little behind. The reader is opened at first need; when it
/// cannot be opened, every request is answered with the reason. Lives on the GUI thread and never blocks it.
class CaptionReader {
public:
    CaptionReader(OpenPictureReader open, QThreadPool* ioPool);

    /// Another reader is opened for what comes next; a former failure is forgotten.
    void setLanguages(std::vector<std::string> languages);
    /// At the end. Nothing happens when the item waits already.
    void add(ReadRequest request);
    /// In front of all others, whether the item waits or not.
    void addFirst(ReadRequest request);
    /// Forgets these items wherever they stand.
    void drop(std::span<const ItemId> ids);
    /// Forgets all. @return the items that were to be scored afterwards
    std::vector<ItemId> clear();
    [[nodiscard]] bool contains(ItemId id) const { return m_known.contains(id); }
    [[nodiscard]] bool isBusy() const { return !m_known.empty(); }
    /// Forgets that the reader could not be opened: the next request tries again.
    void forgetFailure();

    /// What has been read since the last call; hands further pictures to the reader.
    [[nodiscard]] std::vector<PictureRead> take();

private:
    struct InHand {
        ReadRequest request;
        std::future<Result<OcrText>> text;
    };

    void openIfNeeded();
    void handOut();
    void collect(std::vector<PictureRead>& answers);
    void answerAll(const Error& error, std::vector<PictureRead>& answers);

    QThreadPool* m_ioPool;
    OpenPictureReader m_open;
    std::vector<std::string> m_languages;
    Job<std::shared_ptr<PictureReader>> m_opening;
    std::shared_ptr<PictureReader> m_reader;
    bool m_wantsReader = false; ///< m_opening was started for the current languages
    std::deque<ReadRequest> m_waiting;
    std::vector<InHand> m_reading;
    std::unordered_set<ItemId> m_known; ///< waiting or being read
};

} // namespace modscope::ui
