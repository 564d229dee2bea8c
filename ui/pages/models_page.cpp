#include "ui/pages/models_page.h"

#include "ui/controllers/model_catalog.h"
#include "ui/controllers/model_folder.h"
#include "ui/models/device_choice.h"
#include "ui/models/model_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/markdown_view.h"
#include "ui/widgets/model_panel.h"
#include "ui/widgets/model_state_delegate.h"

#include <QDataStream>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kRowHeight = 40;

QString slotLetter(int slot)
{
    return QChar(u'A' + slot);
}

/// The dropped local paths; files stand for the folder that holds them.
QStringList droppedPaths(const QMimeData& dropped)
{
    QStringList paths;
    for (const QUrl& url : dropped.urls()) {
        if (url.isLocalFile()) {
            paths << url.toLocalFile();
        }
    }
    return paths;
}

} // namespace

ModelsPage::ModelsPage(const Theme* theme, ActionRegistry* registry, ModelCatalog* catalog, QWidget* parent)
    : Page(parent), m_theme(theme), m_registry(registry), m_catalog(catalog), m_model(new ModelListModel(this)),
      m_sorted(new QSortFilterProxyModel(this))
{
    m_chooseFolder = [this] {
        return QFileDialog::getExistingDirectory(this, tr("Open a model: choose the folder of a run or a checkpoint"));
    };
    addActions();
    m_panel = new ModelPanel(theme, registry, this);
    m_panel->hide();
    m_splitter = new QSplitter(Qt::Vertical);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(12);
    setVariant(m_splitter, "gap");
    buildTable();
    buildCard();
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_splitter);
    auto* empty = new QLabel(tr("No models are known. Open the folder of a trained model."));
    empty->setAlignment(Qt::AlignCenter);
    setRole(empty, "emptyTitle");
    m_stack->addWidget(empty);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 16, 16);
    column->addWidget(m_stack);
    connect(catalog, &ModelCatalog::changed, this, &ModelsPage::refresh);
    connect(&catalog->models(), &ModelController::devicesChanged, this, [this] {
        m_panel->setDevices(deviceChoices(m_catalog->models().diagnosis()));
        showEntry();
    });
    connect(m_panel, &ModelPanel::placeChosen, this, [this](const QString& device, const QString& precision) {
        m_catalog->setPlace(m_path, device, precision);
    });
    connect(m_panel, &ModelPanel::cancelRequested, this, [this] { cancelJob(m_path); });
    m_panel->setDevices(deviceChoices(catalog->models().diagnosis()));
    refresh();
}

void ModelsPage::addActions()
{
    const auto add = [this](const char* id, const QString& label, const char* icon, const char* key, const char* left,
                            std::function<void()> run, std::function<QString()> blocked) {
        ActionSpec spec;
        spec.id = QString::fromLatin1(id);
        spec.context = ActionContext::Models;
        spec.group = ActionGroup::Model;
        spec.label = label;
        spec.icon = QString::fromLatin1(icon);
        spec.keys = {QString::fromLatin1(key), QString::fromLatin1(left)};
        spec.run = std::move(run);
        spec.blocked = std::move(blocked);
        m_registry->add(std::move(spec));
    };
    const auto needsModel = [this] { return blockedUnless(true, {}); };
    const auto letters = [this] {
        const int row = m_model->rowOf(m_path);
        return row < 0 ? QString() : m_model->index(row, 0).data(ModelListModel::LettersRole).toString();
    };
    add("models.open", tr("Open a model…"), "folder2-open", "Ctrl+O", "",
        [this] {
            if (const QString folder = m_chooseFolder(); !folder.isEmpty()) {
                openFolder(folder);
            }
        },
        {});
    add(
        "models.useA", tr("Use as A"), "check2", "Return", "F", [this] { m_catalog->use(m_path, 0); }, needsModel);
    add(
        "models.useAs", tr("Use as B…"), "layers", "B", "", [this] { openUseMenu(); }, needsModel);
    add(
        "models.verify", tr("Verify hash"), "fingerprint", "H", "S", [this] { m_catalog->checkHash(m_path); },
        needsModel);
    add(
        "models.stop", tr("Stop reading or loading"), "stop-fill", "Ctrl+.", "", [this] { cancelJob(m_path); },
        [this] {
            const int row = m_model->rowOf(m_path);
            const bool busy = row >= 0 && m_model->index(row, 0).data(ModelListModel::StateRole).toInt() ==
                                              static_cast<int>(ModelRow::State::Busy);
            return blockedUnless(busy, tr("nothing is being read"));
        });
    add(
        "models.unload", tr("Unload"), "box-arrow-down", "U", "X", [this] { m_catalog->unload(m_path); },
        [this, letters] { return blockedUnless(!letters().isEmpty(), tr("it is not loaded")); });
    add(
        "models.remove", tr("Remove from list"), "trash", "Delete", "", [this] { removeCurrent(); },
        [this] { return m_catalog->removeBlocked(m_path); });
    add(
        "models.undoRemove", tr("Undo: remove from list"), "arrow-counterclockwise", "Ctrl+Z", "",
        [this] {
            if (const QString path = m_catalog->undoRemove(); !path.isEmpty()) {
                select(path);
            }
        },
        [this] { return m_catalog->canUndoRemove() ? QString() : tr("nothing was removed"); });
}

