#include "core/text/sentence_piece_tokenizer.h"

#include "core/text/added_tokens.h"
#include "core/text/framing.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

#include <exception>
#include <sentencepiece_processor.h>

namespace modscope {

namespace {

using Processor = sentencepiece::SentencePieceProcessor;

bool isAsciiPunctuation(char32_t c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/// SigLIP's canonical form. U+2581, which stands for a space in pieces, counts as one.
std::string canonical(std::string_view text)
{
    constexpr char32_t kBlock = 0x2581;
    std::string result;
    const std::string lower = lowerCase(text);
    bool spaceDue = false;
    for (std::size_t position = 0; position < lower.size();) {
        const char32_t codePoint = nextCodePoint(lower, position);
        if (isAsciiPunctuation(codePoint)) {
            continue;
        }
        if (codePoint == kBlock || isPythonWhitespace(codePoint)) {
            spaceDue = !result.empty();
            continue;
        }
        if (spaceDue) {
            result += ' ';
            spaceDue = false;
        }
        appendUtf8(result, codePoint);
    }
    return result;
}

std::string unchanged(std::string_view text)
{
    return std::string(text);
}

Result<std::shared_ptr<const Processor>> loadProcessor(std::string_view model, const std::string& source)
{
    try {
        auto processor = std::make_shared<Processor>();
        if (processor->LoadFromSerializedProto(model).ok()) {
            return processor;
        }
    } catch (const std::exception&) { // the trie of pieces throws, for example at an empty piece
    }
    return fail(ErrorCode::ParseError, source + ": is not a SentencePiece model");
}

struct Parts {
    std::shared_ptr<const Processor> textStart;
    std::shared_ptr<const Processor> behindToken = nullptr; ///< for text behind an honoured token: no space in front
    AddedTokens addedTokens{};
    AddedTokens::NormalizeFn normalize;
    std::int32_t padId = 0;
    std::int32_t endId = 0;
    bool endOnce = false; ///< a text that ends with an honoured end token gets no second one
};

class SentencePieceTokenizer final : public Tokenizer {
public:
    SentencePieceTokenizer(Parts parts, const TokenizerOptions& options) : Tokenizer(options), m_parts(std::move(parts))
    {}

    TokenIds encode(std::string_view text) const override
    {
        const CleanText clean = cleanUtf8(text, kMaxTextBytes);
        std::vector<std::int32_t> ids;
        bool atStart = true;
        for (const TextSegment& segment : m_parts.addedTokens.split(clean.utf8, m_parts.normalize)) {
            if (segment.id) {
                ids.push_back(*segment.id);
            } else {
                const auto pieces = (atStart ? m_parts.textStart : m_parts.behindToken)->EncodeAsIds(segment.text);
                ids.insert(ids.end(), pieces.begin(), pieces.end());
            }
            atStart = false;
        }
        TokenIds result = framed(ids, {.before = {}, .after = {m_parts.endId}}, options().maxLength, clean.cut);
        const std::size_t length = result.ids.size();
        if (m_parts.endOnce && length >= 2 && result.ids[length - 2] == m_parts.endId) {
            result.ids.pop_back();
        }
        return result;
    }

    std::int32_t padId() const override { return m_parts.padId; }
    std::size_t vocabularySize() const override { return static_cast<std::size_t>(m_parts.textStart->GetPieceSize()); }

private:
    Parts m_parts;
};

Result<std::shared_ptr<const Tokenizer>> finish(Parts parts,
                                                const std::vector<AddedToken>& honoured,
                                                const TokenizerOptions& options,
                                                const std::string& source)
{
    if (const auto checked = checkMaxLength(options.maxLength, {.before = {}, .after = {parts.endId}}); !checked) {
        return fail(checked.error().code, source + ": " + checked.error().message);
    }
    auto addedTokens = AddedTokens::create(honoured, options.specialTokens, parts.normalize);
    if (!addedTokens) {
        return fail(addedTokens.error().code, source + ": " + addedTokens.error().message);
    }
    parts.addedTokens = std::move(*addedTokens);
    return std::make_shared<const SentencePieceTokenizer>(std::move(parts), options);
}

} // namespace

Result<std::shared_ptr<const Tokenizer>> makeSiglipTokenizer(std::string_view model,
                                                             const TokenizerOptions& options,
                                                             const std::string& source)
{
    auto processor = loadProcessor(model, source);
    if (!processor) {
        return fail(processor.error());
    }
    const int end = (*processor)->eos_id();
    const int unknown = (*processor)->unk_id();
    if (end < 0) {
        return fail(ErrorCode::ParseError, source + ": the model has no end token </s>");
    }
    Parts parts{
        .textStart = std::move(*processor), .normalize = canonical, .padId = end, .endId = end, .endOnce = true};
    std::vector<AddedToken> honoured;
    if (options.specialTokens == SpecialTokens::Honour) {
        // A protobuf message that is appended overrides: normalizer_spec { add_dummy_prefix: false }.
        auto withoutPrefix = loadProcessor(std::string(model) + std::string("\x1A\x02\x18\x00", 4), source);
        if (!withoutPrefix) {
            return fail(withoutPrefix.error());
        }
        parts.behindToken = std::move(*withoutPrefix);
        for (const int id : {end, unknown}) {
            honoured.push_back(
                {.content = parts.textStart->IdToPiece(id), .id = id, .special = true, .lstrip = true, .rstrip = true});
        }
    }
    return finish(std::move(parts), honoured, options, source);
}

Result<std::shared_ptr<const Tokenizer>> makeGemmaModelTokenizer(std::string_view model,
                                                                 const TokenizerOptions& options,
                                                                 const std::string& source)
{
    auto processor = loadProcessor(model, source);
    if (!processor) {
        return fail(processor.error());
    }
    Parts parts{.textStart = std::move(*processor), .normalize = options.lowercase ? lowerCase : unchanged};
    parts.padId = parts.textStart->pad_id();
    parts.endId = parts.textStart->eos_id();
    if (parts.padId < 0 || parts.endId < 0) {
        return fail(ErrorCode::ParseError,
                    source + ": the model has no " + (parts.endId < 0 ? "end token <eos>" : "padding token <pad>"));
    }
    std::vector<AddedToken> honoured;
    if (options.specialTokens == SpecialTokens::Honour) {
        parts.behindToken = parts.textStart; // Gemma's model puts no space in front of a text anyway
        for (int id = 0; id < parts.textStart->GetPieceSize(); ++id) {
            if (parts.textStart->IsControl(id) || parts.textStart->IsUnknown(id)) {
                honoured.push_back({.content = parts.textStart->IdToPiece(id), .id = id, .special = true});
            }
        }
    }
    return finish(std::move(parts), honoured, options, source);
}

} // namespace modscope
