#include "core/similarity/duplicate_search.h"
#include "tests/similarity/memes.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace modscope;
using namespace modscope::test;

namespace {

/// Hashes of random bits, each in a number of copies with a few bits flipped; turned hashes are other random bits.
std::vector<Fingerprint> anyFingerprints(unsigned seed)
{
    std::mt19937_64 random(seed);
    std::vector<Fingerprint> result;
    for (int family = 0; family < 12; ++family) {
        PdqViews views;
        views.quality = 100;
        for (PdqHash& hash : views.hashes) {
            hash.words = {random(), random(), random(), random()};
        }
        for (int copy = 0; copy < 5; ++copy) {
            Fingerprint print;
            print.whole = views;
            for (PdqHash& hash : print.whole.hashes) {
                for (int flip = 0; flip < 14; ++flip) {
                    const std::uint64_t bit = random() % PdqHash::kBits;
                    hash.words[bit / 64] ^= std::uint64_t{1} << (bit % 64);
                }
            }
            if (copy % 2 == 1) { // the turned picture's original is another view
                std::swap(print.whole.hashes[0], print.whole.hashes[5]);
            }
            result.push_back(print);
        }
    }
    return result;
}

/// Pairs by comparing everything with everything.
std::vector<ItemPair> bruteForcePairs(const std::vector<Fingerprint>& items, int bits)
{
    std::vector<ItemPair> pairs;
    for (MemeId left = 0; left < items.size(); ++left) {
        for (MemeId right = left + 1; right < items.size(); ++right) {
            const int distance = closest(items[left].whole, items[right].whole).bits;
            if (distance <= bits) {
                pairs.push_back({left, right, distance});
            }
        }
    }
    return pairs;
}

} // namespace

class TestDuplicateSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void everyPairIsFoundThatBruteForceFinds()
    {
        for (unsigned seed = 1; seed < 6; ++seed) {
            const auto items = anyFingerprints(seed);
            const auto found = findDuplicates(items);
            QVERIFY(found.has_value());
            const auto expected = bruteForcePairs(items, RelationThresholds().templateBits);
            QVERIFY(expected.size() > 20);
            std::size_t links = 0;
            for (MemeId left = 0; left < items.size(); ++left) {
                for (MemeId right = left + 1; right < items.size(); ++right) {
                    links += found->groups.distance(left, right) ? 1 : 0;
                }
            }
            QCOMPARE(links, expected.size());
            for (const ItemPair& pair : expected) {
                QCOMPARE(found->groups.distance(pair.left, pair.right), std::optional(pair.distance));
            }
        }
    }

    void copiesOfMemesAreGrouped()
    {
        const Image first = photo(1);
        const Image second = photo(2);
        const std::vector<Fingerprint> items{*fingerprint(first),
                                             *fingerprint(second),
                                             *fingerprint(framed(first, 0.08, 0)),
                                             *fingerprint(noisy(resized(second, 0.7), 6, 1)),
                                             *fingerprint(mirrored(first)),
                                             *fingerprint(photo(3))};
        const auto groups = findDuplicates(items)->groups.groups();
        QCOMPARE(groups.size(), std::size_t{2});
        QCOMPARE(groups[0].members, (std::vector<MemeId>{0, 2, 4}));
        QCOMPARE(groups[1].members, (std::vector<MemeId>{1, 3}));
    }

    void aFlatPictureIsNamedUnlessItsFileIsThereTwice()
    {
        const Image flat{80, 60, std::vector<std::uint8_t>(3 * 80 * 60, 200)};
        std::vector<Fingerprint> items(4, *fingerprint(flat));
        items[1].sha256 = items[2].sha256 = std::string(64, 'a');
        const auto found = *findDuplicates(items);
        QCOMPARE(found.unhashable, (std::vector<MemeId>{0, 3}));
        QCOMPARE(found.groups.groups().size(), std::size_t{1});
        QCOMPARE(found.groups.groups()[0].members, (std::vector<MemeId>{1, 2}));
    }

    void nothingGivesNothing() { QVERIFY(findDuplicates({})->groups.groups().empty()); }

    void aStopIsHeard()
    {
        std::stop_source stop;
        const auto items = anyFingerprints(1);
        Progress last;
        const auto found = findDuplicates(items, {}, stop.get_token(), [&](const Progress& progress) {
            last = progress;
            stop.request_stop();
        });
        QCOMPARE(found.error().code, ErrorCode::Cancelled);
        QCOMPARE(last, (Progress{1, items.size()}));
    }

    void familiesDoNotMix()
    {
        std::vector<Fingerprint> items = anyFingerprints(1);
        items.back().whole.family = PdqFamily::Squashed;
        QCOMPARE(findDuplicates(items).error().code, ErrorCode::Mismatch);
    }
};

QTEST_GUILESS_MAIN(TestDuplicateSearch)
#include "tst_duplicate_search.moc"
