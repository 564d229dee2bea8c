#include "ui/widgets/file_field.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace modscope::ui {

FileField::FileField(const QString& title, const QString& filter, QWidget* parent)
    : QWidget(parent), m_path(new QLineEdit)
{
    m_path->setAccessibleName(tr("File to write"));
    auto* browse = new QPushButton(tr("Choose…"));
    browse->setAutoDefault(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_path, 1);
    row->addWidget(browse);
    setFocusProxy(m_path);
    connect(m_path, &QLineEdit::textChanged, this, &FileField::changed);
    connect(browse, &QPushButton::clicked, this, [this, title, filter] {
        const QString chosen = QFileDialog::getSaveFileName(this, title, m_path->text(), filter);
        if (!chosen.isEmpty()) {
            setPath(chosen);
        }
    });
}

void FileField::setPath(const QString& path)
{
    m_path->setText(QDir::toNativeSeparators(path));
}

QString FileField::path() const
{
    return m_path->text().trimmed();
}

} // namespace modscope::ui
