#include "ui/pages/review_import_dialog.h"

#include "ui/theme/theme.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include <array>
#include <string>
#include <utility>

namespace modscope::ui {

namespace {

struct RoleChoice {
    const char* entry; ///< of core/review/import_mapping.h
    const char* name;
    std::string ColumnMapping::*column;
};

const std::array<RoleChoice, 5> kRoles = {{
    {"text", QT_TRANSLATE_NOOP("modscope::ui::ReviewImportDialog", "Text"), &ColumnMapping::text},
    {"image_path", QT_TRANSLATE_NOOP("modscope::ui::ReviewImportDialog", "Picture"), &ColumnMapping::imagePath},
    {"id", QT_TRANSLATE_NOOP("modscope::ui::ReviewImportDialog", "Id"), &ColumnMapping::id},
    {"source", QT_TRANSLATE_NOOP("modscope::ui::ReviewImportDialog", "Source"), &ColumnMapping::source},
    {"ocr_text", QT_TRANSLATE_NOOP("modscope::ui::ReviewImportDialog", "Read text"), &ColumnMapping::ocrText},
}};
constexpr int kShownProblems = 5;

} // namespace

ReviewImportDialog::ReviewImportDialog(ReviewTransfer* transfer,
                                       QStringList paths,
                                       std::vector<ScoringModel> models,
                                       QWidget* parent)
    : QDialog(parent), m_transfer(transfer), m_paths(std::move(paths)), m_models(std::move(models)),
      m_model(new QComboBox), m_table(new QTableView), m_counts(new QLabel(tr("Reading the first rows"))),
      m_progress(new QProgressBar), m_result(new QLabel), m_import(new QPushButton(tr("Import"))),
      m_close(new QPushButton(tr("Close")))
{
    setWindowTitle(tr("Import into the review queue"));
    setMinimumSize(760, 520);
    setVariant(m_import, "primary");
    m_import->setDefault(true);
    m_import->setEnabled(false);
    m_progress->setTextVisible(false);
    m_progress->hide();
    m_result->setWordWrap(true);
    m_result->hide();
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->addRow(tr("From"),
                 new QLabel(m_paths.size() == 1 ? QFileInfo(m_paths.front()).fileName()
                                                : tr("%n path(s)", nullptr, static_cast<int>(m_paths.size()))));
    buildMapping(form);
    buildTable();
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_counts);
    buttons->addStretch();
    buttons->addWidget(m_close);
    buttons->addWidget(m_import);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addLayout(form);
    column->addWidget(m_table, 1);
    column->addWidget(m_progress);
    column->addWidget(m_result);
    column->addLayout(buttons);

    connect(m_import, &QPushButton::clicked, this, [this] {
        m_started = true;
        m_import->setEnabled(false);
        m_close->setText(tr("Cancel"));
        m_progress->setRange(0, 0);
        m_progress->show();
        m_transfer->startImport(request());
    });
    connect(m_close, &QPushButton::clicked, this, &ReviewImportDialog::reject);
    connect(transfer, &ReviewTransfer::previewed, this, &ReviewImportDialog::showPreview);
    connect(transfer, &ReviewTransfer::imported, this, &ReviewImportDialog::showReport);
    connect(transfer, &ReviewTransfer::failed, this, [this](const QString& reason) {
        m_preview.setRows({});
        m_counts->clear();
        m_import->setEnabled(false);
        showResult(tr("%1. Nothing was changed.").arg(reason), "flag");
    });
    connect(transfer, &ReviewTransfer::progressed, this, [this] {
        m_progress->setMaximum(static_cast<int>(m_transfer->progress().total));
        m_progress->setValue(static_cast<int>(m_transfer->progress().done));
    });
    ask();
}

void ReviewImportDialog::buildMapping(QFormLayout* form)
{
    auto* roles = new QWidget;
    auto* row = new QHBoxLayout(roles);
    row->setContentsMargins(0, 0, 0, 0);
    for (const RoleChoice& role : kRoles) {
        auto* column = new QVBoxLayout;
        auto* name = new QLabel(tr(role.name));
        setRole(name, "secondary");
        auto* choice = new QComboBox;
        choice->setAccessibleName(tr("Column of: %1").arg(tr(role.name)));
        column->addWidget(name);
        column->addWidget(choice);
        row->addLayout(column, 1);
        m_columns.push_back(choice);
        connect(choice, &QComboBox::currentIndexChanged, this, &ReviewImportDialog::ask);
    }
    const bool table = m_paths.size() == 1 && isTable(m_paths.front().toStdString());
    form->addRow(tr("Columns"), roles);
    form->labelForField(roles)->setVisible(table);
    roles->setVisible(table);
    m_model->addItem(tr("None: score columns are not used"));
    for (const ScoringModel& model : m_models) {
        m_model->addItem(QString::fromStdString(model.name));
    }
    form->addRow(tr("Scores are of"), m_model);
    form->labelForField(m_model)->setVisible(table);
    m_model->setVisible(table);
    connect(m_model, &QComboBox::currentIndexChanged, this, &ReviewImportDialog::ask);
}

