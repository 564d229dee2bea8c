#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace modscope::ui {

/// A version of the policy, as a page may show it.
struct PolicyView {
    QString version; ///< "12"
    QString markdown;

    bool operator==(const PolicyView&) const = default;
};

/// The part of a policy below one heading, down to the next heading of the same or a higher level.
struct PolicySection {
    QString title;    ///< "Religion", without its number
    QString number;   ///< "4.2": as written in the heading, else counted; empty for the document's title
    QString markdown; ///< without the heading
};

/// The sections in order, subsections as parts of the sections above them and again by themselves. Headings are lines
/// that start with one to six "#" outside code blocks.
[[nodiscard]] std::vector<PolicySection> policySections(const QString& markdown);

/// The section about a class: its title is the class's name or its label, compared without case; nothing when the
/// policy has none.
[[nodiscard]] std::optional<PolicySection> policySection(const QString& markdown, const QString& label);

/// The text without the signs of Markdown.
[[nodiscard]] QString plainWords(const QString& markdown);

} // namespace modscope::ui
