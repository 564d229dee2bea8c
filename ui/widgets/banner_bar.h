#pragma once

#include <QFrame>
#include <QString>
#include <QStringList>

#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace modscope::ui {

class ActionRegistry;
class Theme;

enum class BannerKind { Info, Attention, Error };

/// One line above the page that pushes content down; the shell shows one at a time, errors first.
struct Banner {
    QString id; ///< raising a banner with an id that is already there replaces it
    BannerKind kind = BannerKind::Info;
    QString title;              ///< said first, in bold
    QString text = {};          ///< the rest of the sentence
    QStringList actionIds = {}; ///< up to two actions of the registry, as buttons
};

/// One message above the page, inserted into the layout: it covers nothing. Errors come before matters of attention
/// before news; the others wait behind "1 of 3".
class BannerBar final : public QFrame {
    Q_OBJECT
public:
    BannerBar(const Theme* theme, const ActionRegistry* registry, QWidget* parent = nullptr);

    void raiseBanner(const Banner& banner);
    void withdraw(const QString& id);
    [[nodiscard]] int count() const { return static_cast<int>(m_banners.size()); }
    /// Precondition: count() > 0.
    [[nodiscard]] const Banner& current() const { return m_banners.front(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showFirst();

    const Theme* m_theme;
    const ActionRegistry* m_registry;
    std::vector<Banner> m_banners; ///< most urgent first
    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_place;
    QHBoxLayout* m_buttons;
    QToolButton* m_close;
};

} // namespace modscope::ui
