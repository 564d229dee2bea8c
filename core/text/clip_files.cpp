#include "core/text/clip_files.h"

#include "core/text/utf8.h"

#include <memory>
#include <zlib.h>

namespace modscope {

namespace {

constexpr std::string_view kStartToken = "<|startoftext|>";
constexpr std::string_view kEndToken = "<|endoftext|>";
constexpr std::string_view kWordEnd = "</w>";

bool standsForItself(int byte)
{
    return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
}

/// The alternatives for tokens that are words of the text, as transformers 4 and 5 write them. The special strings at
/// the front of the newer one make no difference: the byte-level step splits them like any other punctuation.
constexpr std::string_view kSplit4 =
    R"(Split /'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+/ Removed inverted)";
constexpr std::string_view kSplit5 =
    R"(Split /<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+/ Removed inverted)";

Result<void> expectStep(const std::vector<std::string>& steps,
                        std::size_t index,
                        std::initializer_list<std::string_view> allowed,
                        std::string_view where)
{
    const std::string found = index < steps.size() ? steps[index] : "nothing";
    for (const std::string_view name : allowed) {
        if (found == name) {
            return {};
        }
    }
    return fail(ErrorCode::Unsupported, std::string(where) + " step " + std::to_string(index + 1) + " is " + found +
                                            ", but CLIP has " + std::string(*allowed.begin()));
}

Result<void> checkClipSteps(const TokenizerJson& file)
{
    const std::array checks = {
        expectStep(file.normalizer, 0, {"NFC"}, "normalizer"),
        expectStep(file.normalizer, 1, {R"(Replace /\s+/ by " ")"}, "normalizer"),
        expectStep(file.normalizer, 2, {"Lowercase"}, "normalizer"),
        expectStep(file.normalizer, 3, {"nothing"}, "normalizer"),
        expectStep(file.preTokenizer, 0, {kSplit4, kSplit5}, "pre_tokenizer"),
        expectStep(file.preTokenizer, 1, {"ByteLevel"}, "pre_tokenizer"),
        expectStep(file.preTokenizer, 2, {"nothing"}, "pre_tokenizer"),
        expectStep({file.postProcessor}, 0, {"RobertaProcessing", "TemplateProcessing"}, "post_processor"),
    };
    for (const auto& check : checks) {
        if (!check) {
            return check;
        }
    }
    if (file.endOfWordSuffix != kWordEnd) {
        return fail(ErrorCode::Unsupported,
                    "model.end_of_word_suffix is " + inQuotes(file.endOfWordSuffix) + ", but CLIP has \"</w>\"");
    }
    return {};
}

/// The next line without its end; nullopt after the last.
std::optional<std::string_view> nextLine(std::string_view& text)
{
    if (text.empty()) {
        return std::nullopt;
    }
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

/// Reads at most `maxMerges` lines "left right"; the first line is a header if it mentions a version.
Result<MergeList> readMerges(std::string_view text, std::size_t maxMerges, const std::string& source)
{
    MergeList merges;
    for (std::size_t number = 1; merges.size() < maxMerges; ++number) {
        const auto line = nextLine(text);
        if (!line) {
            break;
        }
        if (line->empty() || (number == 1 && line->find("#version") != std::string_view::npos)) {
            continue;
        }
        const std::size_t space = line->find(' ');
        if (space == 0 || space == std::string_view::npos || space + 1 == line->size() ||
            line->find(' ', space + 1) != std::string_view::npos) {
            return fail(ErrorCode::ParseError, source + ": merges, line " + std::to_string(number) + ": " +
                                                   inQuotes(*line) + " is not two pieces with a space between them");
        }
        merges.add(line->substr(0, space), line->substr(space + 1));
    }
    return merges;
}

Result<ClipParts> assemble(Vocabulary vocabulary, const MergeList& list, const std::string& source)
{
    const auto withSource = [&](const Error& error) { return fail(error.code, source + ": " + error.message); };
    if (const auto checked = vocabulary.checkIds(); !checked) {
        return withSource(checked.error());
    }
    auto merges = BpeMerges::create(list, vocabulary);
    if (!merges) {
        return withSource(merges.error());
    }
    ClipParts parts{
        .vocabulary = std::move(vocabulary), .merges = std::move(*merges), .addedTokens = {}, .framing = {}};
    for (const std::string_view content : {kStartToken, kEndToken}) {
        const auto id = parts.vocabulary.find(content);
        if (!id) {
            return fail(ErrorCode::ParseError, source + ": piece " + inQuotes(content) + " is missing");
        }
        parts.addedTokens.push_back({.content = std::string(content), .id = *id, .special = true, .normalized = true});
        (content == kStartToken ? parts.framing.before : parts.framing.after).push_back(*id);
    }
    return parts;
}

/// Inflates a whole gzip file. Errors: ParseError if it is damaged or cut off; LimitExceeded.
Result<std::string> inflateGzip(std::string_view compressed, std::size_t maxBytes, const std::string& source)
{
    z_stream stream{};
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream, kGzipOnly) != Z_OK) {
        return fail(ErrorCode::OutOfMemory, source + ": zlib cannot be started");
    }
    const std::unique_ptr<z_stream, int (*)(z_stream*)> cleanUp(&stream, inflateEnd);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data())); // zlib does not write to its input
    stream.avail_in = static_cast<uInt>(compressed.size());
    std::string text;
    std::array<char, 65536> buffer{};
    int status = Z_OK;
    while (status == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = buffer.size();
        status = inflate(&stream, Z_NO_FLUSH);
        text.append(buffer.data(), buffer.size() - stream.avail_out);
        if (text.size() > maxBytes) {
            return fail(ErrorCode::LimitExceeded,
                        source + ": inflates to more than the limit of " + std::to_string(maxBytes) + " bytes");
        }
    }
    if (status != Z_STREAM_END) {
        return fail(ErrorCode::ParseError, source + ": is not a complete gzip file");
    }
    return text;
}

} // namespace

