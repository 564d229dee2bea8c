#include "core/similarity/hash_index.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

using namespace modscope;

namespace {

PdqHash anyHash(std::mt19937_64& random)
{
    return {{random(), random(), random(), random()}};
}

PdqHash withFlips(PdqHash hash, int flips, std::mt19937_64& random)
{
    for (int flip = 0; flip < flips; ++flip) {
        const std::uint64_t bit = random() % PdqHash::kBits;
        hash.words[bit / 64] ^= std::uint64_t{1} << (bit % 64);
    }
    return hash;
}

std::vector<HashMatch> bruteForce(const std::map<MemeId, PdqHash>& all, const PdqHash& query, int radius)
{
    std::vector<HashMatch> found;
    for (const auto& [id, hash] : all) {
        if (hammingDistance(hash, query) <= radius) {
            found.push_back({id, hammingDistance(hash, query), Dihedral::Original});
        }
    }
    std::sort(found.begin(), found.end(), [](const HashMatch& left, const HashMatch& right) {
        return std::tie(left.distance, left.id) < std::tie(right.distance, right.id);
    });
    return found;
}

} // namespace

class TestHashIndex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    // Adds and removes at random: blocks grow, shrink and keep lanes without a hash.
    void everyInstructionSetFindsWhatBruteForceFinds()
    {
        for (const hash_scan::Kernel* kernel : hash_scan::usableKernels()) {
            std::mt19937_64 random(1);
            HashIndex index(PdqFamily::Full, *kernel);
            std::map<MemeId, PdqHash> all;
            const PdqHash centre = anyHash(random);
            for (int step = 0; step < 3000; ++step) {
                const MemeId id = random() % 700;
                if (all.contains(id)) {
                    QVERIFY(index.remove(id));
                    all.erase(id);
                } else {
                    const PdqHash hash = withFlips(centre, static_cast<int>(random() % 80), random);
                    QVERIFY(index.add(id, {hash, 100, PdqFamily::Full}).has_value());
                    all[id] = hash;
                }
                QCOMPARE(index.size(), all.size());
                if (step % 20 == 0) {
                    const int radius = static_cast<int>(random() % 64);
                    const PdqHash query = withFlips(centre, static_cast<int>(random() % 40), random);
                    QVERIFY2(*index.within(Pdq{query, 100, PdqFamily::Full}, radius) == bruteForce(all, query, radius),
                             kernel->name.data());
                }
            }
        }
    }

    void lanesWithoutAHashNeverMatch()
    {
        HashIndex index;
        QVERIFY(index.add(7, {{{1, 2, 3, 4}}, 100, PdqFamily::Full}).has_value());
        QCOMPARE(index.within(Pdq{}, PdqHash::kBits)->size(), std::size_t{1}); // an empty lane would be at distance 0
        QVERIFY(index.remove(7));
        QVERIFY(index.within(Pdq{}, PdqHash::kBits)->empty());
    }

    void aLargeIndexIsScannedToItsEnds()
    {
        std::mt19937_64 random(2);
        HashIndex index;
        std::map<MemeId, PdqHash> all;
        constexpr MemeId count = 300'000; // enough for two threads
        for (MemeId id = 0; id < count; ++id) {
            const PdqHash hash = anyHash(random);
            QVERIFY(index.add(id, {hash, 100, PdqFamily::Full}).has_value());
            all[id] = hash;
        }
        for (const MemeId id : {MemeId{0}, count / 2 - 1, count / 2, count - 1}) {
            const PdqHash query = withFlips(all[id], 9, random);
            QCOMPARE(*index.within(Pdq{query, 100, PdqFamily::Full}, 31), bruteForce(all, query, 31));
        }
    }

    void aTurnedPictureIsFoundOnceWithItsOrientation()
    {
        std::mt19937_64 random(3);
        PdqViews query;
        for (PdqHash& hash : query.hashes) {
            hash = anyHash(random);
        }
        HashIndex index;
        QVERIFY(index.add(1, {withFlips(query[Dihedral::FlipY], 8, random), 100, PdqFamily::Full}).has_value());
        QVERIFY(index.add(2, {query[Dihedral::Rotate180], 100, PdqFamily::Full}).has_value());
        QVERIFY(index.add(3, {anyHash(random), 100, PdqFamily::Full}).has_value());
        const auto found = *index.within(query, 31);
        QCOMPARE(found.size(), std::size_t{2});
        QCOMPARE(found[0], (HashMatch{2, 0, Dihedral::Rotate180}));
        QCOMPARE(found[1].id, MemeId{1});
        QCOMPARE(found[1].orientation, Dihedral::FlipY);
        QVERIFY(found[1].distance > 0 && found[1].distance <= 8);
    }

    void theNearestOfSeveralOrientationsCounts()
    {
        PdqViews query; // a picture that is the same in all orientations but two
        query.hashes[3].words[0] = 0b1;
        HashIndex index;
        QVERIFY(index.add(1, {{{0b1, 0, 0, 0}}, 100, PdqFamily::Full}).has_value());
        QVERIFY(index.add(2, {{{0, 0, 0, 0}}, 100, PdqFamily::Full}).has_value());
        const auto found = *index.within(query, 31);
        QCOMPARE(found.size(), std::size_t{2});
        QCOMPARE(found[0], (HashMatch{1, 0, kDihedrals[3]}));
        QCOMPARE(found[1], (HashMatch{2, 0, Dihedral::Original}));
    }

    void anIdIsThereOnce()
    {
        HashIndex index;
        QVERIFY(index.add(5, {}).has_value());
        QCOMPARE(index.add(5, {}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(index.size(), std::size_t{1});
        QVERIFY(!index.remove(6));
        QVERIFY(index.remove(5));
        QVERIFY(!index.remove(5));
        QVERIFY(!index.contains(5));
    }

    void familiesDoNotMix()
    {
        HashIndex index(PdqFamily::Full);
        const Pdq other{{}, 100, PdqFamily::Squashed};
        QCOMPARE(index.add(1, other).error().code, ErrorCode::Mismatch);
        QCOMPARE(index.within(other, 31).error().code, ErrorCode::Mismatch);
        QCOMPARE(index.size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestHashIndex)
#include "tst_hash_index.moc"
