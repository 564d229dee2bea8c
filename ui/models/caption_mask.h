#pragma once

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace modscope::ui {

/// A part of a text, in UTF-16 units.
struct TextSpan {
    qsizetype start = 0;
    qsizetype length = 0;

    bool operator==(const TextSpan&) const = default;
};

/// Finds the words of a list in captions, however they are disguised: terms and texts are compared as
/// lookAlikeLetters() (core/text), and a term is met as whole words only. Masking is for the reader; what a model reads
/// never changes.
class CaptionMask {
public:
    CaptionMask() = default;
    /// @param terms  a word, or words with one space between them; a "*" at the end matches any ending
    explicit CaptionMask(const QStringList& terms);

    /// In order, without overlaps; where several terms fit, the longest.
    [[nodiscard]] std::vector<TextSpan> spans(const QString& text) const;
    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); }

private:
    struct Term {
        std::u32string letters;
        bool anyEnding = false;
    };
    std::vector<Term> m_terms;
};

/// The terms of a list: one a line; empty lines and what follows a "#" are left out.
[[nodiscard]] QStringList parseTerms(const QString& list);

/// The list that comes with the program. People edit a copy of it.
[[nodiscard]] QString defaultTermList();

/// The text with `word` ("[masked]") in place of each span, for copying and for screen readers.
/// @param spans  as from CaptionMask::spans()
[[nodiscard]] QString maskedText(const QString& text, const std::vector<TextSpan>& spans, const QString& word);

} // namespace modscope::ui
