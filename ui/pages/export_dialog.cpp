#include "ui/pages/export_dialog.h"

#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
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

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

enum RowChoice { AllRows, ShownRows, SelectedRows };

} // namespace

ExportDialog::ExportDialog(const ClassifyListModel* items,
                           PredictionExporter* exporter,
                           ExportScopes scopes,
                           QWidget* parent)
    : QDialog(parent), m_items(items), m_exporter(exporter), m_scopes(std::move(scopes)),
      m_rows(new QButtonGroup(this)), m_model(new QComboBox), m_file(new QLineEdit), m_summary(new QLabel),
      m_progress(new QProgressBar), m_result(new QLabel), m_write(new QPushButton(tr("Export"))),
      m_close(new QPushButton(tr("Close")))
{
    setWindowTitle(tr("Export scores"));
    setMinimumWidth(540);
    setVariant(m_write, "primary");
    m_write->setDefault(true);
    m_progress->setTextVisible(false);
    m_progress->hide();
    m_result->setWordWrap(true);
    m_result->hide();
    setRole(m_summary, "secondary");
    for (const auto& model : items->models()) {
        m_model->addItem(tr("%1  %2", "letter and name of a model").arg(model.letter, model.name));
    }

    auto* form = new QFormLayout;
    form->setVerticalSpacing(12);
    form->setHorizontalSpacing(16);
    form->addRow(tr("Rows"), buildRows());
    form->addRow(tr("Model"), m_model);
    form->addRow(tr("File"), buildFile());
    form->addRow(QString(), m_summary);
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

    connect(m_write, &QPushButton::clicked, this, &ExportDialog::startWriting);
    connect(m_close, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_rows, &QButtonGroup::idToggled, this, &ExportDialog::refresh);
    connect(m_model, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    connect(m_file, &QLineEdit::textChanged, this, &ExportDialog::refresh);
    connect(exporter, &PredictionExporter::progressed, this, [this](const Progress& progress) {
        m_progress->setMaximum(static_cast<int>(progress.total));
        m_progress->setValue(static_cast<int>(progress.done));
    });
    connect(exporter, &PredictionExporter::written, this, [this](const QString& path, const ExportSummary& summary) {
        const auto rows = tr("%n row(s) written", nullptr, static_cast<int>(summary.rows));
        const auto failed = tr("%n of them with an error", nullptr, static_cast<int>(summary.failed));
        const auto size = QLocale().formattedDataSize(static_cast<qint64>(summary.bytes));
        showResult(summary.failed > 0 ? tr("%1, %2, %3: %4").arg(rows, failed, size, path)
                                      : tr("%1, %2: %3").arg(rows, size, path),
                   false);
    });
    connect(exporter, &PredictionExporter::failed, this, [this](const QString& reason) {
        showResult(tr("Could not write: %1. No unfinished file was left.").arg(reason), true);
    });
    connect(exporter, &PredictionExporter::cancelled, this,
            [this] { showResult(tr("Cancelled. No file was written."), false); });
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    setFile(folder.filePath(tr("predictions.csv")));
}

void ExportDialog::setFile(const QString& path)
{
    m_file->setText(QDir::toNativeSeparators(path));
    refresh();
}

QWidget* ExportDialog::buildRows()
{
    auto* rows = new QWidget;
    auto* column = new QVBoxLayout(rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    const auto add = [&](RowChoice choice, const QString& text, std::size_t count) {
        auto* button = new QRadioButton(tr("%1 (%2)", "choice and how many rows").arg(text, QLocale().toString(count)));
        button->setEnabled(count > 0);
        m_rows->addButton(button, choice);
        column->addWidget(button);
    };
    add(AllRows, tr("All items"), m_scopes.all.size());
    add(ShownRows, tr("Items shown by the filter"), m_scopes.shown.size());
    add(SelectedRows, tr("Selected items"), m_scopes.selected.size());
    m_rows->button(m_scopes.selected.size() > 1 ? SelectedRows : AllRows)->setChecked(true);
    return rows;
}

QWidget* ExportDialog::buildFile()
{
    auto* browse = new QPushButton(tr("Choose…"));
    browse->setAutoDefault(false);
    m_file->setAccessibleName(tr("File to write"));
    connect(browse, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    auto* file = new QWidget;
    auto* row = new QHBoxLayout(file);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_file, 1);
    row->addWidget(browse);
    return file;
}

void ExportDialog::chooseFile()
{
    const auto path = QFileDialog::getSaveFileName(this, tr("Export scores"), m_file->text(), tr("CSV (*.csv)"));
    if (!path.isEmpty()) {
        setFile(path);
    }
}

const std::vector<ItemId>& ExportDialog::chosen() const
{
    switch (m_rows->checkedId()) {
    case ShownRows:
        return m_scopes.shown;
    case SelectedRows:
        return m_scopes.selected;
    default:
        return m_scopes.all;
    }
}

std::size_t ExportDialog::chosenModel() const
{
    return static_cast<std::size_t>(std::max(0, m_model->currentIndex()));
}

void ExportDialog::refresh()
{
    const int rows = m_exporter->exportable(chosenModel(), chosen());
    const int waiting = static_cast<int>(chosen().size()) - rows;
    m_summary->setText(
        rows == 0 ? tr("No row of this choice has been scored.")
        : waiting > 0
            ? tr("%n row(s) will be written; %1 not scored yet are left out.", nullptr, rows).arg(waiting)
            : tr("%n row(s) will be written: text, image_path, then pred and prob of each class.", nullptr, rows));
    m_write->setEnabled(rows > 0 && !m_file->text().trimmed().isEmpty() && !m_exporter->isRunning());
}

void ExportDialog::startWriting()
{
    m_result->hide();
    m_progress->setRange(0, 0);
    m_progress->show();
    m_close->setText(tr("Cancel"));
    m_exporter->start(m_file->text().trimmed(), chosenModel(), chosen());
    refresh();
}

void ExportDialog::showResult(const QString& text, bool isFailure)
{
    m_progress->hide();
    m_close->setText(tr("Close"));
    m_result->setText(text);
    setRole(m_result, isFailure ? "flag" : "clear");
    restyle(m_result);
    m_result->show();
    refresh();
}

// Esc and Close first cancel what runs; a second time they close.
void ExportDialog::reject()
{
    if (m_exporter->isRunning()) {
        m_exporter->cancel();
        return;
    }
    QDialog::reject();
}

} // namespace modscope::ui
