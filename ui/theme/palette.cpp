#include "ui/theme/palette.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace modscope::ui {

namespace {

struct TokenRow {
    Token token;
    QRgb light;
    QRgb dark;
    QRgb highContrast;
};

constexpr std::array<TokenRow, kTokenCount> kTokens{{
    {Token::Window, 0xFFF3F4F7, 0xFF15171B, 0xFF000000},     {Token::Surface, 0xFFFFFFFF, 0xFF1D2025, 0xFF000000},
    {Token::Raised, 0xFFFFFFFF, 0xFF262A31, 0xFF000000},     {Token::Sunken, 0xFFECEEF2, 0xFF111317, 0xFF000000},
    {Token::Rail, 0xFFE9EBF0, 0xFF101215, 0xFF000000},       {Token::Track, 0xFFE4E7EC, 0xFF31363F, 0xFF3A3A3A},
    {Token::Line, 0xFFDCE0E7, 0xFF323842, 0xFFFFFFFF},       {Token::Line2, 0xFF858E9C, 0xFF737E8D, 0xFFFFFFFF},
    {Token::Grid, 0xFFE6E9EE, 0xFF2A2F37, 0xFF5A5A5A},       {Token::Text, 0xFF1A1E25, 0xFFE8EBF0, 0xFFFFFFFF},
    {Token::Text2, 0xFF545D6B, 0xFFAAB3C0, 0xFFFFFFFF},      {Token::Text3, 0xFF656E7B, 0xFF929CAA, 0xFFE0E0E0},
    {Token::Accent, 0xFF4A45C4, 0xFFA7A3FF, 0xFFFFE14D},     {Token::AccentSoft, 0xFFECEBFB, 0xFF2C2B4A, 0xFF2B2600},
    {Token::OnAccent, 0xFFFFFFFF, 0xFF14131F, 0xFF000000},   {Token::Flag, 0xFFB3261E, 0xFFFF9189, 0xFFFF9C94},
    {Token::FlagSoft, 0xFFFBEAE8, 0xFF40211F, 0xFF2A0000},   {Token::Review, 0xFF8A5300, 0xFFF0BE6A, 0xFFFFD27A},
    {Token::ReviewSoft, 0xFFFBF1DF, 0xFF3A2D16, 0xFF2A1C00}, {Token::Clear, 0xFF17713F, 0xFF6FD69C, 0xFF7DF0AE},
    {Token::ClearSoft, 0xFFE5F4EB, 0xFF18352A, 0xFF00240F},  {Token::Info, 0xFF1765C1, 0xFF7FB4FF, 0xFF8CC6FF},
    {Token::InfoSoft, 0xFFE6F0FB, 0xFF1B2E48, 0xFF001C38},
}};

// Chosen so that any two stay at least 10 apart in OKLab (x 100) with normal, protan, deutan and tritan vision.
constexpr std::array<std::array<QRgb, 3>, kClassHues> kClassColors{{
    {0xFF1765C1, 0xFF4F8DF7, 0xFF6B7DFF},
    {0xFFE26700, 0xFFF4703A, 0xFFFF5720},
    {0xFF0B9B80, 0xFF4ED3AB, 0xFF79D2EB},
    {0xFFA8288B, 0xFFC46AB6, 0xFFA9829E},
    {0xFF6E5210, 0xFFF7E15E, 0xFFFDD042},
    {0xFF3F444F, 0xFFB8F3FA, 0xFFFFFFF6},
}};

double linearChannel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linearChannel(color.redF()) + 0.7152 * linearChannel(color.greenF()) +
           0.0722 * linearChannel(color.blueF());
}

} // namespace

QColor tokenColor(Scheme scheme, Token token)
{
    const TokenRow& row = kTokens.at(static_cast<std::size_t>(token));
    switch (scheme) {
    case Scheme::Light:
        return QColor::fromRgb(row.light);
    case Scheme::Dark:
        return QColor::fromRgb(row.dark);
    case Scheme::HighContrast:
        break;
    }
    return QColor::fromRgb(row.highContrast);
}

QColor classColor(Scheme scheme, int slot)
{
    return QColor::fromRgb(
        kClassColors.at(static_cast<std::size_t>(slot % kClassHues)).at(static_cast<std::size_t>(scheme)));
}

QPalette widgetPalette(Scheme scheme)
{
    const auto color = [scheme](Token token) { return tokenColor(scheme, token); };
    QPalette palette;
    palette.setColor(QPalette::Window, color(Token::Window));
    palette.setColor(QPalette::WindowText, color(Token::Text));
    palette.setColor(QPalette::Base, color(Token::Surface));
    palette.setColor(QPalette::AlternateBase, color(Token::Sunken));
    palette.setColor(QPalette::ToolTipBase, color(Token::Raised));
    palette.setColor(QPalette::ToolTipText, color(Token::Text));
    palette.setColor(QPalette::Text, color(Token::Text));
    palette.setColor(QPalette::PlaceholderText, color(Token::Text3));
    palette.setColor(QPalette::Button, color(Token::Surface));
    palette.setColor(QPalette::ButtonText, color(Token::Text));
    palette.setColor(QPalette::BrightText, color(Token::Flag));
    palette.setColor(QPalette::Link, color(Token::Accent));
    palette.setColor(QPalette::LinkVisited, color(Token::Accent));
    palette.setColor(QPalette::Highlight, color(Token::Accent));
    palette.setColor(QPalette::HighlightedText, color(Token::OnAccent));
    palette.setColor(QPalette::Light, color(Token::Surface));
    palette.setColor(QPalette::Midlight, color(Token::Track));
    palette.setColor(QPalette::Mid, color(Token::Line));
    palette.setColor(QPalette::Dark, color(Token::Line2));
    palette.setColor(QPalette::Shadow, color(Token::Line2));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, color(Token::Text3));
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(Token::Track));
    return palette;
}

double contrast(const QColor& first, const QColor& second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace modscope::ui
