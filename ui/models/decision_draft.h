#pragma once

#include "core/review/decision.h"

#include <QString>

#include <string>
#include <vector>

namespace modscope::ui {

/// What a person has ticked so far. Nothing is ticked for them, and "none of these" is a choice like any other: an item
/// is never decided by leaving everything empty.
class DecisionDraft {
public:
    DecisionDraft() = default;
    /// @param labels       the project's, in its order
    /// @param needsReason  an adjudication must say why
    explicit DecisionDraft(std::vector<std::string> labels, bool needsReason = false);

    [[nodiscard]] const std::vector<std::string>& labels() const { return m_labels; }
    [[nodiscard]] int classCount() const { return static_cast<int>(m_labels.size()); }
    /// Precondition: 0 <= index < classCount().
    [[nodiscard]] Answer answer(int index) const { return m_answers.at(static_cast<std::size_t>(index)); }
    [[nodiscard]] bool isNone() const { return m_none; }
    [[nodiscard]] const QString& reason() const { return m_reason; }
    [[nodiscard]] const QString& note() const { return m_note; }

    /// Yes and back. An index without a class does nothing: a digit may be pressed that no class has.
    void toggle(int index);
    /// Unsure and back.
    void toggleUnsure(int index);
    /// None of these, and back; exclusive with every class.
    void toggleNone();
    void setReason(const QString& reason) { m_reason = reason; }
    void setNote(const QString& note) { m_note = note; }
    /// The answers of an opinion in place of what was ticked.
    /// Precondition: it is about the same classes.
    void adopt(const Decision& opinion);
    /// Forgets ticks, reason and note.
    void clear();

    /// What is missing before it can be submitted ("Choose a class, or 0 for none"); empty when nothing is.
    [[nodiscard]] QString missing() const;
    [[nodiscard]] bool isComplete() const { return missing().isEmpty(); }
    /// Answers, reason and note; what was seen and for how long is the page's to add.
    /// Precondition: isComplete().
    [[nodiscard]] Decision decision() const;

private:
    void flip(int index, Answer answer);

    std::vector<std::string> m_labels;
    std::vector<Answer> m_answers; ///< parallel to m_labels
    bool m_none = false;
    bool m_needsReason = false;
    QString m_reason;
    QString m_note;
};

/// "Religion, Sexism (unsure)"; "None of these".
/// @param answers  parallel to the labels
[[nodiscard]] QString answersText(const std::vector<Answer>& answers, const std::vector<std::string>& labels);

} // namespace modscope::ui
