#include "ui/models/caption_mask.h"

#include "core/text/look_alikes.h"
#include "core/text/unicode.h"

#include <QFile>

#include <algorithm>
#include <optional>
#include <string_view>

namespace modscope::ui {

namespace {

/// One code point of the text and the letters that it stands for.
struct Character {
    TextSpan place;
    std::u32string letters; ///< empty: nobody sees it
    bool isWord = false;    ///< a letter or digit; a sign ends a word even where it may stand for a letter
};

std::vector<Character> charactersOf(const QString& text)
{
    std::vector<Character> characters;
    qsizetype at = 0;
    for (const uint codePoint : text.toUcs4()) { // a lone surrogate is U+FFFD and one unit as well
        const qsizetype length = QChar::requiresSurrogates(codePoint) ? 2 : 1;
        Character character{{at, length}, {}, isWordCharacter(codePoint)};
        if (isWhitespace(codePoint)) {
            character.letters.assign(1, U' '); // a term of two words may be broken over two lines
        } else {
            character.letters = QString::fromStdString(lookAlikeLetters(codePoint)).toStdU32String();
        }
        characters.push_back(std::move(character));
        at += length;
    }
    return characters;
}

std::u32string lettersOf(const QString& term)
{
    std::u32string letters;
    for (const Character& character : charactersOf(term)) {
        letters += character.letters;
    }
    return letters;
}

/// @return the character behind the last one of the term, or nothing where the term does not begin at `from`
std::optional<std::size_t> endOfMatch(const std::vector<Character>& text, std::size_t from, std::u32string_view term)
{
    while (!term.empty()) {
        if (from == text.size() || !term.starts_with(text[from].letters)) {
            return std::nullopt;
        }
        term.remove_prefix(text[from].letters.size());
        ++from;
    }
    return from;
}

bool startsWord(const std::vector<Character>& text, std::size_t at)
{
    return !text[at].letters.empty() && (at == 0 || !text[at - 1].isWord);
}

bool endsWord(const std::vector<Character>& text, std::size_t end)
{
    return end == text.size() || !text[end].isWord;
}

} // namespace

CaptionMask::CaptionMask(const QStringList& terms)
{
    for (const QString& term : terms) {
        const bool anyEnding = term.endsWith(QLatin1Char('*'));
        const auto letters = lettersOf((anyEnding ? term.chopped(1) : term).simplified());
        if (!letters.empty()) {
            m_terms.push_back({letters, anyEnding});
        }
    }
}

std::vector<TextSpan> CaptionMask::spans(const QString& text) const
{
    std::vector<TextSpan> found;
    if (m_terms.empty()) {
        return found;
    }
    const auto characters = charactersOf(text);
    for (std::size_t at = 0; at < characters.size(); ++at) {
        if (!startsWord(characters, at)) {
            continue;
        }
        std::size_t longest = at;
        for (const Term& term : m_terms) {
            auto end = endOfMatch(characters, at, term.letters);
            while (end && term.anyEnding && !endsWord(characters, *end)) {
                ++*end;
            }
            if (end && endsWord(characters, *end)) {
                longest = std::max(longest, *end);
            }
        }
        if (longest > at) {
            const TextSpan last = characters[longest - 1].place;
            const qsizetype start = characters[at].place.start;
            found.push_back({start, last.start + last.length - start});
            at = longest - 1;
        }
    }
    return found;
}

QStringList parseTerms(const QString& list)
{
    QStringList terms;
    for (const QString& line : list.split(QLatin1Char('\n'))) {
        const QString term = line.section(QLatin1Char('#'), 0, 0).simplified();
        if (!term.isEmpty()) {
            terms << term;
        }
    }
    return terms;
}

QString defaultTermList()
{
    QFile file(QStringLiteral(":/review/masked_terms.txt"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("masked_terms.txt is not embedded");
    }
    return QString::fromUtf8(file.readAll());
}

QString maskedText(const QString& text, const std::vector<TextSpan>& spans, const QString& word)
{
    QString shown;
    qsizetype from = 0;
    for (const TextSpan& span : spans) {
        shown += QStringView(text).mid(from, span.start - from);
        shown += word;
        from = span.start + span.length;
    }
    shown += QStringView(text).mid(from);
    return shown;
}

} // namespace modscope::ui
