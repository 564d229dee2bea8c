#pragma once

#include "core/base/progress.h"
#include "ui/actions/action_registry.h"
#include "ui/widgets/banner_bar.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/header_bar.h"

#include <QList>
#include <QString>
#include <QVariant>
#include <QWidget>

class QMimeData;

namespace modscope::ui {

/// Work that a page is doing: a row of the jobs popover and a reason to ask before closing.
struct BusyJob {
    QString id;   ///< unique in its page, handed back to cancelJob()
    QString text; ///< "Scoring"
    Progress progress;
};

/// A mode of the window. The shell shows the page's title, header buttons and inspector, forwards drops, and remembers
/// its place. Pages show and forward; they never call core.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual QString subtitle() const { return {}; }
    [[nodiscard]] virtual ActionContext context() const = 0;
    /// Listed in resources/icons.txt.
    [[nodiscard]] virtual QString iconName() const = 0;
    /// A few characters on the page's button in the rail: what waits there. Empty: none.
    [[nodiscard]] virtual QString badge() const { return {}; }
    [[nodiscard]] virtual QList<HeaderAction> headerActions() const { return {}; }
    /// Shown in the dock at the right while this page is current; made once, then owned by the window. May be null.
    [[nodiscard]] virtual QWidget* inspector() { return nullptr; }
    /// The pane at the left that Ctrl+B hides; may be null.
    [[nodiscard]] virtual QWidget* listPane() { return nullptr; }
    /// Stops of F6 inside the page in reading order, without the inspector.
    [[nodiscard]] virtual QList<QWidget*> panes() { return {this}; }

    [[nodiscard]] virtual DropOffer dropOffer(const QMimeData& data) const;
    virtual void drop(const QMimeData& data);

    [[nodiscard]] virtual QList<BusyJob> jobs() const { return {}; }
    virtual void cancelJob(const QString& id);

    /// Esc: goes up one level inside the page; false when there was nothing to leave.
    virtual bool goUp() { return false; }
    /// Where the page is (its selected item, say), for the visit history; goTo() brings it back.
    [[nodiscard]] virtual QVariant place() const { return {}; }
    virtual void goTo(const QVariant& place);
    /// Splitter sizes, sort order: remembered between starts.
    [[nodiscard]] virtual QByteArray saveState() const { return {}; }
    virtual void restoreState(const QByteArray& state);

Q_SIGNALS:
    void headerChanged();    ///< subtitle or headerActions() are different now
    void inspectorChanged(); ///< inspector() is another widget now; the former one is deleted by the window
    void jobsChanged();
    void placeChanged(); ///< the person went somewhere else in the page
    void bannerRaised(const modscope::ui::Banner& banner);
    void bannerWithdrawn(const QString& id);
    void toastRaised(const QString& text, const QString& actionId); ///< 4 seconds; actionId may be empty
};

} // namespace modscope::ui
