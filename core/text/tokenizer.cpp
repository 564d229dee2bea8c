#include "core/text/tokenizer.h"

#include "core/base/file.h"
#include "core/text/bpe_json.h"
#include "core/text/clip_tokenizer.h"
#include "core/text/gemma_tokenizer.h"
#include "core/text/sentence_piece_tokenizer.h"

namespace modscope {

namespace {

namespace fs = std::filesystem;
using Opened = Result<std::shared_ptr<const Tokenizer>>;

constexpr std::uint64_t kMaxFileBytes = std::uint64_t{64} * 1024 * 1024; // of each file but tokenizer.json

/// Something that cannot be examined counts as there: opening it will say why.
bool isThere(const fs::path& path)
{
    std::error_code error;
    return fs::exists(path, error) || error;
}

Opened openClipJson(const fs::path& path, const TokenizerOptions& options)
{
    auto parts = readTokenizerJson(path).and_then(
        [&](TokenizerJson file) { return clipPartsFromJson(std::move(file), path.string()); });
    return parts ? makeClipTokenizer(std::move(*parts), options, path.string()) : fail(parts.error());
}

Opened openClipVocabulary(const fs::path& vocabularyPath, const fs::path& mergesPath, const TokenizerOptions& options)
{
    const auto json = readTextFile(vocabularyPath, kMaxFileBytes);
    if (!json) {
        return fail(json.error());
    }
    auto vocabulary = parseVocabularyJson(*json, vocabularyPath.string());
    if (!vocabulary) {
        return fail(vocabulary.error());
    }
    const auto merges = readTextFile(mergesPath, kMaxFileBytes);
    if (!merges) {
        return fail(merges.error());
    }
    const std::string source = vocabularyPath.string() + " and " + mergesPath.filename().string();
    auto parts = clipPartsFromVocabularyAndMerges(std::move(*vocabulary), *merges, source);
    return parts ? makeClipTokenizer(std::move(*parts), options, source) : fail(parts.error());
}

Opened openClipGzip(const fs::path& path, const TokenizerOptions& options)
{
    const auto bytes = readTextFile(path, kMaxFileBytes);
    if (!bytes) {
        return fail(bytes.error());
    }
    auto parts = clipPartsFromGzip(*bytes, path.string());
    return parts ? makeClipTokenizer(std::move(*parts), options, path.string()) : fail(parts.error());
}

Opened openClip(const fs::path& directory, const TokenizerOptions& options)
{
    const fs::path json = directory / "tokenizer.json";
    const fs::path vocabulary = directory / "vocab.json";
    const fs::path merges = directory / "merges.txt";
    const fs::path gzip = directory / "bpe_simple_vocab_16e6.txt.gz";
    if (isThere(json)) {
        return openClipJson(json, options);
    }
    if (isThere(vocabulary) && isThere(merges)) {
        return openClipVocabulary(vocabulary, merges, options);
    }
    if (isThere(gzip)) {
        return openClipGzip(gzip, options);
    }
    return fail(ErrorCode::NotFound,
                directory.string() +
                    ": has neither tokenizer.json, nor vocab.json with merges.txt, nor bpe_simple_vocab_16e6.txt.gz");
}

Opened openSiglip(const fs::path& directory, const TokenizerOptions& options)
{
    const fs::path path = directory / "spiece.model";
    if (!isThere(path)) {
        return fail(ErrorCode::NotFound, directory.string() + ": has no spiece.model");
    }
    const auto model = readTextFile(path, kMaxFileBytes);
    return model ? makeSiglipTokenizer(*model, options, path.string()) : fail(model.error());
}

Opened openSiglip2(const fs::path& directory, const TokenizerOptions& options)
{
    const fs::path json = directory / "tokenizer.json";
    const fs::path modelPath = directory / "tokenizer.model";
    if (isThere(json)) {
        auto file = readTokenizerJson(json);
        return file ? makeGemmaTokenizer(std::move(*file), options, json.string()) : fail(file.error());
    }
    if (isThere(modelPath)) {
        const auto model = readTextFile(modelPath, kMaxFileBytes);
        return model ? makeGemmaModelTokenizer(*model, options, modelPath.string()) : fail(model.error());
    }
    return fail(ErrorCode::NotFound, directory.string() + ": has neither tokenizer.json nor tokenizer.model");
}

} // namespace

Result<std::shared_ptr<const Tokenizer>> openTokenizer(const std::filesystem::path& directory,
                                                       TokenizerKind kind,
                                                       const TokenizerOptions& options)
{
    switch (kind) {
    case TokenizerKind::Clip:
        return openClip(directory, options);
    case TokenizerKind::Siglip:
        return openSiglip(directory, options);
    case TokenizerKind::Siglip2:
        return openSiglip2(directory, options);
    }
    return fail(ErrorCode::Internal, "unknown kind of tokenizer");
}

} // namespace modscope
