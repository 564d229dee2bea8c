#include "ui/controllers/model_catalog.h"

#include "ui/controllers/catalog_rows.h"
#include "ui/models/visible_text.h"
#include "ui/settings/settings.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

const auto kAuto = QStringLiteral("auto");

} // namespace

ModelCatalog::ModelCatalog(
    QThreadPool* pool, Settings* settings, ModelController* models, CatalogBackend backend, QObject* parent)
    : QObject(parent), m_pool(pool), m_settings(settings), m_models(models), m_backend(std::move(backend))
{
    for (const CatalogBackend::Bundled& model : m_backend.bundled()) {
        insert({.path = model.word, .name = model.word, .note = model.description, .bundled = true}, m_items.size());
    }
    for (const RecentModel& model : settings->recentModels()) {
        if (!item(model.path)) {
            insert({.path = model.path, .name = visibleText(model.name), .knownSha256 = model.sha256}, m_items.size());
        }
    }
    const ComputePreferences& compute = settings->preferences().compute;
    models->setScoring(compute.threads, compute.batchSize);
    connect(settings, &Settings::computeChanged, this, &ModelCatalog::applyCompute);
    connect(models, &ModelController::slotsChanged, this, &ModelCatalog::followSlots);
    connect(models, &ModelController::loadProgressed, this, &ModelCatalog::changed);
    connect(models, &ModelController::openFailed, this, [this](int, const QString& path, const QString& reason) {
        if (Item* failed = item(path)) {
            failed->entry.error = visibleText(reason);
            Q_EMIT changed();
        }
    });
}

ModelCatalog::~ModelCatalog() = default;

std::vector<ModelRow> ModelCatalog::rows() const
{
    std::vector<ModelRow> rows;
    rows.reserve(m_items.size());
    for (const auto& known : m_items) {
        rows.push_back(catalogRow(known->entry, *m_models));
    }
    return rows;
}

std::optional<std::size_t> ModelCatalog::find(const QString& path) const
{
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (m_items[i]->entry.path == path) {
            return i;
        }
    }
    return std::nullopt;
}

ModelCatalog::Item* ModelCatalog::item(const QString& path)
{
    const auto index = find(path);
    return index ? m_items[*index].get() : nullptr;
}

ModelCatalog::Item& ModelCatalog::insert(CatalogEntry entry, std::size_t position)
{
    auto added = std::make_unique<Item>();
    const QString path = entry.path;
    added->entry = std::move(entry);
    added->reading = std::make_unique<Job<ModelCard>>(m_pool);
    added->checking = std::make_unique<Job<QString>>(m_pool);
    Item* raw = added.get();
    const auto showProgress = [this, raw](const Progress& progress) {
        raw->entry.progress = progress;
        Q_EMIT changed();
    };
    connect(raw->reading.get(), &JobBase::progressed, this, showProgress);
    connect(raw->checking.get(), &JobBase::progressed, this, showProgress);
    connect(raw->reading.get(), &JobBase::finished, this, [this, path] { finishReading(path); });
    connect(raw->checking.get(), &JobBase::finished, this, [this, path] { finishCheck(path); });
    m_items.insert(m_items.begin() + static_cast<std::ptrdiff_t>(position), std::move(added));
    return *raw;
}

QString ModelCatalog::add(const QString& folder)
{
    const bool bundledWord = find(folder) && entry(*find(folder)).bundled;
    QString path = bundledWord ? folder : QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    if (!item(path)) {
        const auto firstOwn =
            std::ranges::find_if(m_items, [](const auto& known) { return !known->entry.bundled; }) - m_items.begin();
        insert({.path = path, .name = visibleText(QFileInfo(path).fileName())}, static_cast<std::size_t>(firstOwn));
    }
    read(path);
    return path;
}

void ModelCatalog::read(const QString& path)
{
    Item* target = item(path);
    if (target == nullptr || target->entry.state == CatalogEntry::State::Reading ||
        target->entry.state == CatalogEntry::State::Read) {
        return;
    }
    startReading(*target, [read = m_backend.read, path](std::stop_token stop, const ProgressFn& progress) {
        return read(path, stop, progress);
    });
}

void ModelCatalog::startReading(Item& target, Job<ModelCard>::Function work)
{
    target.entry.state = CatalogEntry::State::Reading;
    target.entry.progress = {};
    target.entry.error.clear();
    target.reading->start(std::move(work));
    Q_EMIT changed();
}

void ModelCatalog::finishReading(const QString& path)
{
    Item* target = item(path);
    const Result<ModelCard>& result = target->reading->result();
    CatalogEntry& entry = target->entry;
    entry.progress = {};
    if (result) {
        entry.state = CatalogEntry::State::Read;
        entry.card = *result;
        entry.name = entry.bundled ? path : result->name;
        noteHash(entry);
    } else if (result.error().code == ErrorCode::Cancelled) {
        entry.state = CatalogEntry::State::Unread;
    } else {
        entry.state = CatalogEntry::State::Failed;
        entry.error = visibleText(result.error().message);
    }
    Q_EMIT changed();
}

