#pragma once

#include "ui/models/duplicate_list_model.h"

#include <QWidget>

class QListView;
class QToolButton;

namespace modscope::ui {

class ActionRegistry;
class DuplicateDelegate;
class ElidedLabel;
class Theme;

/// "Near-duplicates": this item and those like it as small covered cards, said in words what they are to it. A tick on
/// a card means that the decision fits it too.
class DuplicateStrip final : public QWidget {
    Q_OBJECT
public:
    DuplicateStrip(const Theme* theme, const ActionRegistry* registry, QWidget* parent = nullptr);

    /// Empty: the strip hides.
    void setDuplicates(const std::vector<DuplicateView>& duplicates);
    /// The others keep their ticks.
    void remove(const std::vector<ReviewItemId>& ids);
    /// @param id  of a duplicate, or 0 for the item itself
    void setTile(ReviewItemId id, const QImage& tile) { m_model.setTile(id, tile); }
    /// All that may be decided along, or only this one (key A).
    void setTogether(bool together) { m_model.setTogether(together); }
    [[nodiscard]] bool isTogether() const { return m_model.isTogether(); }
    /// The duplicates that the decision is for as well.
    [[nodiscard]] std::vector<ReviewItemId> included() const { return m_model.included(); }
    /// Adds one of them to the decision.
    void include(ReviewItemId id);
    /// The one that the list points at; 0: none of them.
    [[nodiscard]] ReviewItemId currentDuplicate() const;
    [[nodiscard]] QListView* list() const { return m_list; }
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void includedChanged();
    void opened(modscope::ui::ReviewItemId id); ///< double click or Enter on a duplicate

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildList();
    void fitCards();
    void showMore();
    void refresh();

    DuplicateListModel m_model;
    ElidedLabel* m_sentence;
    DuplicateDelegate* m_delegate;
    QListView* m_list;
    QToolButton* m_more; ///< "+2", where not all cards have room
};

} // namespace modscope::ui
