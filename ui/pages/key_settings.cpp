#include "ui/pages/key_settings.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/key_table_model.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta ||
           key == Qt::Key_AltGr || key == Qt::Key_CapsLock || key == Qt::Key_NumLock || key == Qt::Key_unknown;
}

} // namespace

KeySection::KeySection(const ActionRegistry* registry, const Settings* settings, QWidget* parent)
    : SettingsSection(tr("Keys"), settings, parent), m_registry(registry), m_model(new KeyTableModel(registry, this)),
      m_found(new QSortFilterProxyModel(this))
{
    build();
    connect(m_preset, &SegmentedControl::chosen, this, [this](int index) {
        Preferences after = preferences();
        after.keys.preset = static_cast<KeyPreset>(index);
        Q_EMIT wanted(tr("Key preset"), after);
    });
    connect(m_search, &QLineEdit::textChanged, m_found, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table, &QTableView::activated, this, &KeySection::startRecording);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &KeySection::stopRecording);
    connect(m_record, &QPushButton::clicked, this, &KeySection::startRecording);
    connect(m_replace, &QPushButton::clicked, this, [this] { give(m_offered); });
    connect(m_cancel, &QPushButton::clicked, this, &KeySection::stopRecording);
    connect(m_clear, &QPushButton::clicked, this, [this] { setRemap(currentId(), QKeySequence(), {}); });
    connect(m_reset, &QPushButton::clicked, this, [this] { setRemap(currentId(), std::nullopt, {}); });
    connect(m_resetAll, &QPushButton::clicked, this, [this] {
        Preferences after = preferences();
        after.keys.remaps.clear();
        Q_EMIT wanted(tr("All keys of the preset"), after);
    });
    refresh();
}

void KeySection::build()
{
    m_preset = new SegmentedControl(tr("Preset"));
    for (const QString& name : {tr("Standard"), tr("Left hand"), tr("Numeric pad")}) {
        m_preset->addSegment(name);
    }
    addRow(tr("Preset"), m_preset);
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search actions and keys"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_found->setSourceModel(m_model);
    m_found->setFilterKeyColumn(-1); // every column: "Ctrl" finds keys, "Classify" finds pages
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table = new QTableView;
    m_table->setModel(m_found);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAccessibleName(tr("Keys"));
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(KeyTableModel::Action, QHeaderView::Stretch);
    m_table->installEventFilter(this);
    m_message = new QLabel;
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_record = new QPushButton(tr("Change key"));
    m_replace = new QPushButton(tr("Replace"));
    m_cancel = new QPushButton(tr("Cancel"));
    m_clear = new QPushButton(tr("No key"));
    m_reset = new QPushButton(tr("Key of the preset"));
    m_resetAll = new QPushButton(tr("All keys of the preset"));
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_record, m_replace, m_cancel, m_clear, m_reset}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    m_resetAll->setAutoDefault(false);
    buttons->addStretch();
    buttons->addWidget(m_resetAll);
    column()->addWidget(m_search);
    column()->addWidget(m_table, 1);
    column()->addWidget(m_message);
    column()->addLayout(buttons);
}

QString KeySection::currentId() const
{
    return m_table->currentIndex().data(KeyTableModel::IdRole).toString();
}

void KeySection::refresh()
{
    m_preset->setCurrentIndex(static_cast<int>(preferences().keys.preset));
    stopRecording();
}

void KeySection::startRecording()
{
    m_recordingId = currentId();
    m_offered = {};
    if (!m_recordingId.isEmpty()) {
        m_message->setText(
            tr("Press the key for \"%1\". Esc leaves it as it is.").arg(m_registry->spec(m_recordingId).label));
        m_table->setFocus();
    }
    showButtons();
}

void KeySection::stopRecording()
{
    m_recordingId.clear();
    m_offered = {};
    m_message->setText(tr("Enter or a double click on an action changes its key."));
    showButtons();
}

void KeySection::showButtons()
{
    const bool recording = !m_recordingId.isEmpty();
    const bool chosen = m_table->currentIndex().isValid();
    m_record->setVisible(!recording);
    m_record->setEnabled(chosen);
    m_replace->setVisible(!m_offered.isEmpty());
    m_cancel->setVisible(recording);
    m_clear->setVisible(!recording);
    m_clear->setEnabled(chosen && !m_registry->key(currentId()).isEmpty());
    m_reset->setVisible(!recording);
    m_reset->setEnabled(m_table->currentIndex().data(KeyTableModel::RemappedRole).toBool());
    m_resetAll->setEnabled(!preferences().keys.remaps.isEmpty());
}

bool KeySection::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != m_table || m_recordingId.isEmpty() || !m_offered.isEmpty() || !isKey) {
        return SettingsSection::eventFilter(watched, event);
    }
    auto* press = static_cast<QKeyEvent*>(event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // while a key is waited for, none of them runs anything
        return true;
    }
    if (press->key() == Qt::Key_Escape) {
        stopRecording();
    } else if (!isModifier(press->key()) && !press->isAutoRepeat()) {
        offer(QKeySequence(press->keyCombination()));
    }
    return true;
}

void KeySection::offer(const QKeySequence& key)
{
    const std::optional<QString> owner = m_registry->conflict(m_recordingId, key);
    if (!owner) {
        give(key);
        return;
    }
    m_offered = key;
    m_message->setText(
        tr("%1 is \"%2\". Replace takes it away from there.").arg(keyText(key), m_registry->spec(*owner).label));
    showButtons();
    m_replace->setFocus();
}

void KeySection::give(const QKeySequence& key)
{
    const QString id = m_recordingId;
    const std::optional<QString> owner = m_registry->conflict(id, key);
    setRemap(id, key, owner.value_or(QString()));
    m_table->setFocus();
}

void KeySection::setRemap(const QString& id, const std::optional<QKeySequence>& key, const QString& takenFrom)
{
    if (id.isEmpty()) {
        return;
    }
    Preferences after = preferences();
    if (key) {
        after.keys.remaps.insert(id, *key);
    } else {
        after.keys.remaps.remove(id);
    }
    if (!takenFrom.isEmpty()) {
        after.keys.remaps.insert(takenFrom, QKeySequence());
    }
    stopRecording();
    Q_EMIT wanted(tr("Key of \"%1\"").arg(m_registry->spec(id).label), after);
}

} // namespace modscope::ui
