#include "ui/controllers/catalog_rows.h"

#include "ui/controllers/model_catalog.h"
#include "ui/controllers/model_controller.h"
#include "ui/models/device_choice.h"
#include "ui/models/visible_text.h"

#include <QCoreApplication>

namespace modscope::ui {

namespace {

struct RowText {
    Q_DECLARE_TR_FUNCTIONS(CatalogRow)
};

void setBusy(ModelRow& row, const QString& text, const Progress& progress)
{
    row.state = ModelRow::State::Busy;
    if (progress.total == 0) {
        row.stateText = text;
        return;
    }
    row.progress = static_cast<double>(progress.done) / static_cast<double>(progress.total);
    row.stateText = RowText::tr("%1, %2 of %3").arg(text, sizeText(progress.done), sizeText(progress.total));
}

void addCard(const ModelCard& card, ModelRow& row)
{
    row.kind = card.kind;
    row.classes = static_cast<int>(card.labels.size());
    row.encoder = card.encoder;
    row.weightBytes = card.weightBytes;
    row.sha256 = card.sha256;
}

/// Whether a slot is loading the model: that is said before anything else.
bool addLoading(const CatalogEntry& entry, const ModelController& models, ModelRow& row)
{
    for (const ModelSlot& slot : models.models()) {
        if (slot.loading && slot.request.path == entry.path) {
            setBusy(row, slot.stopping ? RowText::tr("Stopping") : RowText::tr("Loading as %1").arg(slot.letter),
                    slot.progress);
            return true;
        }
    }
    return false;
}

} // namespace

QString lettersOf(const QString& path, const ModelController& models)
{
    QStringList letters;
    for (const ModelSlot& slot : models.models()) {
        if ((slot.classifier && slot.path == path) || (slot.loading && slot.request.path == path)) {
            letters << slot.letter;
        }
    }
    return letters.join(RowText::tr(", ", "between letters"));
}

ModelRow catalogRow(const CatalogEntry& entry, const ModelController& models)
{
    ModelRow row;
    row.path = entry.path;
    row.name = entry.name;
    row.sha256 = entry.knownSha256;
    row.letters = lettersOf(entry.path, models);
    row.device = deviceName(entry.device);
    row.stateText = RowText::tr("Not loaded");
    if (entry.card) {
        addCard(*entry.card, row);
    }
    for (const ModelSlot& slot : models.models()) {
        if (slot.classifier && slot.path == entry.path) {
            const EngineFacts& engine = slot.classifier->engine();
            row.device = RowText::tr("%1, %2", "device, precision")
                             .arg(visibleText(engine.device), visibleText(engine.precision));
            row.state = ModelRow::State::Open;
            row.stateText = RowText::tr("In use as %1").arg(row.letters);
        }
    }
    if (!entry.error.isEmpty()) {
        row.state = ModelRow::State::Failed;
        row.stateText =
            entry.state == CatalogEntry::State::Failed ? RowText::tr("Not usable") : RowText::tr("Could not be loaded");
        row.tip = entry.error;
    }
    using Check = CatalogEntry::Check;
    if (addLoading(entry, models, row)) {
        return row;
    }
    if (entry.state == CatalogEntry::State::Reading) {
        setBusy(row, RowText::tr("Reading"), entry.progress);
    } else if (entry.check == Check::Running || entry.check == Check::Stopping) {
        setBusy(row, entry.check == Check::Running ? RowText::tr("Checking the hash") : RowText::tr("Stopping"),
                entry.progress);
    }
    return row;
}

} // namespace modscope::ui