void ModelCatalog::noteHash(CatalogEntry& entry)
{
    if (!entry.knownSha256.isEmpty() && entry.knownSha256 != entry.card->sha256) {
        entry.card->warnings.prepend(
            tr("The weights have changed since this model was last opened: their SHA-256 was %1….")
                .arg(entry.knownSha256.left(8)));
        return; // remembered anew only when the person loads it
    }
    entry.knownSha256 = entry.card->sha256;
    if (!entry.bundled) {
        m_settings->addRecentModel({entry.path, entry.name, entry.knownSha256});
    }
}

void ModelCatalog::cancelRead(const QString& path)
{
    if (Item* target = item(path)) {
        target->reading->cancel();
    }
}

void ModelCatalog::checkHash(const QString& path)
{
    Item* target = item(path);
    if (target == nullptr || target->checking->isRunning()) {
        return;
    }
    target->entry.check = CatalogEntry::Check::Running;
    target->entry.checkText.clear();
    target->entry.progress = {};
    target->checking->start([hash = m_backend.hash, path](std::stop_token stop, const ProgressFn& progress) {
        return hash(path, stop, progress);
    });
    Q_EMIT changed();
}

void ModelCatalog::cancelCheck(const QString& path)
{
    Item* target = item(path);
    if (target != nullptr && target->checking->isRunning()) {
        target->entry.check = CatalogEntry::Check::Stopping;
        target->checking->cancel();
        Q_EMIT changed();
    }
}

void ModelCatalog::finishCheck(const QString& path)
{
    using Check = CatalogEntry::Check;
    CatalogEntry& entry = item(path)->entry;
    const Result<QString>& result = item(path)->checking->result();
    const QString expected = entry.knownSha256.isEmpty() && entry.card ? entry.card->sha256 : entry.knownSha256;
    entry.progress = {};
    if (!result) {
        const bool cancelled = result.error().code == ErrorCode::Cancelled;
        entry.check = cancelled ? Check::None : Check::Failed;
        entry.checkText = cancelled ? QString() : visibleText(result.error().message);
    } else if (expected.isEmpty()) {
        entry.check = Check::None;
        entry.checkText = tr("There is no earlier hash to compare with: it is %1 now.").arg(*result);
    } else if (*result == expected) {
        entry.check = Check::Matches;
        entry.checkText = tr("The weights are unchanged: all 64 digits match.");
    } else {
        entry.check = Check::Differs;
        entry.checkText = tr("The weights have changed: expected %1, found %2.").arg(expected, *result);
    }
    Q_EMIT changed();
}

void ModelCatalog::setPlace(const QString& path, const QString& device, const QString& precision)
{
    Item* target = item(path);
    if (target == nullptr || (target->entry.device == device && target->entry.precision == precision)) {
        return;
    }
    target->entry.device = device;
    target->entry.precision = precision;
    reload(path);
    Q_EMIT changed();
}

void ModelCatalog::use(const QString& path, int slot)
{
    if (Item* target = item(path)) {
        target->entry.error.clear();
        const ComputePreferences& compute = m_settings->preferences().compute;
        const QString device = target->entry.device == kAuto ? compute.device : target->entry.device;
        const QString precision = target->entry.precision == kAuto ? compute.precision : target->entry.precision;
        m_models->open(slot, path, device, precision);
    }
}

void ModelCatalog::reload(const QString& path)
{
    const std::vector<ModelSlot>& models = m_models->models();
    for (int slot = 0; slot < static_cast<int>(models.size()); ++slot) {
        if (models[static_cast<std::size_t>(slot)].path == path) {
            use(path, slot);
        }
    }
}

void ModelCatalog::applyCompute(const ComputePreferences& compute)
{
    m_models->setScoring(compute.threads, compute.batchSize);
    for (const auto& known : m_items) {
        const CatalogEntry& entry = known->entry;
        const auto differs = [&](const ModelSlot& slot) {
            return slot.path == entry.path && ((entry.device == kAuto && slot.device != compute.device) ||
                                               (entry.precision == kAuto && slot.precision != compute.precision));
        };
        if (std::ranges::any_of(m_models->models(), differs)) {
            reload(entry.path);
        }
    }
}

void ModelCatalog::unload(const QString& path)
{
    const std::vector<ModelSlot> before = m_models->models();
    for (int slot = static_cast<int>(before.size()) - 1; slot >= 0; --slot) {
        const ModelSlot& open = before[static_cast<std::size_t>(slot)];
        if (open.path == path) {
            m_models->close(slot);
        } else if (open.loading && open.request.path == path) {
            m_models->cancel(slot);
        }
    }
}