void ReviewImportDialog::buildTable()
{
    m_table->setModel(&m_preview);
    m_table->setAccessibleName(tr("The first rows as they would come in"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->setWordWrap(false);
    m_table->setShowGrid(false);
    m_table->horizontalHeader()->setSectionResizeMode(ImportPreviewModel::Text, QHeaderView::Stretch);
}

ImportRequest ReviewImportDialog::request() const
{
    ImportRequest request{m_paths, {}, std::nullopt};
    if (m_filled) {
        for (std::size_t role = 0; role < kRoles.size(); ++role) {
            request.mapping << QLatin1String(kRoles[role].entry) + QLatin1Char('=') +
                                   m_columns[role]->currentData().toString();
        }
    }
    if (m_model->currentIndex() > 0) {
        request.model = m_models.at(static_cast<std::size_t>(m_model->currentIndex()) - 1);
    }
    return request;
}

void ReviewImportDialog::ask()
{
    m_result->hide();
    m_transfer->preview(request());
}

void ReviewImportDialog::showPreview(const ImportPreview& preview)
{
    if (m_started) {
        return;
    }
    if (!m_filled && !preview.columns.empty()) {
        for (std::size_t role = 0; role < kRoles.size(); ++role) {
            const QSignalBlocker quiet(m_columns[role]);
            m_columns[role]->addItem(tr("none", "no column"), QString());
            for (const std::string& column : preview.columns) {
                m_columns[role]->addItem(QString::fromStdString(column), QString::fromStdString(column));
            }
            const QString guessed = QString::fromStdString(preview.mapping.*kRoles[role].column);
            m_columns[role]->setCurrentIndex(std::max(0, m_columns[role]->findData(guessed)));
        }
        m_filled = true;
    }
    m_preview.setRows(preview.rows);
    m_table->resizeColumnToContents(ImportPreviewModel::Row);
    m_table->resizeColumnToContents(ImportPreviewModel::Standing);
    const QStringList counts{tr("%n new", nullptr, static_cast<int>(preview.added)),
                             tr("%n known", nullptr, static_cast<int>(preview.joined)),
                             tr("%n unreadable", nullptr, static_cast<int>(preview.unreadable))};
    m_counts->setText(preview.more ? tr("Of the first rows: %1").arg(counts.join(QStringLiteral(", ")))
                                   : counts.join(QStringLiteral(", ")));
    m_import->setEnabled(preview.added + preview.joined > 0 || preview.more);
}

void ReviewImportDialog::showReport(const ImportReport& report)
{
    QStringList words{tr("%n item(s) imported", nullptr, static_cast<int>(report.added)),
                      tr("%n known already", nullptr, static_cast<int>(report.joined))};
    if (!report.problems.empty()) {
        words << tr("%n row(s) left out", nullptr, static_cast<int>(report.problems.size()));
    }
    QStringList lines{words.join(QStringLiteral(", ")) + QLatin1Char('.')};
    for (std::size_t i = 0; i < report.problems.size() && i < kShownProblems; ++i) {
        lines << tr("Row %1: %2")
                     .arg(report.problems[i].row)
                     .arg(QString::fromStdString(report.problems[i].error.message));
    }
    if (report.ended) {
        lines << tr("It ended early: %1.").arg(QString::fromStdString(report.ended->message));
    }
    showResult(lines.join(QLatin1Char('\n')), report.problems.empty() && !report.ended ? "clear" : "review");
}

void ReviewImportDialog::showResult(const QString& text, const char* role)
{
    m_progress->hide();
    m_close->setText(tr("Close"));
    m_result->setText(text);
    setRole(m_result, role);
    restyle(m_result);
    m_result->show();
}

// Esc and Close first cancel what runs; a second time they close.
void ReviewImportDialog::reject()
{
    if (m_transfer->isRunning()) {
        m_transfer->cancel();
        return;
    }
    QDialog::reject();
}

} // namespace modscope::ui
