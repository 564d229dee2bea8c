#pragma once

#include "core/base/error.h"
#include "core/data/sample.h"
#include "core/similarity/duplicate_search.h"

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope::cli {

/// One picture to compare, and where it came from.
struct SimilarItem {
    Sample sample;
    std::string place;          ///< "memes.csv:12"; empty for pictures named themselves
    std::optional<Error> error; ///< why it cannot be compared
    Fingerprint print;          ///< without an error
};

/// The groups found among items, for people and for programs.
class SimilarReport {
public:
    /// Errors: as findDuplicates().
    [[nodiscard]] static Result<SimilarReport> make(const std::vector<SimilarItem>& items,
                                                    const RelationThresholds& thresholds,
                                                    const std::stop_token& stop);

    [[nodiscard]] std::string table() const;
    [[nodiscard]] std::string json() const;
    /// What could not be compared, one line each.
    [[nodiscard]] std::vector<std::string> messages() const;
    [[nodiscard]] std::string summary() const;
    [[nodiscard]] std::size_t failed() const { return m_failures.size(); }

private:
    struct Member {
        const SimilarItem* item = nullptr;
        std::optional<Comparison> toFirst; ///< unset for the first itself
    };
    struct Group {
        std::vector<Member> members; ///< the medoid first, then by distance to it
        int diameter = 0;
    };

    [[nodiscard]] std::string groupTable() const;
    [[nodiscard]] static Result<Group> describe(const DuplicateGroup& group,
                                                const std::vector<const SimilarItem*>& items,
                                                const RelationThresholds& thresholds);

    struct Alike {
        const SimilarItem* first = nullptr;
        const SimilarItem* second = nullptr;
        double cosine = 0;
    };

    /// Pairs that only the encoder sees alike. @param compared  the items that the groups count by
    [[nodiscard]] Result<void> addAlike(const std::vector<const SimilarItem*>& compared,
                                        const DuplicateGroups& groups,
                                        double least,
                                        const std::stop_token& stop);

    std::vector<Group> m_groups;
    std::vector<Alike> m_alike;
    std::vector<const SimilarItem*> m_failures;
    std::vector<const SimilarItem*> m_unhashable;
    std::size_t m_compared = 0;
    int m_maxDistance = 0;
    std::optional<double> m_minCosine;
};

} // namespace modscope::cli
