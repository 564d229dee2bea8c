#include "ui/pages/classify_centre.h"

#include "ui/actions/action_registry.h"
#include "ui/models/text_note.h"
#include "ui/theme/theme.h"
#include "ui/widgets/heat_scale.h"
#include "ui/widgets/picture_canvas.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kOpacityPercent = 60;

/// A label that gives way: a long file name must not push the tools out of the window.
class ElidedLabel final : public QLabel {
public:
    using QLabel::QLabel;

    void setFullText(const QString& text)
    {
        m_full = text;
        setToolTip(text);
        setAccessibleName(text);
        elide();
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return {48, QLabel::minimumSizeHint().height()}; }
    [[nodiscard]] QSize sizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(m_full) + 2, QLabel::sizeHint().height()};
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QLabel::resizeEvent(event);
        elide();
    }

private:
    void elide() { setText(fontMetrics().elidedText(m_full, Qt::ElideMiddle, width())); }

    QString m_full;
};

} // namespace

ClassifyCentre::ClassifyCentre(const Theme* theme,
                               const ActionRegistry* registry,
                               const ClassifyListModel* items,
                               ItemExplainer* explainer,
                               QWidget* parent)
    : QWidget(parent), m_theme(theme), m_items(items), m_explainer(explainer), m_name(new ElidedLabel),
      m_origin(new QLabel), m_heatState(new QLabel), m_legend(new HeatLegend(theme)),
      m_opacity(new QSlider(Qt::Horizontal)), m_mode(new SegmentedControl(tr("View"))), m_cancel(new QToolButton),
      m_more(new QToolButton), m_canvas(new PictureCanvas(theme)),
      m_text(new TextCard(registry->action(QStringLiteral("classify.readAgain"))))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 10, 20, 16);
    column->setSpacing(12);
    column->addWidget(buildToolBar());
    column->addWidget(m_canvas, 1);
    column->addWidget(m_text);

    connect(explainer, &ItemExplainer::pictureChanged, this, &ClassifyCentre::showPicture);
    connect(explainer, &ItemExplainer::heatMapChanged, this, &ClassifyCentre::refreshHeatMap);
    connect(m_opacity, &QSlider::valueChanged, this,
            [this](int percent) { m_canvas->setOverlayOpacity(percent / 100.0); });
    connect(m_mode, &SegmentedControl::chosen, this, [registry, this](int index) {
        if ((index == 1) != m_wantsHeatMap) {
            registry->action(QStringLiteral("classify.heatMap"))->trigger();
        }
    });
    connect(m_cancel, &QToolButton::clicked, explainer, &ItemExplainer::cancelHeatMap);
    connect(m_more, &QToolButton::clicked, this,
            [this] { Q_EMIT menuWanted(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    refreshHeatMap();
}

QWidget* ClassifyCentre::buildToolBar()
{
    setRole(m_name, "cardTitle");
    setRole(m_origin, "secondary");
    setRole(m_heatState, "secondary");
    m_opacity->setRange(0, 100);
    m_opacity->setValue(kOpacityPercent);
    m_opacity->setFixedWidth(86);
    m_opacity->setAccessibleName(tr("Opacity of the heat map"));
    m_opacity->setToolTip(m_opacity->accessibleName());
    m_mode->addSegment(tr("Picture"));
    m_mode->addSegment(tr("Heat map"), tr("Which areas change this score (M)"));
    m_mode->setCurrentIndex(0);
    m_cancel->setIcon(m_theme->icon(QStringLiteral("x-lg")));
    m_cancel->setToolTip(tr("Cancel the heat map"));
    m_cancel->setAccessibleName(m_cancel->toolTip());
    m_more->setIcon(m_theme->icon(QStringLiteral("three-dots")));
    m_more->setToolTip(tr("More"));
    m_more->setAccessibleName(tr("More actions for this item"));

    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(m_name);
    row->addWidget(m_origin);
    row->addStretch();
    row->addWidget(m_heatState);
    row->addWidget(m_cancel);
    row->addWidget(m_legend);
    row->addWidget(m_opacity);
    row->addWidget(m_mode);
    row->addWidget(m_more);
    return bar;
}

void ClassifyCentre::showItem(ItemId id)
{
    m_item = id;
    const auto* item = m_items->find(id);
    setEnabled(item != nullptr);
    m_text->setText(item != nullptr ? QString::fromStdString(item->sample.text) : QString());
    refreshItem();
    m_explainer->setItem(id);
    showPicture();
    if (m_wantsHeatMap) {
        m_explainer->requestHeatMap();
    }
}

void ClassifyCentre::refreshItem()
{
    const auto* item = m_items->find(m_item);
    static_cast<ElidedLabel*>(m_name)->setFullText(item != nullptr ? item->name : QString());
    m_origin->setText(item != nullptr ? item->origin : QString());
    if (item == nullptr) {
        m_text->setNote({}, {});
        m_text->setReadable(false, false);
        return;
    }
    const TextNote note = textNote(*item);
    m_text->updateText(QString::fromStdString(item->sample.text));
    m_text->setNote(note.chip, note.tip);
    m_text->setReadable(item->sample.hasImage(), item->reading != nullptr);
}

void ClassifyCentre::setClass(const QString& label)
{
    m_class = label;
    refreshHeatMap();
}

void ClassifyCentre::showPicture()
{
    const auto* item = m_items->find(m_item);
    if (item == nullptr) {
        m_canvas->setMessage(QStringLiteral("image"), tr("Choose an item."));
        return;
    }
    if (!item->sample.hasImage()) {
        const bool unusable = item->inputError.has_value();
        m_canvas->setMessage(unusable ? QStringLiteral("file-earmark-x") : QStringLiteral("fonts"),
                             unusable ? errorText(*item) : tr("No picture: the text alone is scored."));
        return;
    }
    if (const auto& picture = m_explainer->picture()) {
        CanvasPicture shown{picture->levels, picture->greyLevels, picture->covered, picture->size, {}};
        if (picture->frames > 1) {
            shown.chip = tr("frame 1 of %1").arg(picture->frames);
        }
        m_canvas->setPicture(std::move(shown));
        refreshHeatMap();
    } else if (!m_explainer->pictureError().isEmpty()) {
        m_canvas->setMessage(QStringLiteral("file-earmark-x"), m_explainer->pictureError());
    } else {
        m_canvas->setMessage({}, {}); // decoding: an empty well, never a spinner
    }
}

void ClassifyCentre::setShowsHeatMap(bool shows)
{
    m_wantsHeatMap = shows;
    m_mode->setCurrentIndex(shows ? 1 : 0);
    if (shows) {
        m_explainer->requestHeatMap();
    } else {
        m_explainer->cancelHeatMap();
    }
    refreshHeatMap();
}

void ClassifyCentre::refreshHeatMap()
{
    const bool making = m_wantsHeatMap && m_explainer->isMakingHeatMap();
    const auto cells = m_wantsHeatMap ? m_explainer->heatMap(m_class.toStdString()) : std::nullopt;
    if (cells) {
        const double scale = heatScale(cells->drops);
        m_canvas->setOverlay(heatImage(cells->drops, cells->columns, cells->rows, scale), cells->area);
        m_legend->setScale(scale);
    } else {
        m_canvas->setOverlay({}, {});
    }
    m_origin->setVisible(!m_wantsHeatMap); // the scale needs the room; the name's tooltip is enough meanwhile
    m_legend->setVisible(cells.has_value());
    m_opacity->setVisible(cells.has_value());
    m_cancel->setVisible(making);
    m_heatState->setText(making                                                     ? tr("Covering areas…")
                         : m_wantsHeatMap && !m_explainer->heatMapError().isEmpty() ? m_explainer->heatMapError()
                         : cells                                                    ? tr("Heat map")
                                                                                    : QString());
    m_heatState->setToolTip(cells ? tr("Which areas change this score") : QString());
}

void ClassifyCentre::setCovered(bool covered)
{
    m_canvas->setCovered(covered);
}

void ClassifyCentre::setFullCanvas(bool full)
{
    m_fullCanvas = full;
    m_text->setVisible(!full);
}

} // namespace modscope::ui
