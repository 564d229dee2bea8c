#include "ui/pages/review_import_dialog.h"

#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
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
    : TransferDialog(tr("Import into the review queue"), tr("Import"), parent), m_transfer(transfer),
      m_paths(std::move(paths)), m_models(std::move(models)), m_model(new QComboBox), m_table(new QTableView),
      m_counts(new QLabel(tr("Reading the first rows"))), m_takeBack(new QPushButton(tr("Take it back"))),
      m_watch(new QCheckBox(tr("Keep watching this folder")))
{
    setMinimumSize(760, 520);
    primaryButton()->setEnabled(false);
    m_takeBack->setAutoDefault(false);
    m_takeBack->hide();
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    auto* from = new QLabel(m_paths.size() == 1 ? QFileInfo(m_paths.front()).fileName()
                                                : tr("%n path(s)", nullptr, static_cast<int>(m_paths.size())));
    from->setTextFormat(Qt::PlainText);
    form->addRow(tr("From"), from);
    buildMapping(form);
    buildTable();
    content()->addLayout(form);
    content()->addWidget(m_table, 1);
    content()->addWidget(m_watch);
    m_watch->setVisible(
        std::all_of(m_paths.begin(), m_paths.end(), [](const QString& path) { return QFileInfo(path).isDir(); }));
    buttons()->addWidget(m_counts);
    buttons()->addStretch();
    buttons()->addWidget(m_takeBack);
    connect(m_takeBack, &QPushButton::clicked, this, [this] {
        m_takeBack->hide();
        showRunning();
        m_transfer->takeBackImport(m_importName);
    });
    connectTransfer();
    ask();
}

void ReviewImportDialog::connectTransfer()
{
    connect(m_transfer, &ReviewTransfer::previewed, this, &ReviewImportDialog::showPreview);
    connect(m_transfer, &ReviewTransfer::imported, this, &ReviewImportDialog::showReport);
    connect(m_transfer, &ReviewTransfer::tookBack, this, [this](int items) {
        showResult(tr("%n item(s) taken back. Undo on the Review page puts them back.", nullptr, items), "clear");
    });
    connect(m_transfer, &ReviewTransfer::failed, this, [this](const QString& reason) {
        m_preview.setRows({});
        m_counts->clear();
        primaryButton()->setEnabled(false);
        showResult(tr("%1. Nothing was changed.").arg(reason), "flag");
    });
    connect(m_transfer, &ReviewTransfer::progressed, this,
            [this] { showProgress(m_transfer->progress().done, m_transfer->progress().total); });
}

void ReviewImportDialog::start()
{
    m_started = true;
    primaryButton()->setEnabled(false);
    showRunning();
    m_transfer->startImport(request());
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
    m_model->addItem(tr("None: score columns are not used"));
    for (const ScoringModel& model : m_models) {
        m_model->addItem(QString::fromStdString(model.name));
    }
    form->addRow(tr("Scores are of"), m_model);
    if (!table) { // hidden only: what is shown before it has a place is a window for a moment
        form->setRowVisible(roles, false);
        form->setRowVisible(m_model, false);
    }
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
    hideResult();
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
    primaryButton()->setEnabled(preview.added + preview.joined > 0 || preview.more);
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
    m_importName = QString::fromStdString(report.name);
    m_takeBack->setVisible(report.added > 0);
    m_watch->setEnabled(false);
    if (m_watch->isChecked()) {
        Q_EMIT watchWanted(m_paths);
    }
}

} // namespace modscope::ui
