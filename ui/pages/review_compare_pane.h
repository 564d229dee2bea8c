#pragma once

#include "ui/controllers/item_picture.h"
#include "ui/controllers/picture_comparison.h"
#include "ui/models/caption_mask.h"
#include "ui/models/review_task_view.h"

#include <QWidget>

namespace modscope::ui {

class ActionRegistry;
class CompareView;
class ReviewWorkspace;
class Theme;

/// The item in front beside one of its duplicates: brings both pictures, and takes the answer to the store.
class ReviewComparePane final : public QWidget {
    Q_OBJECT
public:
    ReviewComparePane(const Theme* theme,
                      const ActionRegistry* registry,
                      ReviewWorkspace* workspace,
                      QThreadPool* ioPool,
                      QWidget* parent = nullptr);

    /// Precondition: the task has this duplicate.
    void open(const ReviewTaskView& task, const DuplicateView& duplicate, const CaptionMask& mask);
    void close();
    [[nodiscard]] CompareView* view() const { return m_view; }
    [[nodiscard]] ReviewItemId duplicate() const { return m_duplicate; }

Q_SIGNALS:
    void sameMeant(modscope::ui::ReviewItemId duplicate); ///< it takes part in the decision
    void finished();

private:
    ReviewWorkspace* m_work;
    CompareView* m_view;
    ItemPicture m_first;
    ItemPicture m_second;
    QString m_model;            ///< that is asked how alike it sees the two
    PictureComparer m_comparer; ///< of the files: orientations are tried, which stored hashes cannot tell
    ReviewItemId m_item = 0;
    ReviewItemId m_duplicate = 0;
};

} // namespace modscope::ui
