#include "ui/pages/review_export_dialog.h"

#include "ui/theme/theme.h"
#include "ui/widgets/file_field.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace modscope::ui {

namespace {

enum RowChoice { QueueRows, AllRows };

struct ProfileChoice {
    ExportProfile profile;
    const char* name;
    const char* hint;
};

constexpr std::array<ProfileChoice, 6> kProfiles = {{
    {ExportProfile::Wide, QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "Wide: everything, a row an item"),
     QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "Scores, decisions, states and times of every item.")},
    {ExportProfile::Reference,
     QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "Reference: text, image_path, labels"),
     QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "Trains the next model. Items that people agree on.")},
    {ExportProfile::Long, QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "Long: a row an opinion and class"),
     QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "Agreement can be computed from it.")},
    {ExportProfile::Changed, QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "Changed: where people corrected"),
     QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "The model's labels and the people's, where they differ.")},
    {ExportProfile::Soft, QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "Soft labels: shares of people"),
     QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "Per class the share of people who said yes.")},
    {ExportProfile::Jsonl, QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "JSON Lines: lossless"),
     QT_TRANSLATE_NOOP("modscope::ui::ReviewExportDialog", "Another queue can be given the items whole.")},
}};

} // namespace

ReviewExportDialog::ReviewExportDialog(ReviewTransfer* transfer, Queue queue, int count, QWidget* parent)
    : TransferDialog(tr("Export reviewed items"), tr("Export"), parent), m_transfer(transfer),
      m_queue(std::move(queue)), m_rows(new QButtonGroup(this)), m_profile(new QComboBox), m_profileHint(new QLabel),
      m_spreadsheetSafe(new QCheckBox(tr("Safe for spreadsheets: cells that start with = + - @ get an apostrophe"))),
      m_notes(new QCheckBox(tr("With reasons and notes"))), m_check(new QCheckBox(tr("Check it by reading it back"))),
      m_file(new FileField(tr("Export reviewed items"), tr("Tables (*.csv *.jsonl)")))
{
    setMinimumWidth(600);
    setRole(m_profileHint, "secondary");
    for (const ProfileChoice& choice : kProfiles) {
        m_profile->addItem(tr(choice.name), static_cast<int>(choice.profile));
    }
    m_notes->setChecked(true);
    m_check->setChecked(true);
    auto* form = new QFormLayout;
    form->setVerticalSpacing(12);
    form->setHorizontalSpacing(16);
    form->addRow(tr("Rows"), buildRows(count));
    form->addRow(tr("Columns"), m_profile);
    form->addRow(QString(), m_profileHint);
    form->addRow(tr("Safety"), buildSafety());
    form->addRow(tr("File"), m_file);
    content()->addLayout(form);
    buttons()->addStretch();
    connect(m_profile, &QComboBox::currentIndexChanged, this, &ReviewExportDialog::suggestName);
    connect(m_file, &FileField::changed, this, &ReviewExportDialog::refresh);
    connectTransfer();
    suggestName();
}

void ReviewExportDialog::connectTransfer()
{
    const auto show = [this](const QString& text, const char* role) {
        showResult(text, role);
        refresh();
    };
    connect(m_transfer, &ReviewTransfer::progressed, this, [this] {
        showProgress(m_transfer->progress().done, m_transfer->progress().total);
        refresh();
    });
    connect(m_transfer, &ReviewTransfer::exported, this, [this, show](const ExportManifest& manifest) {
        QStringList words{tr("%n row(s) written", nullptr, static_cast<int>(manifest.rows))};
        for (const auto& [reason, items] : manifest.leftOut) {
            words << tr("%n left out: %1", nullptr, static_cast<int>(items)).arg(QString::fromStdString(reason));
        }
        QString text = words.join(QStringLiteral(", ")) + QLatin1Char('.');
        if (m_check->isChecked()) {
            text += QLatin1Char(' ') + tr("Read back: identical.");
        }
        show(text, "clear");
    });
    connect(m_transfer, &ReviewTransfer::failed, this, [show](const QString& reason) {
        show(tr("Could not write: %1. The unfinished file was removed.").arg(reason), "flag");
    });
    connect(m_transfer, &ReviewTransfer::cancelled, this,
            [show] { show(tr("Cancelled. No file was written."), "secondary"); });
}

QWidget* ReviewExportDialog::buildRows(int count)
{
    auto* rows = new QWidget;
    auto* column = new QVBoxLayout(rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    const QString name = QString::fromStdString(m_queue.name);
    auto* queue =
        new QRadioButton(count < 0 ? tr("The queue %1").arg(name)
                                   : tr("The queue %1 (%2)", "name, items").arg(name, QLocale().toString(count)));
    auto* all = new QRadioButton(tr("All items"));
    m_rows->addButton(queue, QueueRows);
    m_rows->addButton(all, AllRows);
    column->addWidget(all);
    column->addWidget(queue);
    all->setChecked(true); // a queue of what waits has nothing that is labelled yet
    return rows;
}

QWidget* ReviewExportDialog::buildSafety()
{
    auto* safety = new QWidget;
    auto* column = new QVBoxLayout(safety);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    for (QCheckBox* box : {m_spreadsheetSafe, m_notes, m_check}) {
        column->addWidget(box);
    }
    return safety;
}

ExportProfile ReviewExportDialog::profile() const
{
    return static_cast<ExportProfile>(m_profile->currentData().toInt());
}

void ReviewExportDialog::suggestName()
{
    m_profileHint->setText(tr(kProfiles.at(static_cast<std::size_t>(m_profile->currentIndex())).hint));
    const bool lines = profile() == ExportProfile::Jsonl;
    m_spreadsheetSafe->setEnabled(!lines);
    const QDir folder = m_file->path().isEmpty()
                            ? QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
                            : QFileInfo(m_file->path()).dir();
    const QString word = QString::fromUtf8(name(profile()).data());
    setFile(folder.filePath(lines ? tr("reviewed.jsonl") : tr("reviewed-%1.csv").arg(word)));
}

void ReviewExportDialog::setFile(const QString& path)
{
    m_file->setPath(path);
    refresh();
}

void ReviewExportDialog::refresh()
{
    primaryButton()->setEnabled(!m_file->path().isEmpty() && !isRunning());
}

void ReviewExportDialog::start()
{
    ExportRequest request;
    if (m_rows->checkedId() == QueueRows) {
        request.queue = m_queue;
    }
    request.options.profile = profile();
    request.options.notes = m_notes->isChecked();
    request.options.spreadsheetSafe = m_spreadsheetSafe->isEnabled() && m_spreadsheetSafe->isChecked();
    request.check = m_check->isChecked();
    request.file = m_file->path();
    showRunning();
    m_transfer->startExport(request);
    refresh();
}

} // namespace modscope::ui