void ModelCatalog::stop(const QString& path)
{
    const std::vector<ModelSlot>& models = m_models->models();
    for (int slot = 0; slot < static_cast<int>(models.size()); ++slot) {
        const ModelSlot& open = models[static_cast<std::size_t>(slot)];
        if (open.loading && open.request.path == path) {
            m_models->cancel(slot);
        }
    }
    cancelRead(path);
    cancelCheck(path);
}

Progress ModelCatalog::progressOf(const QString& path) const
{
    for (const ModelSlot& slot : m_models->models()) {
        if (slot.loading && slot.request.path == path) {
            return slot.progress;
        }
    }
    const auto index = find(path);
    return index ? entry(*index).progress : Progress();
}

QString ModelCatalog::removeBlocked(const QString& path) const
{
    const auto index = find(path);
    if (!index) {
        return tr("No model is selected.");
    }
    if (entry(*index).bundled) {
        return tr("This model comes with the program.");
    }
    if (const QString letters = lettersOf(path, *m_models); !letters.isEmpty()) {
        return tr("It is in use as %1: unload it first.").arg(letters);
    }
    return {};
}

void ModelCatalog::remove(const QString& path)
{
    const auto index = find(path);
    if (!removeBlocked(path).isEmpty()) {
        return;
    }
    unload(path); // a slot may still hold the error of this model
    m_removed = m_items[*index]->entry;
    m_removedFrom = *index;
    m_items.erase(m_items.begin() + static_cast<std::ptrdiff_t>(*index));
    m_settings->removeRecentModel(path);
    Q_EMIT changed();
}

QString ModelCatalog::undoRemove()
{
    if (!m_removed || item(m_removed->path) != nullptr) {
        return {};
    }
    CatalogEntry entry = *std::exchange(m_removed, std::nullopt);
    if (entry.state == CatalogEntry::State::Reading) {
        entry.state = CatalogEntry::State::Unread;
    }
    entry.check = CatalogEntry::Check::None;
    QString path = entry.path;
    m_settings->addRecentModel({path, entry.name, entry.knownSha256});
    insert(std::move(entry), std::min(m_removedFrom, m_items.size()));
    Q_EMIT changed();
    return path;
}

void ModelCatalog::openRemembered()
{
    m_models->diagnose();
    const std::vector<SlotChoice> choices = m_settings->modelSlots();
    for (const SlotChoice& choice : choices) {
        if (!item(choice.path)) {
            insert({.path = choice.path, .name = visibleText(QFileInfo(choice.path).fileName())}, m_items.size());
        }
        Item* known = item(choice.path);
        known->entry.device = choice.device;
        known->entry.precision = choice.precision;
    }
    int slot = 0;
    for (const SlotChoice& choice : choices) {
        use(choice.path, slot++);
    }
    if (choices.empty() && !m_items.empty() && m_items.front()->entry.bundled) {
        use(m_items.front()->entry.path, 0);
    }
}

void ModelCatalog::readBundled()
{
    for (const auto& known : m_items) {
        const CatalogEntry& entry = known->entry;
        // What is loaded tells its card by itself.
        const bool loads = std::ranges::any_of(m_models->models(), [&entry](const ModelSlot& slot) {
            return slot.loading && slot.request.path == entry.path;
        });
        if (entry.bundled && !loads) {
            read(entry.path);
        }
    }
}

void ModelCatalog::followSlots()
{
    for (const ModelSlot& slot : m_models->models()) {
        if (!slot.classifier) {
            continue;
        }
        Item* known = item(slot.path);
        if (known == nullptr) {
            known = &insert({.path = slot.path, .name = visibleText(slot.classifier->info().name)}, m_items.size());
        }
        CatalogEntry& entry = known->entry;
        const QString sha256 = QString::fromStdString(slot.classifier->info().sha256);
        if (!entry.bundled && entry.knownSha256 != sha256) {
            m_settings->addRecentModel({entry.path, entry.name, sha256});
        }
        entry.knownSha256 = sha256;
        if (entry.state == CatalogEntry::State::Unread || entry.state == CatalogEntry::State::Failed) {
            // The engine has read everything already: only the reports beside the weights are missing.
            startReading(*known, [describe = m_backend.describe, info = slot.classifier->info()](
                                     std::stop_token, const ProgressFn&) { return describe(info); });
        }
    }
    rememberOpen();
    Q_EMIT changed();
}

void ModelCatalog::rememberOpen()
{
    std::vector<SlotChoice> open;
    for (const ModelSlot& slot : m_models->models()) {
        if (const Item* known = item(slot.path)) {
            open.push_back({slot.path, known->entry.device, known->entry.precision});
        }
    }
    m_settings->setModelSlots(open);
}

} // namespace modscope::ui
