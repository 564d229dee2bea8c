#include "ui/pages/transfer_dialog.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace modscope::ui {

TransferDialog::TransferDialog(const QString& title, const QString& verb, QWidget* parent)
    : QDialog(parent), m_content(new QVBoxLayout), m_progress(new QProgressBar), m_result(new QLabel),
      m_buttons(new QHBoxLayout), m_close(new QPushButton(tr("Close"))), m_primary(new QPushButton(verb))
{
    setWindowTitle(title);
    setVariant(m_primary, "primary");
    m_primary->setDefault(true);
    m_progress->setTextVisible(false);
    m_progress->hide();
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText); // reasons quote what stands in files
    m_result->hide();
    m_content->setSpacing(12);
    auto* row = new QHBoxLayout;
    row->addLayout(m_buttons, 1);
    row->addWidget(m_close);
    row->addWidget(m_primary);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addLayout(m_content, 1);
    column->addWidget(m_progress);
    column->addWidget(m_result);
    column->addLayout(row);
    connect(m_primary, &QPushButton::clicked, this, [this] { start(); });
    connect(m_close, &QPushButton::clicked, this, [this] { reject(); });
}

void TransferDialog::showRunning()
{
    m_result->hide();
    m_progress->setRange(0, 0);
    m_progress->show();
    m_close->setText(tr("Cancel"));
}

void TransferDialog::showProgress(std::uint64_t done, std::uint64_t total)
{
    m_progress->setMaximum(static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
}

void TransferDialog::showResult(const QString& text, const char* role)
{
    m_progress->hide();
    m_close->setText(tr("Close"));
    m_result->setText(text);
    setRole(m_result, role);
    restyle(m_result);
    m_result->show();
}

void TransferDialog::hideResult()
{
    m_result->hide();
}

void TransferDialog::reject()
{
    if (isRunning()) {
        cancel();
        return;
    }
    QDialog::reject();
}

} // namespace modscope::ui
