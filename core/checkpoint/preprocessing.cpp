#include "core/checkpoint/preprocessing.h"

#include "core/base/file.h"
#include "core/checkpoint/json_file.h"
#include "core/checkpoint/paths.h"

#include <algorithm>

namespace modscope {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxPreprocessorBytes = std::uint64_t{1} << 20U;

/// SigLIP and SigLIP 2 share their model_type; the tokenizer's class, else its files, tell them apart.
Result<TokenizerKind> siglipTokenizer(const fs::path& directory)
{
    const fs::path config = directory / "tokenizer_config.json";
    if (isFile(config)) {
        const auto object = readJsonObject(config);
        if (!object) {
            return fail(object.error());
        }
        JsonFields fields(*object, config.string() + ": ");
        const std::string tokenizerClass = fields.text("tokenizer_class");
        if (fields.error()) {
            return fail(*fields.error());
        }
        if (tokenizerClass.starts_with("SiglipTokenizer")) {
            return TokenizerKind::Siglip;
        }
        if (tokenizerClass.starts_with("GemmaTokenizer") || tokenizerClass.starts_with("Siglip2Tokenizer")) {
            return TokenizerKind::Siglip2;
        }
    }
    return isFile(directory / "spiece.model") ? TokenizerKind::Siglip : TokenizerKind::Siglip2;
}

ImageProcessorKind imageKind(TokenizerKind tokenizer)
{
    switch (tokenizer) {
    case TokenizerKind::Clip:
        return ImageProcessorKind::Clip;
    case TokenizerKind::Siglip:
        return ImageProcessorKind::Siglip;
    case TokenizerKind::Siglip2:
        return ImageProcessorKind::Siglip2;
    }
    return ImageProcessorKind::Clip;
}

Result<ImageProcessorConfig> readImageProcessor(const fs::path& directory,
                                                PreprocessingMode mode,
                                                ImageProcessorKind kind,
                                                int imageSize)
{
    for (const char* name : {"preprocessor_config.json", "processor_config.json"}) {
        const fs::path path = directory / name;
        if (!isFile(path)) {
            continue;
        }
        const auto text = readTextFile(path, kMaxPreprocessorBytes);
        if (!text) {
            return fail(text.error());
        }
        auto config = imageProcessorConfig(mode, kind, *text, imageSize);
        if (!config) {
            return fail(config.error().code, path.string() + ": " + config.error().message);
        }
        return config;
    }
    return imageProcessorConfig(mode, kind, {}, imageSize);
}

} // namespace

Result<Preprocessing> readPreprocessing(const fs::path& encoderDirectory,
                                        const EncoderConfig& encoder,
                                        int maxTextLength,
                                        const CheckpointOptions& options,
                                        std::vector<std::string>& warnings)
{
    const auto tokenizer = encoder.backend == Backend::Clip ? Result<TokenizerKind>(TokenizerKind::Clip)
                                                            : siglipTokenizer(encoderDirectory);
    if (!tokenizer) {
        return fail(tokenizer.error());
    }
    Preprocessing result;
    result.mode = options.preprocessing.value_or(PreprocessingMode::Reference);
    result.tokenizer = *tokenizer;
    // The reference lets padding be masked and keeps SigLIP 2's letter case; the encoders' authors do neither.
    const bool reference = result.mode == PreprocessingMode::Reference;
    result.textAttentionMask = reference;
    result.text.lowercase = !reference;
    result.text.specialTokens = options.specialTokens;
    const int positions = encoder.text.maxPositions;
    if (maxTextLength > positions) {
        warnings.push_back("max_text_length " + std::to_string(maxTextLength) + " exceeds the encoder's " +
                           std::to_string(positions) + " positions; texts are cut there");
    }
    result.text.maxLength =
        static_cast<std::size_t>(maxTextLength == 0 ? positions : std::min(maxTextLength, positions));
    auto image = readImageProcessor(encoderDirectory, result.mode, imageKind(*tokenizer), encoder.vision.imageSize);
    if (!image) {
        return fail(image.error());
    }
    result.image = *image;
    return result;
}

} // namespace modscope
