#include "core/text/gemma_tokenizer.h"

#include "core/text/unicode.h"
#include "core/text/utf8.h"

#include <array>
#include <unordered_map>

namespace modscope {

namespace {

constexpr std::string_view kSpaceMark = "\xE2\x96\x81"; // U+2581, which stands for a space in pieces

std::string spacesToBlocks(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (const char byte : text) {
        if (byte == ' ') {
            result += kSpaceMark;
        } else {
            result += byte;
        }
    }
    return result;
}

/// The first symbols of the BPE: one for each character, or one for each of its bytes.
struct Characters {
    std::unordered_map<char32_t, std::int32_t> ids;
    std::array<std::int32_t, 256> bytes{};
    bool hasBytes = false;
    std::int32_t unknown = 0;
    bool fuseUnknown = false;

    void append(std::string_view text, std::vector<std::int32_t>& symbols) const
    {
        for (std::size_t position = 0; position < text.size();) {
            const std::size_t start = position;
            const auto known = ids.find(nextCodePoint(text, position));
            if (known != ids.end()) {
                symbols.push_back(known->second);
            } else if (hasBytes) {
                for (const char byte : text.substr(start, position - start)) {
                    symbols.push_back(bytes[static_cast<unsigned char>(byte)]);
                }
            } else if (!fuseUnknown || symbols.empty() || symbols.back() != unknown) {
                symbols.push_back(unknown);
            }
        }
    }
};

/// "<0x0A>" for 10, as SentencePiece names byte pieces.
std::string bytePiece(std::size_t byte)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    return {'<', '0', 'x', kDigits[byte / 16], kDigits[byte % 16], '>'};
}

Result<Characters> readCharacters(const TokenizerJson& file)
{
    Characters characters;
    for (const auto& [piece, id] : file.vocabulary) {
        std::size_t end = 0;
        const char32_t first = piece.empty() ? 0 : nextCodePoint(piece, end);
        if (!piece.empty() && end == piece.size()) {
            characters.ids.emplace(first, id);
        }
    }
    characters.hasBytes = file.byteFallback;
    for (std::size_t byte = 0; file.byteFallback && byte < characters.bytes.size(); ++byte) {
        auto id = file.vocabulary.find(bytePiece(byte));
        if (!id && byte < 0x80) { // converted files store the piece <0x09> as a literal tab
            id = file.vocabulary.find(std::string(1, static_cast<char>(byte)));
        }
        // Bytes C0, C1 and F5 to FF never occur, but every Gemma file has them too.
        if (!id) {
            return fail(ErrorCode::ParseError, "byte piece " + inQuotes(bytePiece(byte)) + " is missing");
        }
        characters.bytes[byte] = *id;
    }
    if (!file.byteFallback && !file.unknownId) {
        return fail(ErrorCode::ParseError, "model.unk_token is missing and model.byte_fallback is off");
    }
    characters.unknown = file.unknownId.value_or(0);
    characters.fuseUnknown = file.fuseUnknown;
    return characters;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text.empty() ? "nothing" : text;
}

Result<void> checkGemmaSteps(const TokenizerJson& file)
{
    const auto refuse = [](std::string_view field, const std::string& found, std::string_view expected) {
        return fail(ErrorCode::Unsupported,
                    std::string(field) + " is " + found + ", but Gemma has " + std::string(expected));
    };
    std::vector<std::string> normalizer = file.normalizer;
    if (!normalizer.empty() && normalizer.front() == "Lowercase") {
        normalizer.erase(normalizer.begin());
    }
    const std::string replace = R"(Replace " " by ")" + std::string(kSpaceMark) + "\"";
    if (normalizer != std::vector{replace}) {
        return refuse("normalizer", joined(file.normalizer), replace);
    }
    const std::string split = R"(Split " " MergedWithPrevious)"; // finds nothing: no spaces are left
    if (!file.preTokenizer.empty() && file.preTokenizer != std::vector{split}) {
        return refuse("pre_tokenizer", joined(file.preTokenizer), split);
    }
    if (!file.postProcessor.empty() && file.postProcessor != "TemplateProcessing") {
        return refuse("post_processor", file.postProcessor, "TemplateProcessing");
    }
    if (!file.endOfWordSuffix.empty()) {
        return refuse("model.end_of_word_suffix", inQuotes(file.endOfWordSuffix), "none");
    }
    return {};
}

class GemmaTokenizer final : public Tokenizer {
public:
    GemmaTokenizer(TokenizerJson file,
                   AddedTokens addedTokens,
                   Characters characters,
                   std::int32_t padId,
                   Framing framing,
                   bool lowercase,
                   const TokenizerOptions& options)
        : Tokenizer(options), m_size(file.vocabulary.size()), m_merges(std::move(file.merges)),
          m_addedTokens(std::move(addedTokens)), m_characters(std::move(characters)), m_padId(padId),
          m_framing(std::move(framing)), m_lowercase(lowercase)
    {}

    TokenIds encode(std::string_view text) const override
    {
        const CleanText clean = cleanUtf8(text, kMaxTextBytes);
        const auto normalize = [this](std::string_view part) {
            return spacesToBlocks(m_lowercase ? lowerCase(part) : std::string(part));
        };
        std::vector<std::int32_t> ids;
        std::vector<std::int32_t> symbols;
        for (const TextSegment& segment : m_addedTokens.split(clean.utf8, normalize)) {
            if (segment.id) {
                ids.push_back(*segment.id);
                continue;
            }
            symbols.clear();
            m_characters.append(segment.text, symbols);
            m_merges.apply(symbols);
            ids.insert(ids.end(), symbols.begin(), symbols.end());
        }
        return framed(ids, m_framing, options().maxLength, clean.cut);
    }

    std::int32_t padId() const override { return m_padId; }
    std::size_t vocabularySize() const override { return m_size; }

private:
    std::size_t m_size;
    BpeMerges m_merges;
    AddedTokens m_addedTokens;
    Characters m_characters;
    std::int32_t m_padId;
    Framing m_framing;
    bool m_lowercase;
};

} // namespace

Result<std::shared_ptr<const Tokenizer>> makeGemmaTokenizer(TokenizerJson file,
                                                            const TokenizerOptions& options,
                                                            const std::string& source)
{
    const auto withSource = [&](const Error& error) { return fail(error.code, source + ": " + error.message); };
    if (const auto checked = checkGemmaSteps(file); !checked) {
        return withSource(checked.error());
    }
    auto characters = readCharacters(file);
    if (!characters) {
        return withSource(characters.error());
    }
    const auto end = file.vocabulary.find("<eos>");
    const auto pad = file.vocabulary.find("<pad>");
    if (!end || !pad) {
        return fail(ErrorCode::ParseError, source + ": piece \"" + (end ? "<pad>" : "<eos>") + "\" is missing");
    }
    Framing framing{.before = {}, .after = {*end}};
    if (const auto checked = checkMaxLength(options.maxLength, framing); !checked) {
        return withSource(checked.error());
    }
    auto addedTokens = AddedTokens::create(file.addedTokens, options.specialTokens, spacesToBlocks);
    if (!addedTokens) {
        return withSource(addedTokens.error());
    }
    const bool lowercase = options.lowercase || (file.normalizer.front() == "Lowercase");
    return std::make_shared<const GemmaTokenizer>(std::move(file), std::move(*addedTokens), std::move(*characters),
                                                  *pad, std::move(framing), lowercase, options);
}

} // namespace modscope
