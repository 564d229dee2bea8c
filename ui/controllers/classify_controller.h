#pragma once

#include "ui/controllers/caption_reader.h"
#include "ui/controllers/intake.h"
#include "ui/controllers/score_queue.h"
#include "ui/controllers/scorer.h"
#include "ui/jobs/inbox.h"
#include "ui/jobs/job.h"
#include "ui/models/classify_list_model.h"
#include "ui/settings/preferences.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <deque>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace modscope::ui {

/// How the page stands, told at most ten times a second while work runs and once at its end.
struct ClassifyStatus {
    ClassifyCounts counts;
    bool reading = false;     ///< a drop is still being listed
    bool readingText = false; ///< OCR reads pictures
    bool scoring = false;
    bool stopped = false; ///< the person stopped; Continue is offered

    /// Something that Stop would end.
    [[nodiscard]] bool isWorking() const { return reading || readingText || scoring; }

    bool operator==(const ClassifyStatus&) const = default;
};

/// From what a person drops, pastes or opens to rows with scores. Reading runs on the io pool, scoring on the inference
/// pool; results arrive in the list model at most ten times a second.
class ClassifyController : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kDropLimit = 20'000;

    ClassifyController(QThreadPool* inferencePool,
                       QThreadPool* ioPool,
                       OpenPictureReader openReader,
                       QObject* parent = nullptr);
    ~ClassifyController() override;

    [[nodiscard]] ClassifyListModel* items() { return &m_items; }
    [[nodiscard]] const std::vector<OpenModel>& models() const { return m_models; }
    [[nodiscard]] const ClassifyStatus& status() const { return m_status; }

    /// Items that a new model has not seen are scored; answers of models that stay are kept.
    void setModels(std::vector<OpenModel> models);

    /// When the text of pictures is read from now on, and in which languages. Never, until it is called.
    void setOcr(const OcrPreferences& ocr);

    void addPaths(const QStringList& paths);
    void addPicture(const QImage& picture);
    void addText(const QString& text);
    void addItems(std::vector<ClassifyItem> items);
    /// After limitReached(): reads on where the drop was cut.
    void addTheRest();
    [[nodiscard]] bool hasRest() const { return m_rest.limit > 0; }

    void scoreAgain(std::span<const ItemId> ids);
    void retryFailed();
    /// Stops after the running batch; what is scored stays.
    void stop();
    void resume();
    void remove(std::span<const ItemId> ids);
    /// How many items undoRemove() would bring back.
    [[nodiscard]] int removedCount() const { return static_cast<int>(m_removed.size()); }
    /// Brings back what remove() took last, at the end of the list.
    void undoRemove();
    /// Changes an item's text without scoring it: whoever edits asks the ItemExplainer for new scores.
    void setText(ItemId id, const QString& text);
    /// The text becomes what OCR reads in the picture, whosever it was; the items are scored again.
    void readAgain(std::span<const ItemId> ids);

Q_SIGNALS:
    void statusChanged(const modscope::ui::ClassifyStatus& status);
    /// The first rows of a drop are in the list.
    void itemsArrived(modscope::ui::ItemId first);
    /// A drop was read to its end.
    void itemsAdded(int count);
    /// OCR gave the item its text; it is scored next.
    void textRead(modscope::ui::ItemId id);
    /// A person asked for the text of a picture, and there is none. @param reason  empty: the picture has no words
    void nothingRead(modscope::ui::ItemId id, const QString& reason);
    /// A drop holds more than kDropLimit items; the rest waits for addTheRest().
    void limitReached(int limit);

private:
    void read(IntakeRequest request);
    void readNext();
    void intakeFinished();
    [[nodiscard]] ScoreWork workFor(const ClassifyItem& item) const;
    void enqueue(std::span<const ItemId> ids);
    void startScoring();
    // classify_controller_duplicates.cpp
    void followOriginal(ItemId duplicate, ItemId original);
    void answerFollowers(ItemId original);
    // classify_controller_text.cpp
    [[nodiscard]] bool wantsText(const ClassifyItem& item) const;
    void requestReadings(std::span<const ItemId> ids);
    void takeReadings();
    void useReading(const PictureRead& read);
    void replaceText(ItemId id, const OcrReading& reading);
    void startPulse();
    void pulse();
    void takeItems();
    void takeEvents();
    void runFinished();
    void refreshStatus();
    /// The ids of all rows that a rule chooses, in order.
    template <typename Rule>
    [[nodiscard]] std::vector<ItemId> idsWhere(Rule&& rule) const;

    ClassifyListModel m_items;
    std::vector<OpenModel> m_models;
    ItemId m_lastId = 0;

    Job<IntakeSummary> m_intake;
    std::deque<IntakeRequest> m_requests; ///< the first one is being read
    std::shared_ptr<Inbox<ClassifyItem>> m_newItems;
    IntakeRequest m_rest;
    bool m_firstArrived = false; ///< rows of the request that is being read are in the list

    CaptionReader m_captions;
    OcrMode m_ocrMode = OcrMode::Off;
    std::vector<PictureRead> m_readings; ///< of items that are just being scored with their former text

    std::shared_ptr<ScoreQueue> m_queue;
    std::shared_ptr<Inbox<ScoreEvent>> m_events;
    Job<std::size_t> m_scoring;
    bool m_runEnding = false;    ///< the worker has left, its last events may still wait
    bool m_intakeEnding = false; ///< the same of the reader
    bool m_resumeWanted = false; ///< Continue was asked for while the stopped run was still ending
    QSet<ItemId> m_edited;       ///< edited during this run: the run's answers are of the former text
    std::unordered_map<ItemId, std::vector<ItemId>> m_followers; ///< duplicates that wait for their original's answers

    std::vector<ClassifyItem> m_removed; ///< by the last remove()
    QTimer m_pulse;
    ClassifyStatus m_status;
};

} // namespace modscope::ui
