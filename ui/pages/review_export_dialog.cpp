#include "ui/pages/review_export_dialog.h"

#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
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
    : QDialog(parent), m_transfer(transfer), m_queue(std::move(queue)), m_rows(new QButtonGroup(this)),
      m_profile(new QComboBox), m_profileHint(new QLabel),
      m_spreadsheetSafe(new QCheckBox(tr("Safe for spreadsheets: cells that start with = + - @ get an apostrophe"))),
      m_notes(new QCheckBox(tr("With reasons and notes"))), m_check(new QCheckBox(tr("Check it by reading it back"))),
      m_file(new QLineEdit), m_progress(new QProgressBar), m_result(new QLabel), m_write(new QPushButton(tr("Export"))),
      m_close(new QPushButton(tr("Close")))
{
    setWindowTitle(tr("Export reviewed items"));
    setMinimumWidth(600);
    setVariant(m_write, "primary");
    m_write->setDefault(true);
    m_progress->setTextVisible(false);
    m_progress->hide();
    m_result->setWordWrap(true);
    m_result->hide();
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
    form->addRow(tr("File"), buildFile());
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_close);
    buttons->addWidget(m_write);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addLayout(form);
    column->addWidget(m_progress);
    column->addWidget(m_result);
    column->addLayout(buttons);

    connect(m_write, &QPushButton::clicked, this, &ReviewExportDialog::startWriting);
    connect(m_close, &QPushButton::clicked, this, &ReviewExportDialog::reject);
    connect(m_profile, &QComboBox::currentIndexChanged, this, &ReviewExportDialog::suggestName);
    connect(m_file, &QLineEdit::textChanged, this, &ReviewExportDialog::refresh);
    connect(transfer, &ReviewTransfer::progressed, this, [this] {
        m_progress->setMaximum(static_cast<int>(m_transfer->progress().total));
        m_progress->setValue(static_cast<int>(m_transfer->progress().done));
        refresh();
    });
    connect(transfer, &ReviewTransfer::exported, this, [this](const ExportManifest& manifest) {
        QStringList words{tr("%n row(s) written", nullptr, static_cast<int>(manifest.rows))};
        for (const auto& [reason, items] : manifest.leftOut) {
            words << tr("%n left out: %1", nullptr, static_cast<int>(items)).arg(QString::fromStdString(reason));
        }
        QString text = words.join(QStringLiteral(", ")) + QLatin1Char('.');
        if (m_check->isChecked()) {
            text += QLatin1Char(' ') + tr("Read back: identical.");
        }
        showResult(text, "clear");
    });
    connect(transfer, &ReviewTransfer::failed, this, [this](const QString& reason) {
        showResult(tr("Could not write: %1. The unfinished file was removed.").arg(reason), "flag");
    });
    connect(transfer, &ReviewTransfer::cancelled, this,
            [this] { showResult(tr("Cancelled. No file was written."), "secondary"); });
    suggestName();
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

QWidget* ReviewExportDialog::buildFile()
{
    auto* browse = new QPushButton(tr("Choose…"));
    browse->setAutoDefault(false);
    m_file->setAccessibleName(tr("File to write"));
    connect(browse, &QPushButton::clicked, this, &ReviewExportDialog::chooseFile);
    auto* file = new QWidget;
    auto* row = new QHBoxLayout(file);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_file, 1);
    row->addWidget(browse);
    return file;
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
    const QDir folder = m_file->text().isEmpty()
                            ? QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
                            : QFileInfo(m_file->text()).dir();
    const QString word = QString::fromUtf8(name(profile()).data());
    setFile(folder.filePath(lines ? tr("reviewed.jsonl") : tr("reviewed-%1.csv").arg(word)));
}

void ReviewExportDialog::setFile(const QString& path)
{
    m_file->setText(QDir::toNativeSeparators(path));
    refresh();
}

void ReviewExportDialog::chooseFile()
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export reviewed items"), m_file->text(), tr("Tables (*.csv *.jsonl)"));
    if (!path.isEmpty()) {
        setFile(path);
    }
}

void ReviewExportDialog::refresh()
{
    m_write->setEnabled(!m_file->text().trimmed().isEmpty() && !m_transfer->isRunning());
}

void ReviewExportDialog::startWriting()
{
    ExportRequest request;
    if (m_rows->checkedId() == QueueRows) {
        request.queue = m_queue;
    }
    request.options.profile = profile();
    request.options.notes = m_notes->isChecked();
    request.options.spreadsheetSafe = m_spreadsheetSafe->isEnabled() && m_spreadsheetSafe->isChecked();
    request.check = m_check->isChecked();
    request.file = m_file->text().trimmed();
    m_result->hide();
    m_progress->setRange(0, 0);
    m_progress->show();
    m_close->setText(tr("Cancel"));
    m_transfer->startExport(request);
    refresh();
}

void ReviewExportDialog::showResult(const QString& text, const char* role)
{
    m_progress->hide();
    m_close->setText(tr("Close"));
    m_result->setText(text);
    setRole(m_result, role);
    restyle(m_result);
    m_result->show();
    refresh();
}

// Esc and Close first cancel what runs; a second time they close.
void ReviewExportDialog::reject()
{
    if (m_transfer->isRunning()) {
        m_transfer->cancel();
        return;
    }
    QDialog::reject();
}

} // namespace modscope::ui
