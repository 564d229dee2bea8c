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

    [[nodiscard]] static Result<Group> describe(const DuplicateGroup& group,
                                                const std::vector<const SimilarItem*>& items,
                                                const RelationThresholds& thresholds);

    std::vector<Group> m_groups;
    std::vector<const SimilarItem*> m_failures;
    std::vector<const SimilarItem*> m_unhashable;
    std::size_t m_compared = 0;
    int m_maxDistance = 0;
};

} // namespace modscope::cli
