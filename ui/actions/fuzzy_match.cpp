#include "ui/actions/fuzzy_match.h"

#include <QString>

namespace modscope::ui {

namespace {

constexpr int kWordStart = 8;
constexpr int kRun = 6;
constexpr int kFirst = 4;

bool startsWord(QStringView text, qsizetype index)
{
    return index == 0 || !text[index - 1].isLetterOrNumber();
}

/// Matches greedily from `from` on; the caller tries every start, so the best run is found.
std::optional<FuzzyHit> matchFrom(QStringView pattern, QStringView text, qsizetype from)
{
    FuzzyHit hit;
    qsizetype next = from;
    for (const QChar wanted : pattern) {
        if (wanted.isSpace()) {
            continue;
        }
        while (next < text.size() && text[next].toCaseFolded() != wanted.toCaseFolded()) {
            ++next;
        }
        if (next == text.size()) {
            return std::nullopt;
        }
        const bool run = !hit.positions.isEmpty() && hit.positions.last() == next - 1;
        hit.score += 1 + (run ? kRun : 0) + (startsWord(text, next) ? kWordStart : 0) + (next == 0 ? kFirst : 0);
        hit.positions.append(static_cast<int>(next));
        ++next;
    }
    return hit;
}

} // namespace

std::optional<FuzzyHit> fuzzyMatch(QStringView pattern, QStringView text)
{
    pattern = pattern.trimmed();
    if (pattern.isEmpty()) {
        return FuzzyHit{};
    }
    std::optional<FuzzyHit> best;
    for (qsizetype start = 0; start < text.size(); ++start) {
        if (text[start].toCaseFolded() != pattern[0].toCaseFolded()) {
            continue;
        }
        std::optional<FuzzyHit> hit = matchFrom(pattern, text, start);
        if (!hit) {
            break; // later starts have even less text left
        }
        if (!best || hit->score > best->score) {
            best = std::move(hit);
        }
    }
    return best;
}

} // namespace modscope::ui
