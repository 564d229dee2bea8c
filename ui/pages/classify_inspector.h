#pragma once

#include "ui/controllers/item_explainer.h"
#include "ui/models/classify_list_model.h"
#include "ui/models/score_model.h"

#include <QWidget>

class QLabel;

namespace modscope::ui {

class ActionRegistry;
class ScoresCard;
class SplitCard;
class Theme;
class VerdictCard;

/// The right pane of the Classify page: what the scores mean, the scores, where one comes from, and what made them.
class ClassifyInspector final : public QWidget {
    Q_OBJECT
public:
    ClassifyInspector(const Theme* theme,
                      const ActionRegistry* registry,
                      const ClassifyListModel* items,
                      ItemExplainer* explainer,
                      QWidget* parent = nullptr);

    void showItem(ItemId id);
    /// The item or the open models changed.
    void refresh();
    [[nodiscard]] ScoresCard* scores() const { return m_scores; }
    /// Chooses a class by its place, 0 for the first row.
    void chooseClass(int place);
    /// Classes of the item in front; 0 while it has no scores.
    [[nodiscard]] int classCount() const { return m_scoreModel.rowCount(); }

Q_SIGNALS:
    void classChosen(const QString& label);

private:
    void refreshVerdict(const ClassifyItem& item);
    void refreshSplit();
    void refreshFoot(const ClassifyItem& item);

    const ClassifyListModel* m_items;
    ItemExplainer* m_explainer;
    ScoreModel m_scoreModel;
    VerdictCard* m_verdict;
    ScoresCard* m_scores;
    SplitCard* m_split;
    QLabel* m_made; ///< "31 ms · CPU, bf16 · batch 8"
    QLabel* m_hash;
    ItemId m_item = 0;
};

} // namespace modscope::ui
