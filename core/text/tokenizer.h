#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace modscope {

/// What a literal "<|endoftext|>" in user text means. As text, it cannot hide what follows from the classifier.
enum class SpecialTokens { AsText, Honour };

/// How a text encoder wants its input: which algorithm reads the directory's files.
enum class TokenizerKind {
    Clip,    ///< byte-level BPE with </w>: tokenizer.json, vocab.json + merges.txt, or bpe_simple_vocab_16e6.txt.gz
    Siglip,  ///< SentencePiece unigram: spiece.model (lower-cased, punctuation removed)
    Siglip2, ///< Gemma BPE with byte fallback: tokenizer.json, or tokenizer.model
};

struct TokenizerOptions {
    std::size_t maxLength = 77; ///< tokens, start and end included
    SpecialTokens specialTokens = SpecialTokens::AsText;
    bool lowercase = true; ///< SigLIP 2 only: CLIP and SigLIP always lower-case

    bool operator==(const TokenizerOptions&) const = default;
};

/// One text as the encoder sees it: start and end tokens included, padding left out.
struct TokenIds {
    std::vector<std::int32_t> ids; ///< at most maxLength
    bool truncated = false;        ///< the text had more tokens than fit, or more bytes than are read

    bool operator==(const TokenIds&) const = default;
};

/// Text to ids, exactly as the reference's tokenizers (golden values: tests/data/golden/texts.json).
/// Threads: const after construction; any number at once.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;

    /// @param text  UTF-8; invalid bytes become U+FFFD; at most kMaxTextBytes are read (the rest cannot reach the
    /// encoder)
    [[nodiscard]] virtual TokenIds encode(std::string_view text) const = 0;

    [[nodiscard]] virtual std::int32_t padId() const = 0;
    [[nodiscard]] virtual std::size_t vocabularySize() const = 0; ///< largest id + 1

    const TokenizerOptions& options() const { return m_options; }

    static constexpr std::size_t kMaxTextBytes = std::size_t{64} * 1024;

protected:
    explicit Tokenizer(TokenizerOptions options) : m_options(options) {}

private:
    TokenizerOptions m_options;
};

/// Reads the tokenizer files of an encoder directory (the first of TokenizerKind's list that exists wins).
/// Errors: NotFound naming the files looked for; ParseError or Unsupported naming file and field.
[[nodiscard]] Result<std::shared_ptr<const Tokenizer>> openTokenizer(const std::filesystem::path& directory,
                                                                     TokenizerKind kind,
                                                                     const TokenizerOptions& options);

} // namespace modscope
