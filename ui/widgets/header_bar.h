#pragma once

#include <QString>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace modscope::ui {

class ActionRegistry;
class Theme;

/// A button of the header, made from an action; at most one is primary, and it stands last.
struct HeaderAction {
    QString actionId;
    bool primary = false;
};

/// Title and subtitle of the page, the search button, the page's buttons with the primary one last.
class HeaderBar final : public QWidget {
    Q_OBJECT
public:
    HeaderBar(const Theme* theme, const ActionRegistry* registry, QAction* palette, QWidget* parent = nullptr);

    void setTitle(const QString& title, const QString& subtitle);
    void setActions(const QList<HeaderAction>& actions);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void elideSubtitle();

    const Theme* m_theme;
    const ActionRegistry* m_registry;
    QLabel* m_title;
    QLabel* m_subtitle;
    QString m_subtitleText;
    QWidget* m_search;
    QHBoxLayout* m_buttons;
    QList<HeaderAction> m_shown;
};

} // namespace modscope::ui
