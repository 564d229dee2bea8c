#include "ui/pages/review_reimport_dialog.h"

#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QDateTime>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace modscope::ui {

ReviewReimportDialog::ReviewReimportDialog(ReviewTransfer* transfer, QString file, QWidget* parent)
    : TransferDialog(tr("Import an export again"), tr("Import"), parent), m_transfer(transfer), m_file(std::move(file)),
      m_manifest(new QLabel(tr("Checking the manifest"))), m_counts(new QLabel), m_table(new QTableView),
      m_unverified(new QCheckBox(tr("The manifest does not match the file (hash). Import anyway as unverified?"))),
      m_takeBack(new QPushButton(tr("Take it back")))
{
    setMinimumSize(760, 520);
    setRole(m_manifest, "secondary");
    m_manifest->setWordWrap(true);
    m_counts->setWordWrap(true);
    m_takeBack->setAutoDefault(false);
    m_takeBack->hide();
    m_unverified->hide();
    buildTable();
    auto* name = new QLabel(QFileInfo(m_file).fileName());
    name->setTextFormat(Qt::PlainText);
    content()->addWidget(name);
    content()->addWidget(m_manifest);
    content()->addWidget(m_counts);
    content()->addWidget(m_table, 1);
    content()->addWidget(m_unverified);
    buttons()->addWidget(m_takeBack);
    buttons()->addStretch();

    connect(m_unverified, &QCheckBox::toggled, this, &ReviewReimportDialog::refresh);
    connect(m_takeBack, &QPushButton::clicked, this, [this] {
        m_takeBack->hide();
        showRunning();
        m_transfer->takeBackReimport(m_report);
    });
    connect(transfer, &ReviewTransfer::reimportPreviewed, this, &ReviewReimportDialog::showReport);
    connect(transfer, &ReviewTransfer::reimported, this, &ReviewReimportDialog::showOutcome);
    connect(transfer, &ReviewTransfer::tookBack, this,
            [this](int items) { showResult(tr("%n item(s) stand as before.", nullptr, items), "clear"); });
    connect(transfer, &ReviewTransfer::failed, this, [this](const QString& reason) {
        m_manifest->clear();
        primaryButton()->setEnabled(false);
        showResult(tr("%1. Nothing was changed.").arg(reason), "flag");
    });
    connect(transfer, &ReviewTransfer::progressed, this,
            [this] { showProgress(m_transfer->progress().done, m_transfer->progress().total); });
    primaryButton()->setEnabled(false);
    m_transfer->previewReimport(m_file);
}

void ReviewReimportDialog::buildTable()
{
    m_table->setModel(&m_differences);
    m_table->setAccessibleName(tr("What differs in the first rows"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->setWordWrap(false);
    m_table->setShowGrid(false);
    m_table->horizontalHeader()->setSectionResizeMode(ReimportModel::There, QHeaderView::Stretch);
}

/// A store without items is given all of it; any other one the labels that differ.
std::uint64_t ReviewReimportDialog::rowsToImport() const
{
    return m_report.restores ? m_report.restored : m_report.relabelled();
}

void ReviewReimportDialog::showReport(const ReimportReport& report)
{
    m_report = report;
    m_differences.setReport(report);
    m_table->resizeColumnsToContents();
    const auto written =
        QLocale().toString(QDateTime::fromMSecsSinceEpoch(report.manifest.written), QLocale::ShortFormat);
    m_manifest->setText(
        (report.ofThisRecord ? tr("Written %1 from this queue.") : tr("Written %1 from another queue.")).arg(written));
    using Standing = ReimportReport::Standing;
    const auto count = [&](Standing standing) { return static_cast<int>(report.count(standing)); };
    QStringList words;
    if (report.restores) {
        words << tr("%n to restore", nullptr, count(Standing::Restored));
    }
    words << tr("%n unchanged", nullptr, count(Standing::Unchanged))
          << tr("%n changed", nullptr, count(Standing::Changed)) << tr("%n unknown", nullptr, count(Standing::Unknown))
          << tr("%n invalid", nullptr, static_cast<int>(report.invalid.size()));
    QString text = words.join(QStringLiteral(", ")) + QLatin1Char('.');
    if (!report.restores) {
        text += QLatin1Char(' ') + (report.relabelled() == 0
                                        ? tr("No labels differ: there is nothing to import.")
                                        : tr("The labels of %n item(s) differ. They become your decisions.", nullptr,
                                             static_cast<int>(report.relabelled())));
    }
    m_counts->setText(text);
    m_unverified->setVisible(!report.verified);
    if (report.ended) {
        showResult(tr("%1. Nothing was changed.").arg(QString::fromStdString(report.ended->message)), "flag");
    }
    refresh();
}

void ReviewReimportDialog::refresh()
{
    const auto rows = static_cast<int>(rowsToImport());
    primaryButton()->setText(tr("Import %n row(s)", nullptr, rows));
    primaryButton()->setEnabled(rows > 0 && !m_report.ended && !isRunning() &&
                                (m_report.verified || m_unverified->isChecked()));
}

void ReviewReimportDialog::start()
{
    primaryButton()->setEnabled(false);
    m_unverified->setEnabled(false);
    showRunning();
    m_transfer->startReimport(m_file, m_unverified->isChecked());
}

void ReviewReimportDialog::showOutcome(const ReimportReport& report)
{
    m_report = report;
    const auto done = static_cast<int>(report.restores ? report.restored : report.decided);
    QStringList lines{report.restores ? tr("%n item(s) restored.", nullptr, done)
                                      : tr("%n item(s) decided as in the file.", nullptr, done)};
    constexpr std::size_t kShownProblems = 5;
    for (std::size_t i = 0; i < report.invalid.size() && i < kShownProblems; ++i) {
        lines << tr("Row %1, %2.")
                     .arg(report.invalid[i].row)
                     .arg(QString::fromStdString(report.invalid[i].error.message));
    }
    if (report.invalid.size() > kShownProblems) {
        lines << tr("%n more row(s) were left out.", nullptr, static_cast<int>(report.invalid.size() - kShownProblems));
    }
    if (report.ended) {
        lines << tr("It ended early: %1.").arg(QString::fromStdString(report.ended->message));
    }
    showResult(lines.join(QLatin1Char('\n')), report.invalid.empty() && !report.ended ? "clear" : "review");
    m_takeBack->setVisible(done > 0);
}

} // namespace modscope::ui
