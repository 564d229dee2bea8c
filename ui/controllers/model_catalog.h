#pragma once

#include "ui/controllers/model_controller.h"
#include "ui/models/model_card.h"
#include "ui/models/model_list_model.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace modscope::ui {

class Settings;
struct ComputePreferences;

/// A model that the Models page lists.
struct CatalogEntry {
    enum class State { Unread, Reading, Read, Failed };
    enum class Check { None, Running, Stopping, Matches, Differs, Failed };

    QString path = {}; ///< a folder, or the word of a bundled model
    QString name = {}; ///< of the folder, until the card is read
    QString note = {}; ///< one line about a bundled model
    bool bundled = false;
    QString device = QStringLiteral("auto"); ///< for the next load
    QString precision = QStringLiteral("auto");
    QString knownSha256 = {}; ///< of the weights when the model was last opened; may be empty

    State state = State::Unread;
    Progress progress = {}; ///< while Reading, or while the check runs
    std::optional<ModelCard> card = {};
    QString error = {}; ///< why it could not be read, or why it could not be loaded
    Check check = Check::None;
    QString checkText = {}; ///< what the check of the hash found
};

/// What the catalog needs of core; tests hand in their own. All but `bundled` run on the pool.
struct CatalogBackend {
    struct Bundled {
        QString word;
        QString description;
    };
    std::function<Result<ModelCard>(const QString& path, std::stop_token stop, const ProgressFn& progress)> read;
    /// The card of a model that is loaded: nothing but the reports beside its weights is read.
    std::function<Result<ModelCard>(const ModelInfo& info)> describe;
    /// The SHA-256 of the weights, computed anew. @return 64 hexadecimal digits
    std::function<Result<QString>(const QString& path, std::stop_token stop, const ProgressFn& progress)> hash;
    std::function<std::vector<Bundled>()> bundled;

    [[nodiscard]] static CatalogBackend core();
};

/// The models that are known: bundled ones, recent ones, what is opened now. Reads their cards without loading them,
/// checks hashes, and hands them to the model controller. Remembers what is open in the settings.
class ModelCatalog : public QObject {
    Q_OBJECT
public:
    ModelCatalog(QThreadPool* pool,
                 Settings* settings,
                 ModelController* models,
                 CatalogBackend backend,
                 QObject* parent = nullptr);
    ~ModelCatalog() override;

    [[nodiscard]] std::size_t size() const { return m_items.size(); }
    [[nodiscard]] const CatalogEntry& entry(std::size_t index) const { return m_items[index]->entry; }
    [[nodiscard]] std::optional<std::size_t> find(const QString& path) const;
    /// The table's rows, in order.
    [[nodiscard]] std::vector<ModelRow> rows() const;
    [[nodiscard]] const ModelController& models() const { return *m_models; }

    /// Opens what was open when the program ended, or the first bundled model as A.
    void openRemembered();
    /// Reads the cards of bundled models that are not being loaded: the table shows what they are before any is chosen.
    void readBundled();
    /// Lists a folder (a drop, the open dialog, the command line) and reads its card. @return the entry's path
    QString add(const QString& folder);
    /// Reads the card of an entry that was not read yet, or could not be.
    void read(const QString& path);
    void cancelRead(const QString& path);
    /// Computes the hash of the weights anew and compares it with the one on the card.
    void checkHash(const QString& path);
    void cancelCheck(const QString& path);
    /// Where and how the model runs; where it is open it is loaded again.
    void setPlace(const QString& path, const QString& device, const QString& precision);
    /// Loads the model into a slot. Precondition: 0 <= slot < ModelController::kMaxSlots.
    void use(const QString& path, int slot);
    /// Closes every slot that holds the model, or stops loading it.
    void unload(const QString& path);
    /// Stops whatever is being done with the model: loading, reading its card, checking its hash.
    void stop(const QString& path);
    /// Bytes read, while something is being done; total 0 when that is not known.
    [[nodiscard]] Progress progressOf(const QString& path) const;
    /// Why an entry cannot leave the list; empty when it can.
    [[nodiscard]] QString removeBlocked(const QString& path) const;
    void remove(const QString& path);
    /// Brings back the entry that was removed last. @return its path; empty when there is none
    QString undoRemove();
    [[nodiscard]] bool canUndoRemove() const { return m_removed.has_value(); }

Q_SIGNALS:
    /// Entries came, went or changed.
    void changed();

private:
    struct Item {
        CatalogEntry entry;
        std::unique_ptr<Job<ModelCard>> reading;
        std::unique_ptr<Job<QString>> checking;
    };

    Item* item(const QString& path);
    Item& insert(CatalogEntry entry, std::size_t position);
    void startReading(Item& target, Job<ModelCard>::Function work);
    void finishReading(const QString& path);
    void finishCheck(const QString& path);
    void noteHash(CatalogEntry& entry);
    void followSlots();
    void rememberOpen();
    void reload(const QString& path);
    void applyCompute(const ComputePreferences& compute);

    QThreadPool* m_pool;
    Settings* m_settings;
    ModelController* m_models;
    CatalogBackend m_backend;
    std::vector<std::unique_ptr<Item>> m_items;
    std::optional<CatalogEntry> m_removed;
    std::size_t m_removedFrom = 0;
};

} // namespace modscope::ui
