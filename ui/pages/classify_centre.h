#pragma once

#include "ui/controllers/item_explainer.h"
#include "ui/models/classify_list_model.h"

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace modscope::ui {

class ActionRegistry;
class HeatLegend;
class PictureCanvas;
class SegmentedControl;
class TextCard;
class Theme;

/// The middle of the Classify page: the item's name, its picture with heat map, its text.
class ClassifyCentre final : public QWidget {
    Q_OBJECT
public:
    ClassifyCentre(const Theme* theme,
                   const ActionRegistry* registry,
                   const ClassifyListModel* items,
                   ItemExplainer* explainer,
                   QWidget* parent = nullptr);

    void showItem(ItemId id);
    /// The item changed in the list: its name or text may differ. Does not touch what is being typed.
    void refreshItem();
    /// The class whose heat map is shown.
    void setClass(const QString& label);

    [[nodiscard]] PictureCanvas* canvas() const { return m_canvas; }
    [[nodiscard]] TextCard* textCard() const { return m_text; }
    [[nodiscard]] bool showsHeatMap() const { return m_wantsHeatMap; }
    void setShowsHeatMap(bool shows);
    /// Covered pictures stay covered from item to item.
    void setCovered(bool covered);
    /// The canvas alone, without text card.
    void setFullCanvas(bool full);
    [[nodiscard]] bool isFullCanvas() const { return m_fullCanvas; }

Q_SIGNALS:
    void menuWanted(const QPoint& globalPosition);

private:
    QWidget* buildToolBar();
    void showPicture();
    void refreshHeatMap();

    const Theme* m_theme;
    const ClassifyListModel* m_items;
    ItemExplainer* m_explainer;
    QLabel* m_name;
    QLabel* m_origin;
    QLabel* m_heatState;
    HeatLegend* m_legend;
    QSlider* m_opacity;
    SegmentedControl* m_mode;
    QToolButton* m_cancel;
    QToolButton* m_more;
    PictureCanvas* m_canvas;
    TextCard* m_text;
    ItemId m_item = 0;
    QString m_class;
    bool m_wantsHeatMap = false;
    bool m_fullCanvas = false;
};

} // namespace modscope::ui
