#include "ui/pages/settings_dialog.h"

#include "ui/pages/key_settings.h"
#include "ui/pages/review_settings.h"
#include "ui/pages/settings_sections.h"
#include "ui/pages/text_settings.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>
#include <QUndoCommand>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kListWidth = 190;
constexpr QSize kDialogSize(860, 600);

/// One change of the preferences, there and back.
class PreferencesChange final : public QUndoCommand {
public:
    PreferencesChange(Settings* settings, const QString& what, Preferences after)
        : QUndoCommand(what), m_settings(settings), m_before(settings->preferences()), m_after(std::move(after))
    {}

    void undo() override { m_settings->setPreferences(m_before); }
    void redo() override { m_settings->setPreferences(m_after); }

private:
    Settings* m_settings;
    Preferences m_before;
    Preferences m_after;
};

class ForgetModels final : public QUndoCommand {
public:
    ForgetModels(Settings* settings, const QString& what)
        : QUndoCommand(what), m_settings(settings), m_models(settings->recentModels())
    {}

    void undo() override { m_settings->setRecentModels(m_models); }
    void redo() override { m_settings->setRecentModels({}); }

private:
    Settings* m_settings;
    std::vector<RecentModel> m_models;
};

} // namespace

SettingsDialog::SettingsDialog(const Theme* theme,
                               const ActionRegistry* registry,
                               Settings* settings,
                               const ModelController* models,
                               QWidget* parent)
    : QDialog(parent), m_theme(theme), m_settings(settings), m_list(new QListWidget), m_pages(new QStackedWidget),
      m_undoButton(new QPushButton)
{
    setWindowTitle(tr("Settings"));
    m_list->setFixedWidth(theme->px(kListWidth));
    m_list->setAccessibleName(tr("Sections"));
    addSection(QStringLiteral("appearance"), tr("Appearance"), "palette", new AppearanceSection(settings));
    addSection(QStringLiteral("keys"), tr("Keys"), "keyboard", new KeySection(registry, settings));
    addSection(QStringLiteral("comfort"), tr("Comfort"), "eye-slash", new ComfortSection(theme, settings));
    addSection(QStringLiteral("review"), tr("Review"), "inbox", new ReviewSection(settings));
    addSection(QStringLiteral("text"), tr("Text in pictures"), "fonts", new TextSection(theme, settings));
    addSection(QStringLiteral("compute"), tr("Devices and threads"), "cpu",
               new ComputeSection(theme, settings, models));
    auto* privacy = new PrivacySection(theme, settings);
    addSection(QStringLiteral("privacy"), tr("Data and privacy"), "shield-check", privacy);
    connect(privacy, &PrivacySection::forgetModelsWanted, this, &SettingsDialog::forgetModels);
    connect(privacy, &PrivacySection::forgetLayoutWanted, settings, &Settings::forgetLayouts);
    connect(m_list, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);

    auto* body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(m_list);
    body->addWidget(m_pages, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 12, 8, 12);
    column->addLayout(body, 1);
    addButtons();
    connect(settings, &Settings::appearanceChanged, this, &SettingsDialog::refresh);
    connect(settings, &Settings::keysChanged, this, &SettingsDialog::refresh);
    connect(settings, &Settings::comfortChanged, this, &SettingsDialog::refresh);
    connect(settings, &Settings::reviewChanged, this, &SettingsDialog::refresh);
    connect(settings, &Settings::ocrChanged, this, &SettingsDialog::refresh);
    connect(settings, &Settings::computeChanged, this, &SettingsDialog::refresh);
    connect(settings, &Settings::privacyChanged, this, &SettingsDialog::refresh);
    m_list->setCurrentRow(0);
    resize(theme->px(kDialogSize.width()), theme->px(kDialogSize.height()));
}

void SettingsDialog::addSection(const QString& id, const QString& title, const char* icon, SettingsSection* section)
{
    auto* entry = new QListWidgetItem(m_theme->icon(QLatin1String(icon)), title, m_list);
    entry->setData(Qt::UserRole, id);
    entry->setSizeHint({0, m_theme->px(36)});
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(section);
    m_pages->addWidget(scroll);
    m_sections.push_back(section);
    connect(section, &SettingsSection::wanted, this, &SettingsDialog::change);
}

void SettingsDialog::addButtons()
{
    auto* close = new QPushButton(tr("Close"));
    m_undoButton->setAutoDefault(false);
    setVariant(m_undoButton, "quiet");
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_undoButton, &QPushButton::clicked, &m_undo, &QUndoStack::undo);
    const auto showUndo = [this] {
        m_undoButton->setVisible(m_undo.canUndo());
        m_undoButton->setText(tr("Undo: %1").arg(m_undo.undoText()));
    };
    connect(&m_undo, &QUndoStack::indexChanged, this, showUndo);
    showUndo();
    auto* undo = new QShortcut(QKeySequence::Undo, this);
    auto* redo = new QShortcut(QKeySequence::Redo, this);
    connect(undo, &QShortcut::activated, &m_undo, &QUndoStack::undo);
    connect(redo, &QShortcut::activated, &m_undo, &QUndoStack::redo);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(m_undoButton);
    row->addStretch();
    row->addWidget(close);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void SettingsDialog::showSection(const QString& id)
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toString() == id) {
            m_list->setCurrentRow(row);
        }
    }
}

void SettingsDialog::change(const QString& what, const Preferences& after)
{
    if (after != m_settings->preferences()) {
        m_undo.push(new PreferencesChange(m_settings, what, after)); // the stack owns and performs it
    }
}

void SettingsDialog::forgetModels()
{
    if (!m_settings->recentModels().empty()) {
        m_undo.push(new ForgetModels(m_settings, tr("Forget the recent models")));
    }
}

void SettingsDialog::refresh()
{
    for (SettingsSection* section : m_sections) {
        section->refresh();
    }
}

} // namespace modscope::ui