QString ModelsPage::blockedUnless(bool possible, const QString& reason) const
{
    return m_path.isEmpty() ? tr("no model is selected") : possible ? QString() : reason;
}

void ModelsPage::buildTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ModelListModel::SortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_table = new QTableView;
    m_table->setModel(m_sorted);
    m_table->setItemDelegate(new ModelStateDelegate(m_theme, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder); // the catalog's order until a header is clicked
    m_table->setAccessibleName(tr("Models"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(ModelListModel::Name, QHeaderView::Stretch);
    m_table->horizontalHeader()->setMinimumSectionSize(48);
    const auto scale = [this] { m_table->verticalHeader()->setDefaultSectionSize(m_theme->px(kRowHeight)); };
    connect(m_theme, &Theme::changed, m_table, scale);
    scale();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                m_path = current.data(ModelListModel::PathRole).toString();
                showEntry();
                // Later: reading announces itself, and the rows may be changing right now.
                QMetaObject::invokeMethod(
                    this, [this] { m_catalog->read(m_path); }, Qt::QueuedConnection);
                Q_EMIT placeChanged();
            });
    auto* card = new Card(QString());
    card->body()->addWidget(m_table);
    m_splitter->addWidget(card);
}

void ModelsPage::buildCard()
{
    m_cardFrame = new Card(tr("Model card"));
    m_cardFrame->setSubtitle(tr("as its authors wrote it"));
    m_card = new MarkdownView(m_theme);
    m_card->setAccessibleName(tr("Model card"));
    m_noCard = new QLabel;
    m_noCard->setWordWrap(true);
    m_noCard->setTextFormat(Qt::PlainText);
    m_noCard->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    setRole(m_noCard, "secondary");
    m_cardFrame->body()->addWidget(m_noCard, 1);
    m_cardFrame->body()->addWidget(m_card, 1);
    m_splitter->addWidget(m_cardFrame);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
}

void ModelsPage::refresh()
{
    m_model->setRows(m_catalog->rows());
    m_stack->setCurrentIndex(m_catalog->size() == 0 ? 1 : 0);
    if (!m_table->currentIndex().isValid() && m_sorted->rowCount() > 0) {
        m_table->selectRow(0);
    }
    showEntry();
    Q_EMIT headerChanged();
    Q_EMIT jobsChanged();
}

void ModelsPage::showEntry()
{
    const auto index = m_catalog->find(m_path);
    const int row = m_model->rowOf(m_path);
    if (!index || row < 0) {
        m_panel->clear();
        m_registry->refresh();
        return;
    }
    const CatalogEntry& entry = m_catalog->entry(*index);
    m_panel->setEntry(entry, m_model->row(row));
    const bool hasCard = entry.card && !entry.card->markdown.isEmpty();
    const bool hasLicence = entry.card && !entry.card->licence.isEmpty();
    m_card->setVisible(hasCard || hasLicence);
    m_noCard->setVisible(!hasCard);
    m_noCard->setText(entry.card ? tr("This model has no card: there is no MODEL_CARD.md or README.md beside it.")
                                 : tr("The card is shown when the model has been read."));
    QString text = entry.card ? entry.card->markdown : QString();
    if (hasLicence) {
        text += QStringLiteral("\n\n## %1\n\n```\n%2\n```\n").arg(tr("Licence"), entry.card->licence);
    }
    m_card->setText(text);
    m_registry->refresh();
}

void ModelsPage::select(const QString& path)
{
    const int row = m_model->rowOf(path);
    if (row >= 0) {
        const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    }
}

