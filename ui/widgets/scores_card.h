#pragma once

#include "ui/models/classify_item.h"

#include <QTreeView>
#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace modscope::ui {

class Card;
class ScoreDelegate;
class ScoreModel;
class Theme;

/// 0, 0.5 and 1 below the bars, and what the tick means.
class ScoreAxis final : public QWidget {
    Q_OBJECT
public:
    ScoreAxis(const Theme* theme, const ScoreDelegate* delegate, QWidget* parent = nullptr);

    void setShowsLogits(bool shows);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* m_theme;
    const ScoreDelegate* m_delegate;
    bool m_showsLogits = false;
};

/// A tree as tall as its rows, so that the inspector scrolls as one.
class ScoreTree final : public QTreeView {
    Q_OBJECT
public:
    explicit ScoreTree(QWidget* parent = nullptr);

    /// False: classes without their models.
    void setShowsModels(bool shows);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    void setModel(QAbstractItemModel* model) override;

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void expandEverything();

    bool m_showsModels = true;
};

/// The scores of one item by class and model. The current class stays current while scores change and rows move.
class ScoresCard final : public QWidget {
    Q_OBJECT
public:
    /// @param addModel  the action behind "Models…"; null: no button
    ScoresCard(const Theme* theme, ScoreModel* model, QAction* addModel, QWidget* parent = nullptr);

    void setModels(const std::vector<ModelSummary>& models);
    /// As the Review page has it: another title, one line a class while there is one model, no logits.
    void showAsBands();
    /// At the right end of the title row.
    void addTitleWidget(QWidget* widget);
    [[nodiscard]] QString currentClass() const { return m_class; }
    void setCurrentClass(const QString& label);
    /// Index of the model whose bar was chosen last; 0 for a class row.
    [[nodiscard]] int currentModel() const { return m_currentModel; }
    [[nodiscard]] ScoreTree* tree() const { return m_tree; }

Q_SIGNALS:
    void currentChanged(const QString& label, int model);

private:
    void rowsChanged();
    void follow(const QModelIndex& index);

    ScoreModel* m_model;
    Card* m_card;
    QLabel* m_legend;
    QToolButton* m_logits;
    ScoreDelegate* m_delegate;
    ScoreTree* m_tree;
    ScoreAxis* m_axis;
    QString m_class;
    bool m_bands = false;
    int m_currentModel = 0;
    bool m_restoring = false;
};

} // namespace modscope::ui
