#pragma once

#include "core/base/error.h"
#include "core/image/image.h"
#include "core/similarity/pdq.h"
#include "core/similarity/text_distance.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// What two memes are to each other.
enum class Relation {
    SameMeme,        ///< picture and text: one decision fits both
    SameTemplate,    ///< the picture with another text, or a text that is not known: the decision may differ
    CroppedOrFramed, ///< a part of the other, or the other in a frame
    Unrelated,
};

/// "same_meme", "same_template", "cropped_or_framed", "unrelated".
[[nodiscard]] std::string_view name(Relation relation);

/// Source: distances of captioned pictures; two captions on one picture are 8 to 62 bits apart, the same meme resized
/// and recompressed 4 to 14, so bits alone never make two memes the same.
struct RelationThresholds {
    int sameMemeBits = 16;
    double sameTextSimilarity = 0.9;
    int templateBits = 31;
    std::optional<double> embeddingCosine; ///< depends on the encoder: fit it on confirmed pairs; unset, it is not used
    int quality = kUsablePdqQuality;       ///< hashes below say nothing
};

/// What is compared of a meme.
struct Fingerprint {
    PdqViews whole;
    std::optional<PdqViews> inside;     ///< without its border, if it has one
    std::optional<ComparableText> text; ///< unset: not known; empty: known to have none
    std::string sha256;                 ///< of the picture's file in hex; empty: not known
    std::vector<float> embedding;       ///< unit length; empty: not known
};

/// The hashes of a picture, with and without its border. Errors: InvalidArgument as pdqViews().
[[nodiscard]] Result<Fingerprint> fingerprint(const Image& image, PdqFamily family = PdqFamily::Full);

/// As above for a picture's file, with its SHA-256. Errors: what reading and decoding report; messages name the file.
[[nodiscard]] Result<Fingerprint> fingerprintFile(const std::filesystem::path& path,
                                                  PdqFamily family = PdqFamily::Full);

/// A relation and the numbers that led to it, for a person who wants to know why.
struct Comparison {
    Relation relation = Relation::Unrelated;
    std::optional<PdqDistance> whole;  ///< unset where a hash is of low quality
    std::optional<PdqDistance> inside; ///< the nearest with a border taken off; unset where there is none
    std::optional<double> textSimilarity;
    std::optional<double> cosine;
    bool sameFile = false;

    /// The nearest of the two.
    [[nodiscard]] std::optional<PdqDistance> nearest() const;
};

/// Same meme: the same file, or whole pictures within sameMemeBits; and the texts known and the same (the same file
/// needs only that they are not known to differ). Cropped or framed: near only without the border, or by embedding,
/// and the texts not known to differ. Same template: near in any way otherwise. Orientations are tried.
/// Errors: Mismatch for hashes of two families or embeddings of two encoders; InvalidArgument as cosine().
[[nodiscard]] Result<Comparison> compare(const Fingerprint& left,
                                         const Fingerprint& right,
                                         const RelationThresholds& thresholds = {});

} // namespace modscope