void ModelsPage::openFolder(const QString& folder)
{
    select(m_catalog->add(folder));
    Q_EMIT shown();
}

void ModelsPage::openUseMenu()
{
    QMenu menu(this);
    const std::vector<ModelSlot>& models = m_catalog->models().models();
    for (int slot = 1; slot < ModelController::kMaxSlots; ++slot) {
        const auto index = static_cast<std::size_t>(slot);
        const QString held = index < models.size() ? models[index].path : QString();
        const auto known = m_catalog->find(held);
        const QString label = known
                                  ? tr("Use as %1, instead of %2").arg(slotLetter(slot), m_catalog->entry(*known).name)
                                  : tr("Use as %1").arg(slotLetter(slot));
        QAction* use = menu.addAction(label, this, [this, slot] { m_catalog->use(m_path, slot); });
        use->setShortcut(QKeySequence(slotLetter(slot)));
    }
    menu.setActiveAction(menu.actions().first());
    QWidget* button = m_panel->useAsButton();
    const QWidget* anchor = button->isVisible() ? button : m_table;
    menu.exec(anchor->mapToGlobal(QPoint(0, button->isVisible() ? button->height() : 0)));
}

void ModelsPage::removeCurrent()
{
    const auto index = m_catalog->find(m_path);
    if (!index) {
        return;
    }
    const QString name = m_catalog->entry(*index).name;
    m_catalog->remove(QString(m_path)); // a copy: removing the row selects another
    Q_EMIT toastRaised(tr("%1 is no longer in the list. Its files stay.").arg(name),
                       QStringLiteral("models.undoRemove"));
}

QString ModelsPage::title() const
{
    return tr("Models");
}

QString ModelsPage::subtitle() const
{
    int open = 0;
    for (const ModelSlot& slot : m_catalog->models().models()) {
        open += slot.classifier ? 1 : 0;
    }
    return tr("%1, %2").arg(tr("%n known", nullptr, static_cast<int>(m_catalog->size())),
                            tr("%n in use", nullptr, open));
}

QList<HeaderAction> ModelsPage::headerActions() const
{
    return {{QStringLiteral("models.open"), true}};
}

QWidget* ModelsPage::inspector()
{
    return m_panel;
}

QList<QWidget*> ModelsPage::panes()
{
    return {m_table, m_card};
}

DropOffer ModelsPage::dropOffer(const QMimeData& dragged) const
{
    if (!dragged.hasUrls()) {
        return {};
    }
    const QStringList paths = droppedPaths(dragged);
    int models = 0;
    for (const QString& path : paths) {
        if (isPickled(path)) {
            return {false, tr("This file can run code when it is opened. Convert it to safetensors first.")};
        }
        models += looksLikeModel(path) ? 1 : 0;
    }
    if (models == 0) {
        return {false, tr("Drop the folder of a run or a checkpoint here")};
    }
    return {true, tr("Show the card of %n model(s)", nullptr, models)};
}

void ModelsPage::drop(const QMimeData& dropped)
{
    for (const QString& path : droppedPaths(dropped)) {
        if (looksLikeModel(path)) {
            openFolder(path);
        }
    }
}

QList<BusyJob> ModelsPage::jobs() const
{
    QList<BusyJob> busy;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const ModelRow& model = m_model->row(row);
        if (model.state == ModelRow::State::Busy) {
            busy << BusyJob{model.path, tr("%1: %2").arg(model.name, model.stateText),
                            m_catalog->progressOf(model.path)};
        }
    }
    return busy;
}

void ModelsPage::cancelJob(const QString& id)
{
    m_catalog->stop(id);
}

void ModelsPage::goTo(const QVariant& place)
{
    select(place.toString());
}

QByteArray ModelsPage::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_splitter->saveState() << m_table->horizontalHeader()->sortIndicatorSection()
           << m_table->horizontalHeader()->sortIndicatorOrder();
    return state;
}

void ModelsPage::restoreState(const QByteArray& state)
{
    QDataStream stream(state);
    QByteArray splitter;
    int column = -1;
    Qt::SortOrder order = Qt::AscendingOrder;
    stream >> splitter >> column >> order;
    if (stream.status() != QDataStream::Ok || column < -1 || column >= ModelListModel::ColumnCount) {
        return; // damaged, or of another version: the layout stays as it was built
    }
    m_splitter->restoreState(splitter);
    m_table->sortByColumn(column, order);
}

} // namespace modscope::ui
