#include "ui/pages/export_dialog.h"

#include "ui/theme/theme.h"
#include "ui/widgets/file_field.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDir>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
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
    : TransferDialog(tr("Export scores"), tr("Export"), parent), m_items(items), m_exporter(exporter),
      m_scopes(std::move(scopes)), m_rows(new QButtonGroup(this)), m_model(new QComboBox),
      m_file(new FileField(tr("Export scores"), tr("CSV (*.csv)"))), m_summary(new QLabel)
{
    setMinimumWidth(540);
    setRole(m_summary, "secondary");
    for (const auto& model : items->models()) {
        m_model->addItem(tr("%1  %2", "letter and name of a model").arg(model.letter, model.name));
    }
    auto* form = new QFormLayout;
    form->setVerticalSpacing(12);
    form->setHorizontalSpacing(16);
    form->addRow(tr("Rows"), buildRows());
    form->addRow(tr("Model"), m_model);
    form->addRow(tr("File"), m_file);
    form->addRow(QString(), m_summary);
    content()->addLayout(form);
    buttons()->addStretch();
    connect(m_rows, &QButtonGroup::idToggled, this, &ExportDialog::refresh);
    connect(m_model, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    connect(m_file, &FileField::changed, this, &ExportDialog::refresh);
    connectExporter();
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    setFile(folder.filePath(tr("predictions.csv")));
}

void ExportDialog::connectExporter()
{
    const auto show = [this](const QString& text, const char* role) {
        showResult(text, role);
        refresh();
    };
    connect(m_exporter, &PredictionExporter::progressed, this,
            [this](const Progress& progress) { showProgress(progress.done, progress.total); });
    connect(m_exporter, &PredictionExporter::written, this, [show](const QString& path, const ExportSummary& summary) {
        const auto rows = tr("%n row(s) written", nullptr, static_cast<int>(summary.rows));
        const auto failed = tr("%n of them with an error", nullptr, static_cast<int>(summary.failed));
        const auto size = QLocale().formattedDataSize(static_cast<qint64>(summary.bytes));
        show(summary.failed > 0 ? tr("%1, %2, %3: %4").arg(rows, failed, size, path)
                                : tr("%1, %2: %3").arg(rows, size, path),
             "clear");
    });
    connect(m_exporter, &PredictionExporter::failed, this, [show](const QString& reason) {
        show(tr("Could not write: %1. No unfinished file was left.").arg(reason), "flag");
    });
    connect(m_exporter, &PredictionExporter::cancelled, this,
            [show] { show(tr("Cancelled. No file was written."), "clear"); });
}

void ExportDialog::setFile(const QString& path)
{
    m_file->setPath(path);
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
    primaryButton()->setEnabled(rows > 0 && !m_file->path().isEmpty() && !isRunning());
}

void ExportDialog::start()
{
    showRunning();
    m_exporter->start(m_file->path(), chosenModel(), chosen());
    refresh();
}

} // namespace modscope::ui
