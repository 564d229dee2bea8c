#pragma once

#include "ui/models/caption_mask.h"
#include "ui/models/review_task_view.h"
#include "ui/widgets/canvas_picture.h"

#include <QWidget>

#include <array>
#include <optional>

class QLabel;
class QPushButton;

namespace modscope::ui {

class DiffLabel;
class DisclosureTile;
class Theme;

/// One of two items that are compared.
struct ComparedItem {
    ReviewItemId id = 0;
    QString key; ///< "91c1-07ab"
    QString text;

    bool operator==(const ComparedItem&) const = default;
};

/// Two near-duplicates side by side: covered pictures that open and close together with one lens for both, what their
/// texts differ in, how near the pictures are. It asks what they are to each other; the answer is the page's to record.
class CompareView final : public QWidget {
    Q_OBJECT
public:
    explicit CompareView(const Theme* theme, QWidget* parent = nullptr);

    void showPair(const ComparedItem& first, const ComparedItem& second);
    void setCoveredTile(ReviewItemId id, const QImage& tile);
    void setPicture(ReviewItemId id, CanvasPicture picture);
    void setProblem(ReviewItemId id, const QString& problem);
    /// @param bits         of 256 between the pictures; -1: not known
    /// @param orientation  how the first has to be turned to look like the second; empty: not at all; unset: not known
    void setDistance(int bits, const std::optional<QString>& orientation = {});
    /// How alike a model sees the pictures: the cosine of its image features.
    void setLikeness(const QString& model, double cosine);
    void setMask(const CaptionMask& mask);
    /// Whether the two are in a group with others, which may be split.
    void setCanSplit(bool canSplit);
    void setKeys(const QString& reveal, const QString& colour);
    void setKeepSmall(bool keepSmall);
    void setPressOnce(bool pressOnce);

    [[nodiscard]] DisclosureTile* tile(int side) const { return m_sides.at(static_cast<std::size_t>(side)).tile; }
    [[nodiscard]] const ComparedItem& item(int side) const { return m_sides.at(static_cast<std::size_t>(side)).item; }
    [[nodiscard]] QString distanceText() const;

public Q_SLOTS:
    /// As the tile's, for both.
    void beginHold();
    void endHold();
    void setColour(bool colour);
    void moveLens(int right, int down);
    void coverAgain();
    void unmask(bool shows);

Q_SIGNALS:
    void sameWanted();    ///< the same meme
    void notSameWanted(); ///< not duplicates, remembered for ever
    void splitWanted();   ///< the second one is out of place in its group
    void closed();        ///< nothing was said

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Side {
        ComparedItem item;
        QLabel* key;
        DisclosureTile* tile;
    };
    QWidget* buildSide(int side);
    QWidget* buildAnswers();
    void tieTogether(int leader, int follower);
    [[nodiscard]] DisclosureTile* tileOf(ReviewItemId id) const;
    void showTexts();

    const Theme* m_theme;
    std::array<Side, 2> m_sides;
    QLabel* m_distance;
    QLabel* m_sameText;
    DiffLabel* m_diff;
    QPushButton* m_split;
    CaptionMask m_mask;
    bool m_unmasked = false;
};

} // namespace modscope::ui
