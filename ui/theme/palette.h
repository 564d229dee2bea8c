#pragma once

#include <QColor>
#include <QPalette>

namespace modscope::ui {

/// The named colours of the interface. `Text3` never stands on `Sunken`; `Line`, `Grid` and `Track` are decoration
/// only.
enum class Token {
    Window,     ///< page
    Surface,    ///< card
    Raised,     ///< popover
    Sunken,     ///< wells, key caps
    Rail,       ///< mode rail
    Track,      ///< empty part of a bar
    Line,       ///< separators, card borders
    Line2,      ///< borders of controls
    Grid,       ///< chart grid
    Text,       ///< main text
    Text2,      ///< secondary text
    Text3,      ///< hints
    Accent,     ///< interactive only, never data
    AccentSoft, ///< selected rows
    OnAccent,   ///< text on accent
    Flag,       ///< act now, error
    FlagSoft,
    Review, ///< needs a look
    ReviewSoft,
    Clear, ///< fine, done
    ClearSoft,
    Info, ///< running, neutral news
    InfoSoft,
};
inline constexpr int kTokenCount = static_cast<int>(Token::InfoSoft) + 1;

/// What is on screen now; ThemeChoice is what the person asked for.
enum class Scheme { Light, Dark, HighContrast };

[[nodiscard]] QColor tokenColor(Scheme scheme, Token token);

/// Shape beside a class name, so that colour never stands alone. Slots from 7 on repeat them hollow.
enum class ClassMarker { Disc, Triangle, Square, Diamond, Plus, Ring };
inline constexpr int kClassHues = 6;

/// The colour of a class by its slot (0 for the first); slots from 6 on reuse hues.
[[nodiscard]] QColor classColor(Scheme scheme, int slot);
[[nodiscard]] constexpr ClassMarker classMarker(int slot)
{
    return static_cast<ClassMarker>(slot % kClassHues);
}
[[nodiscard]] constexpr bool isHollowMarker(int slot)
{
    return slot >= kClassHues;
}

/// What Fusion needs to draw in these colours.
[[nodiscard]] QPalette widgetPalette(Scheme scheme);

/// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor& first, const QColor& second);

} // namespace modscope::ui
