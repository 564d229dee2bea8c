#include "ui/widgets/bulk_panel.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kSampleSide = 56;

} // namespace

BulkPanel::BulkPanel(const Theme* theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_question(new QLabel), m_more(new QLabel), m_samples(new QHBoxLayout),
      m_apply(new QPushButton(tr("Apply")))
{
    setVariant(this, "card");
    setRole(m_question, "cardTitle");
    setRole(m_more, "secondary");
    setVariant(m_apply, "primary");
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setToolTip(tr("Esc"));
    auto* hint = new QLabel(tr("More digits add classes. One step: Undo takes all of it back."));
    setRole(hint, "secondary");

    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(m_question);
    head->addWidget(hint, 1);
    head->addWidget(cancel);
    head->addWidget(m_apply);
    m_samples->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->addLayout(m_samples);
    row->addWidget(m_more);
    row->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(10);
    column->addLayout(head);
    column->addLayout(row);
    connect(m_apply, &QPushButton::clicked, this, &BulkPanel::applied);
    connect(cancel, &QPushButton::clicked, this, &BulkPanel::cancelled);
}

void BulkPanel::ask(const QString& what, int count, const std::vector<Sample>& sample)
{
    m_question->setText(what.isEmpty() ? tr("Choose a class for %n item(s), or 0 for none", nullptr, count)
                                       : tr("Apply %1 to %n item(s)?", nullptr, count).arg(what));
    m_apply->setText(tr("Apply to %n item(s)", nullptr, count));
    m_apply->setEnabled(!what.isEmpty());
    m_apply->setToolTip(what.isEmpty() ? tr("Choose a class, or 0 for none") : tr("Return"));
    setAccessibleName(m_question->text());
    showSample(sample, count);
}

void BulkPanel::showSample(const std::vector<Sample>& sample, int count)
{
    while (auto* item = m_samples->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const int side = m_theme->px(kSampleSide);
    for (const Sample& one : sample) {
        auto* picture = new QLabel;
        picture->setFixedSize(side, side);
        picture->setAlignment(Qt::AlignCenter);
        picture->setToolTip(one.key);
        picture->setAccessibleName(tr("%1, picture covered", "an item's key").arg(one.key));
        setVariant(picture, "well");
        if (!one.cover.isNull()) {
            picture->setPixmap(one.cover.scaled(QSize(side, side) * devicePixelRatioF(), Qt::KeepAspectRatio,
                                                Qt::SmoothTransformation));
        } else {
            picture->setText(one.key.left(4));
        }
        m_samples->addWidget(picture);
    }
    const int more = count - static_cast<int>(sample.size());
    m_more->setText(more > 0 ? tr("and %n more", nullptr, more) : QString());
}

QString BulkPanel::question() const
{
    return m_question->text();
}

} // namespace modscope::ui
