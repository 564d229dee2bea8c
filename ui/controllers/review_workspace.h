#pragma once

#include "ui/controllers/cover_loader.h"
#include "ui/controllers/desk_link.h"
#include "ui/controllers/exposure_ledger.h"
#include "ui/controllers/folder_watcher.h"
#include "ui/controllers/item_picture.h"
#include "ui/controllers/lead_orders.h"
#include "ui/controllers/review_controller.h"
#include "ui/controllers/review_queues.h"
#include "ui/controllers/review_sender.h"
#include "ui/controllers/review_transfer.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace modscope::ui {

/// Everything behind the Review page, held together so that main builds it once and hands it down.
class ReviewWorkspace : public QObject {
    Q_OBJECT
public:
    /// @param dataFolder  of the person: the store of one desk and pasted pictures are in it
    ReviewWorkspace(QThreadPool* ioPool, const QString& dataFolder, QObject* parent = nullptr);

    /// The models whose scores items may bring along.
    void setModels(const std::vector<OpenModel>& models);
    [[nodiscard]] const std::vector<ScoringModel>& models() const { return m_models; }
    [[nodiscard]] const std::vector<OpenModel>& openModels() const { return m_open; }
    /// Opens the store that the person chose, or the one of this desk if it is there already.
    void openRemembered(const ReviewPreferences& chosen);
    /// Puts items into the queue; on one desk its store is made for the first ones.
    void send(std::vector<ClassifyItem> items, const std::vector<OpenModel>& models, const ReviewPreferences& chosen);

    DeskLink link; ///< first: the others ask it
    ReviewQueues queues;
    ExposureLedger ledger;
    ReviewController review;
    CoverLoader covers;
    ItemPicture picture;
    ReviewSender sender;
    ReviewTransfer transfer;
    FolderWatcher watcher;
    LeadOrders lead;

private:
    [[nodiscard]] StoreOptions optionsFor(const ReviewPreferences& chosen) const;

    QString m_deskStore;
    std::vector<OpenModel> m_open;
    std::vector<ScoringModel> m_models; ///< the same, as the store knows them
    std::function<void()> m_whenOpen;   ///< items wait to be sent
};

} // namespace modscope::ui
