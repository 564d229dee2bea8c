#include "ui/models/text_diff.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <span>

namespace modscope::ui {

namespace {

constexpr std::size_t kMaxWords = 2000; // of both texts after their common ends: the table below has that squared

struct Word {
    QString letters;
    QString withSpace; ///< with the white space behind it
};

using Words = std::span<const Word>;

std::vector<Word> wordsOf(const QString& text)
{
    static const QRegularExpression word(QStringLiteral("(\\S+)\\s*"), QRegularExpression::UseUnicodePropertiesOption);
    std::vector<Word> words;
    for (auto matches = word.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        words.push_back({match.captured(1), match.captured(0)});
    }
    return words;
}

bool same(const Word& left, const Word& right)
{
    return left.letters == right.letters;
}

void append(std::vector<DiffPart>& parts, Change change, Words words)
{
    for (const Word& word : words) {
        if (parts.empty() || parts.back().change != change) {
            parts.push_back({change, {}});
        }
        parts.back().text += word.withSpace;
    }
}

/// Lengths of the longest common subsequences of all pairs of ends; [i][j] is at i * (after + 1) + j.
std::vector<quint16> commonLengths(Words before, Words after)
{
    const std::size_t width = after.size() + 1;
    std::vector<quint16> lengths((before.size() + 1) * width, 0);
    for (std::size_t i = before.size(); i-- > 0;) {
        for (std::size_t j = after.size(); j-- > 0;) {
            lengths[i * width + j] = same(before[i], after[j])
                                         ? static_cast<quint16>(lengths[(i + 1) * width + j + 1] + 1)
                                         : std::max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
        }
    }
    return lengths;
}

void appendMiddle(std::vector<DiffPart>& parts, Words before, Words after)
{
    const auto lengths = commonLengths(before, after);
    const std::size_t width = after.size() + 1;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before.size() && j < after.size()) {
        if (same(before[i], after[j])) {
            append(parts, Change::Same, after.subspan(j, 1));
            ++i;
            ++j;
        } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
            append(parts, Change::Removed, before.subspan(i++, 1));
        } else {
            append(parts, Change::Added, after.subspan(j++, 1));
        }
    }
    append(parts, Change::Removed, before.subspan(i));
    append(parts, Change::Added, after.subspan(j));
}

} // namespace

std::vector<DiffPart> wordDiff(const QString& before, const QString& after)
{
    const std::vector<Word> allBefore = wordsOf(before);
    const std::vector<Word> allAfter = wordsOf(after);
    const auto heads = std::mismatch(allBefore.begin(), allBefore.end(), allAfter.begin(), allAfter.end(), same);
    const auto head = static_cast<std::size_t>(heads.first - allBefore.begin());
    Words left = Words(allBefore).subspan(head);
    Words right = Words(allAfter).subspan(head);
    const auto tails = std::mismatch(left.rbegin(), left.rend(), right.rbegin(), right.rend(), same);
    const auto tail = static_cast<std::size_t>(tails.first - left.rbegin());
    const Words end = right.last(tail);
    left = left.first(left.size() - tail);
    right = right.first(right.size() - tail);

    std::vector<DiffPart> parts;
    append(parts, Change::Same, Words(allAfter).first(head));
    if (left.size() + right.size() > kMaxWords) {
        append(parts, Change::Removed, left);
        append(parts, Change::Added, right);
    } else {
        appendMiddle(parts, left, right);
    }
    append(parts, Change::Same, end);
    return parts;
}

} // namespace modscope::ui
