#pragma once

#include "core/review/session.h"
#include "core/store/open_store.h"
#include "tests/support/result.h"
#include "ui/controllers/model_controller.h"
#include "ui/controllers/review_workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace modscope::ui {

inline constexpr int kPatienceMs = 20'000;
/// Five classes, as the upstream data has them.
[[nodiscard]] const Project& memeProject();

using test::mustBe;
using test::valueOf;

/// The window with the Review page as Ann works on it.
struct ReviewTestDesk {
    ReviewTestDesk(const QString& dataFolder, QThreadPool* pool);

    template <typename Widget>
    [[nodiscard]] Widget* child() const
    {
        return window.findChild<Widget*>();
    }
    [[nodiscard]] QWidget* target()
    {
        return QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &window;
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(target(), key, modifiers);
    }
    void type(const QString& text) { QTest::keyClicks(target(), text); }
    [[nodiscard]] ReviewItemId item() const { return work.review.task() != nullptr ? work.review.task()->id : 0; }
    [[nodiscard]] bool atRest() const { return !work.review.isBusy() && work.review.stage() != ReviewStage::Loading; }
    /// Until another item than `before` is in front.
    [[nodiscard]] bool waitForNext(ReviewItemId before)
    {
        return QTest::qWaitFor([&] { return atRest() && item() != before; }, kPatienceMs);
    }
    [[nodiscard]] bool waitForItem()
    {
        return QTest::qWaitFor([&] { return atRest() && item() != 0; }, kPatienceMs);
    }

    Theme theme;
    ActionRegistry registry;
    Settings settings;
    ModelController models;
    ReviewWorkspace work;
    MainWindow window;
    ReviewPage* page;
};

/// A test of the Review page in the window, over a real store of one desk, driven by keys.
class ReviewDeskTest : public QObject {
    Q_OBJECT
protected:
    using Desk = ReviewTestDesk;

    [[nodiscard]] std::unique_ptr<ReviewStore> store(const std::string& person, bool create = false) const;
    [[nodiscard]] ReviewSession session(const std::string& person) const;
    /// Items 1 to `count`, item 1 the riskiest; every second one with a picture. Ann and Ben are reviewers.
    void fill(int count);
    [[nodiscard]] ItemStatus statusOf(ReviewItemId id) const;
    [[nodiscard]] QString storeFile() const { return m_folder->filePath(QStringLiteral("review.db")); }
    /// What a lead does to one item.
    void leadDoes(Step step, ReviewItemId item) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QThreadPool m_pool;

    /// A widget that is shown before it has a place is a window for a moment, and takes the focus with it.
    bool eventFilter(QObject* watched, QEvent* event) override;

private Q_SLOTS:
    void init();
    void cleanup();

private:
    QStringList m_strayWindows; ///< classes of widgets that were windows and should not have been

    [[nodiscard]] QString picture(int number) const;
};

} // namespace modscope::ui
