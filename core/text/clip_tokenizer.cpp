#include "core/text/clip_tokenizer.h"

#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace modscope {

namespace {

std::string normalize(std::string_view text)
{
    return lowerCase(collapseWhitespace(nfc(text)));
}

/// Length of the English contraction ('s 't 're 've 'm 'll 'd) that starts at an apostrophe; 0 if there is none.
std::size_t contractionLength(std::string_view text)
{
    for (const std::string_view contraction : {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"}) {
        if (text.starts_with(contraction)) {
            return contraction.size();
        }
    }
    return 0;
}

/// Takes the next word off the text: a contraction, a run of letters, one number character, or a run of characters that
/// are neither. Empty when only whitespace is left.
std::string_view takeWord(std::string_view& text)
{
    std::size_t start = 0;
    std::size_t end = 0;
    auto kind = CharacterClass::Whitespace;
    while (kind == CharacterClass::Whitespace) {
        start = end;
        if (start == text.size()) {
            text = {};
            return {};
        }
        kind = characterClass(nextCodePoint(text, end));
    }
    if (const std::size_t length = contractionLength(text.substr(start)); length > 0) {
        end = start + length;
    } else if (kind != CharacterClass::Number) {
        for (std::size_t position = end; position < text.size();) {
            if (characterClass(nextCodePoint(text, position)) != kind) {
                break;
            }
            end = position;
        }
    }
    const std::string_view word = text.substr(start, end - start);
    text = text.substr(end);
    return word;
}

class ClipTokenizer final : public Tokenizer {
public:
    struct Symbols {
        std::array<std::int32_t, 256> inside;
        std::array<std::int32_t, 256> wordEnd;
    };

    ClipTokenizer(ClipParts parts, AddedTokens addedTokens, const Symbols& symbols, const TokenizerOptions& options)
        : Tokenizer(options), m_size(parts.vocabulary.size()), m_merges(std::move(parts.merges)),
          m_addedTokens(std::move(addedTokens)), m_framing(std::move(parts.framing)), m_symbols(symbols)
    {}

    TokenIds encode(std::string_view text) const override
    {
        const CleanText clean = cleanUtf8(text, kMaxTextBytes);
        std::vector<std::int32_t> ids;
        for (const TextSegment& segment : m_addedTokens.split(clean.utf8, normalize)) {
            if (segment.id) {
                ids.push_back(*segment.id);
            } else {
                appendWords(segment.text, ids);
            }
        }
        return framed(ids, m_framing, options().maxLength, clean.cut);
    }

    std::int32_t padId() const override { return m_framing.after.back(); }
    std::size_t vocabularySize() const override { return m_size; }

private:
    /// Stops when the ids are more than fit: the words behind cannot change them.
    void appendWords(std::string_view text, std::vector<std::int32_t>& ids) const
    {
        std::vector<std::int32_t> symbols;
        while (ids.size() <= options().maxLength) {
            const std::string_view word = takeWord(text);
            if (word.empty()) {
                break;
            }
            symbols.clear();
            for (const char byte : word) {
                symbols.push_back(m_symbols.inside[static_cast<unsigned char>(byte)]);
            }
            symbols.back() = m_symbols.wordEnd[static_cast<unsigned char>(word.back())];
            m_merges.apply(symbols);
            ids.insert(ids.end(), symbols.begin(), symbols.end());
        }
    }

    std::size_t m_size;
    BpeMerges m_merges;
    AddedTokens m_addedTokens;
    Framing m_framing;
    Symbols m_symbols;
};

} // namespace

Result<std::shared_ptr<const Tokenizer>> makeClipTokenizer(ClipParts parts,
                                                           const TokenizerOptions& options,
                                                           const std::string& source)
{
    if (auto checked = checkMaxLength(options.maxLength, parts.framing); !checked) {
        return fail(checked.error().code, source + ": " + checked.error().message);
    }
    auto addedTokens = AddedTokens::create(parts.addedTokens, options.specialTokens, normalize);
    if (!addedTokens) {
        return fail(addedTokens.error().code, source + ": " + addedTokens.error().message);
    }
    ClipTokenizer::Symbols symbols{};
    const auto names = byteSymbols();
    for (std::size_t byte = 0; byte < names.size(); ++byte) {
        const auto inside = parts.vocabulary.find(names[byte]);
        const auto wordEnd = parts.vocabulary.find(names[byte] + "</w>");
        if (!inside || !wordEnd) {
            return fail(ErrorCode::ParseError, source + ": piece " + inQuotes(names[byte] + (inside ? "</w>" : "")) +
                                                   " is missing, without which byte " + std::to_string(byte) +
                                                   " cannot be encoded");
        }
        symbols.inside[byte] = *inside;
        symbols.wordEnd[byte] = *wordEnd;
    }
    return std::make_shared<const ClipTokenizer>(std::move(parts), std::move(*addedTokens), symbols, options);
}

} // namespace modscope
