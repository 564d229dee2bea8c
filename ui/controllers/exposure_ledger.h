#pragma once

#include "core/review/decision.h"
#include "core/review/store.h"
#include "ui/settings/preferences.h"

#include <QElapsedTimer>
#include <QObject>

#include <vector>

namespace modscope::ui {

class DeskLink;

/// What a person has seen of one item; the page measures it.
struct Seen {
    double secondsVisible = 0;   ///< the item was in front
    double secondsRevealed = 0;  ///< its picture was uncovered
    double megapixelSeconds = 0; ///< of screen area uncovered, over time
    Disclosure disclosure = Disclosure::TextOnly;
};

/// What one person has looked at today, and since the last break. Private: it is kept in the store under their name and
/// nobody else reads it. No speed, no comparison.
class ExposureLedger : public QObject {
    Q_OBJECT
public:
    explicit ExposureLedger(DeskLink* link, QObject* parent = nullptr);

    /// What the person chose in the settings: when a break is suggested.
    void setRules(const BreakPreferences& rules) { m_rules = rules; }
    [[nodiscard]] const Exposure& today() const { return m_today; }
    /// Minutes since work began or the last break.
    [[nodiscard]] int minutesAtWork() const;
    [[nodiscard]] int revealedMinutes() const;

    /// Adds what was seen of an item that is left now. @param risk  of the item, 0 when it is not known
    void add(const Seen& seen, double risk, bool decided);
    /// Suggests a break if one is due; called between two items, never during one.
    void considerBreak();
    void breakTaken();
    void remindLater();
    void notToday();

Q_SIGNALS:
    void todayChanged();
    void breakSuggested(int minutesAtWork, int revealedMinutes);

private:
    void read();
    void save(const Exposure& more);

    DeskLink* m_link;
    BreakPreferences m_rules;
    Exposure m_today;
    std::vector<Exposure> m_unsaved; ///< the store was away
    QElapsedTimer m_stretch;
    double m_stretchRevealed = 0; ///< seconds
    qint64 m_quietUntilMs = 0;    ///< of the stretch; no suggestion before
    QString m_quietDay;           ///< "Not today" was chosen on this day
};

} // namespace modscope::ui
