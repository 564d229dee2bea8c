#include "core/similarity/relation.h"
#include "tests/similarity/memes.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
using namespace modscope::test;

namespace {

constexpr unsigned kPhotos = 6;

Fingerprint withText(const Image& image, std::string_view text)
{
    Fingerprint print = *fingerprint(image);
    print.text = *ComparableText::from(text);
    return print;
}

Fingerprint withoutText(const Image& image)
{
    return *fingerprint(image);
}

const char* const kText = "when the code compiles at once";
const char* const kOther = "monday called and i let it ring";

} // namespace

class TestRelation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void eachPhoto_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= kPhotos; ++seed) {
            QTest::addRow("photo %u", seed) << seed;
        }
    }
    void resizedAndNoisyIsTheSameMeme_data() { eachPhoto_data(); }
    void mirroredIsTheSameMemeWithItsOrientation_data() { eachPhoto_data(); }
    void anotherCaptionIsTheSameTemplateAndNeverTheSameMeme_data() { eachPhoto_data(); }
    void aFramedCopyIsFoundOnlyWithoutItsFrame_data() { eachPhoto_data(); }

    void eachPhoto()
    {
        QFETCH(const unsigned, seed);
        QVERIFY(fingerprint(photo(seed))->whole.quality >= kUsablePdqQuality);
    }

    void resizedAndNoisyIsTheSameMeme()
    {
        QFETCH(const unsigned, seed);
        const Image meme = captioned(photo(seed), 1);
        const Comparison found = *compare(withText(meme, kText), withText(noisy(resized(meme, 0.7), 8, 2), kText));
        QCOMPARE(found.relation, Relation::SameMeme);
        QVERIFY(found.whole->bits <= 16);
        QCOMPARE(found.whole->orientation, Dihedral::Original);
        QCOMPARE(*found.textSimilarity, 1.0);
    }

    void mirroredIsTheSameMemeWithItsOrientation()
    {
        QFETCH(const unsigned, seed);
        const Image meme = captioned(photo(seed), 1);
        const Image mirror = mirrored(meme);
        QVERIFY(hammingDistance(pdq(meme)->hash, pdq(mirror)->hash) > 31); // missed without the orientations
        const Comparison found = *compare(withText(meme, kText), withText(mirror, kText));
        QCOMPARE(found.relation, Relation::SameMeme);
        QCOMPARE(found.whole->orientation, Dihedral::FlipY);
    }

    void anotherCaptionIsTheSameTemplateAndNeverTheSameMeme()
    {
        QFETCH(const unsigned, seed);
        for (unsigned caption = 2; caption < 8; ++caption) {
            const Comparison found =
                *compare(withText(captioned(photo(seed), 1), kText), withText(captioned(photo(seed), caption), kOther));
            QCOMPARE(found.relation, Relation::SameTemplate);
            QVERIFY(found.whole->bits > 0);
        }
    }

    void bitsAloneWouldTakeOtherCaptionsForTheSameMeme()
    {
        int within = 0;
        for (unsigned seed = 1; seed <= kPhotos; ++seed) {
            const Comparison found =
                *compare(withText(captioned(photo(seed), 1), kText), withText(captioned(photo(seed), 2), kOther));
            within += found.whole->bits <= RelationThresholds().sameMemeBits ? 1 : 0;
        }
        QVERIFY(within > 0); // what the texts are asked for
    }

    void aFramedCopyIsFoundOnlyWithoutItsFrame()
    {
        QFETCH(const unsigned, seed);
        const Image meme = captioned(photo(seed), 1);
        const Comparison found = *compare(withText(meme, kText), withText(framed(meme, 0.08, 0), kText));
        QVERIFY(found.whole->bits > 31);
        QVERIFY(found.inside && found.inside->bits <= 16);
        QCOMPARE(found.relation, Relation::CroppedOrFramed);
        QCOMPARE(*found.nearest(), *found.inside);
    }

    void differentPhotosAreUnrelated()
    {
        for (unsigned left = 1; left <= kPhotos; ++left) {
            for (unsigned right = 1; right <= kPhotos; ++right) {
                const Comparison found = *compare(withText(photo(left), kText), withText(photo(right), kText));
                QCOMPARE(found.relation, left == right ? Relation::SameMeme : Relation::Unrelated);
            }
        }
    }

    void aDrawnSampleIsFoundInItsFrame()
    {
        const Image drawn = samplePicture("01_cat.jpg");
        const Comparison found = *compare(withText(drawn, kText), withText(framed(drawn, 0.08, 0), kText));
        QCOMPARE(found.relation, Relation::CroppedOrFramed);
    }

    void aTextThatIsNotKnownNeverMakesTheSameMeme()
    {
        const Image meme = photo(1);
        QCOMPARE(compare(withoutText(meme), withText(meme, kText))->relation, Relation::SameTemplate);
        QCOMPARE(compare(withoutText(meme), withoutText(meme))->relation, Relation::SameTemplate);
        QCOMPARE(compare(withText(meme, ""), withText(meme, ""))->relation, Relation::SameMeme); // known to have none
    }

    void theSameFileIsTheSameMemeUnlessTheTextsDiffer()
    {
        Fingerprint left = withoutText(photo(1));
        left.sha256 = std::string(64, 'a');
        Fingerprint right = left;
        QCOMPARE(compare(left, right)->relation, Relation::SameMeme);
        left.text = *ComparableText::from(kText);
        right.text = *ComparableText::from(kOther);
        QCOMPARE(compare(left, right)->relation, Relation::SameTemplate);
        QVERIFY(compare(left, right)->sameFile);
    }

    void textsWithinATenthAreTheSame()
    {
        const Image meme = photo(1);
        QCOMPARE(compare(withText(meme, "0123456789"), withText(meme, "012345678x"))->relation, Relation::SameMeme);
        QCOMPARE(compare(withText(meme, "0123456789"), withText(meme, "01234567xx"))->relation, Relation::SameTemplate);
    }

    void embeddingsCountOnlyWithAThreshold()
    {
        Fingerprint left = withText(photo(1), kText);
        Fingerprint right = withText(photo(2), kText);
        left.embedding = {1, 0};
        right.embedding = {0.98F, 0.199F};
        QCOMPARE(compare(left, right)->relation, Relation::Unrelated);
        RelationThresholds fitted;
        fitted.embeddingCosine = 0.95;
        QCOMPARE(compare(left, right, fitted)->relation, Relation::CroppedOrFramed);
        right.text = *ComparableText::from(kOther);
        QCOMPARE(compare(left, right, fitted)->relation, Relation::SameTemplate);
        fitted.embeddingCosine = 0.99;
        QCOMPARE(compare(left, right, fitted)->relation, Relation::Unrelated);
    }

    void hashesOfLowQualitySayNothing()
    {
        const Image flat{80, 60, std::vector<std::uint8_t>(3 * 80 * 60, 200)};
        const Comparison found = *compare(withText(flat, kText), withText(flat, kText));
        QVERIFY(!found.whole);
        QCOMPARE(found.relation, Relation::Unrelated);
    }

    void whatCannotBeComparedIsAnError()
    {
        Fingerprint left = *fingerprint(photo(1));
        Fingerprint squashed = *fingerprint(photo(1), PdqFamily::Squashed);
        QCOMPARE(compare(left, squashed).error().code, ErrorCode::Mismatch);
        Fingerprint right = left;
        left.embedding = {1, 0};
        right.embedding = {1, 0, 0};
        QCOMPARE(compare(left, right).error().code, ErrorCode::Mismatch);
        QCOMPARE(fingerprint(Image{3, 3, {}}).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestRelation)
#include "tst_relation.moc"
