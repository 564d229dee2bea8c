#pragma once

#include "ui/controllers/own_reporter.h"
#include "ui/models/caption_mask.h"

#include <QWidget>

class QLabel;

namespace modscope::ui {

class FactCards;

/// A person's own work, for nobody else's eyes: known items of the day and what the decisions of the week did.
class OwnView final : public QWidget {
    Q_OBJECT
public:
    OwnView(DeskLink* link, QThreadPool* ioPool, QWidget* parent = nullptr);

    void setMask(const CaptionMask& mask) { m_mask = mask; }
    /// Asks for the report of now; ready() follows when it is here.
    void request();
    /// The sentences of the last report; empty when there is nothing to say.
    [[nodiscard]] QString known() const { return m_known; }
    [[nodiscard]] QString value() const { return m_value; }
    [[nodiscard]] const FactCards* cards() const { return m_cards; }

Q_SIGNALS:
    void ready();

private:
    void show(const OwnAnswer& answer);

    OwnReporter m_reporter;
    CaptionMask m_mask;
    FactCards* m_cards;
    QLabel* m_state;
    QString m_known;
    QString m_value;
};

} // namespace modscope::ui