std::array<std::string, 256> byteSymbols()
{
    std::array<std::string, 256> symbols;
    char32_t next = 0x100;
    for (int byte = 0; byte < 256; ++byte) {
        appendUtf8(symbols[static_cast<std::size_t>(byte)],
                   standsForItself(byte) ? static_cast<char32_t>(byte) : next++);
    }
    return symbols;
}

Result<ClipParts> clipPartsFromJson(TokenizerJson file, const std::string& source)
{
    if (const auto checked = checkClipSteps(file); !checked) {
        return fail(checked.error().code, source + ": " + checked.error().message);
    }
    if (file.framing.before.empty() || file.framing.after.empty()) {
        return fail(ErrorCode::ParseError, source + ": post_processor lacks the start or the end token");
    }
    return ClipParts{.vocabulary = std::move(file.vocabulary),
                     .merges = std::move(file.merges),
                     .addedTokens = std::move(file.addedTokens),
                     .framing = std::move(file.framing)};
}

Result<ClipParts> clipPartsFromVocabularyAndMerges(Vocabulary vocabulary,
                                                   std::string_view mergesText,
                                                   const std::string& source)
{
    const auto merges = readMerges(mergesText, std::string_view::npos, source);
    if (!merges) {
        return fail(merges.error());
    }
    return assemble(std::move(vocabulary), *merges, source);
}

Result<ClipParts> clipPartsFromGzip(std::string_view compressed, const std::string& source)
{
    constexpr std::size_t kMerges = 48894; // 49408 ids less two alphabets of 256 and two special tokens
    constexpr std::size_t kMaxTextBytes = std::size_t{64} * 1024 * 1024;
    const auto text = inflateGzip(compressed, kMaxTextBytes, source);
    if (!text) {
        return fail(text.error());
    }
    const auto merges = readMerges(*text, kMerges, source);
    if (!merges) {
        return fail(merges.error());
    }
    if (merges->size() < kMerges) {
        return fail(ErrorCode::ParseError, source + ": has " + std::to_string(merges->size()) + " merges instead of " +
                                               std::to_string(kMerges));
    }
    Vocabulary vocabulary;
    Result<void> added;
    const auto add = [&](std::string piece) {
        if (added) {
            added = vocabulary.add(std::move(piece), static_cast<std::int32_t>(vocabulary.size()));
        }
    };
    const auto symbols = byteSymbols();
    for (const std::string_view suffix : {std::string_view(), kWordEnd}) {
        for (const bool printable : {true, false}) {
            for (int byte = 0; byte < 256; ++byte) {
                if (standsForItself(byte) == printable) {
                    add(symbols[static_cast<std::size_t>(byte)] + std::string(suffix));
                }
            }
        }
    }
    for (std::size_t rank = 0; rank < merges->size(); ++rank) {
        const auto [left, right] = (*merges)[rank];
        add(std::string(left) + std::string(right));
    }
    add(std::string(kStartToken));
    add(std::string(kEndToken));
    if (!added) {
        return fail(added.error().code, source + ": " + added.error().message);
    }
    return assemble(std::move(vocabulary), *merges, source);
}

} // namespace modscope
