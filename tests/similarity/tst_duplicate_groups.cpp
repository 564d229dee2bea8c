#include "core/similarity/duplicate_groups.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>

using namespace modscope;

namespace {

constexpr int kDiameter = 31;
using Members = std::vector<MemeId>;

/// Items are places on a line, or in a plane; their distance is that of the places.
struct Place {
    MemeId id = 0;
    int x = 0;
    int y = 0;
};

int apart(const Place& left, const Place& right)
{
    return std::max(std::abs(left.x - right.x), std::abs(left.y - right.y));
}

DuplicateGroups grouped(const std::vector<Place>& places, DuplicateGroups groups = DuplicateGroups(kDiameter))
{
    std::vector<Place> there;
    for (const Place& place : places) {
        std::vector<Neighbour> neighbours;
        for (const Place& other : there) {
            if (groups.contains(other.id)) {
                neighbours.push_back({other.id, apart(place, other)});
            }
        }
        if (!groups.add(place.id, neighbours)) {
            std::abort();
        }
        there.push_back(place);
    }
    return groups;
}

std::vector<Place> anyPlaces(std::mt19937& random, MemeId count)
{
    std::vector<Place> places;
    for (MemeId id = 1; id <= count; ++id) {
        places.push_back({id, static_cast<int>(random() % 200), static_cast<int>(random() % 100)});
    }
    return places;
}

std::vector<Members> membersOf(const DuplicateGroups& groups)
{
    std::vector<Members> result;
    for (const DuplicateGroup& group : groups.groups()) {
        result.push_back(group.members);
    }
    return result;
}

} // namespace

class TestDuplicateGroups : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aChainOfNearItemsIsNeverOneGroup()
    {
        std::vector<Place> chain;
        for (MemeId id = 0; id < 50; ++id) {
            chain.push_back({id, static_cast<int>(20 * id), 0}); // each is near the next
        }
        for (const DuplicateGroup& group : grouped(chain).groups()) {
            QCOMPARE(group.members.size(), std::size_t{2});
            QVERIFY(group.diameter <= kDiameter);
        }
        QCOMPARE(grouped(chain).groups().size(), std::size_t{25});
    }

    void noPairOfAGroupIsFartherThanTheDiameter()
    {
        std::mt19937 random(1);
        for (int round = 0; round < 30; ++round) {
            const auto places = anyPlaces(random, 60);
            for (const DuplicateGroup& group : grouped(places).groups()) {
                int farthest = 0;
                for (const MemeId left : group.members) {
                    for (const MemeId right : group.members) {
                        farthest = std::max(farthest, apart(places[left - 1], places[right - 1]));
                    }
                }
                QVERIFY(farthest <= kDiameter);
                QCOMPARE(group.diameter, farthest);
            }
        }
    }

    void noTwoGroupsCouldBeOne()
    {
        std::mt19937 random(2);
        const auto places = anyPlaces(random, 60);
        const auto groups = grouped(places).groups();
        for (const DuplicateGroup& one : groups) {
            for (const DuplicateGroup& other : groups) {
                int farthest = 0;
                for (const MemeId left : one.members) {
                    for (const MemeId right : other.members) {
                        farthest = std::max(farthest, apart(places[left - 1], places[right - 1]));
                    }
                }
                QVERIFY(one == other || farthest > kDiameter);
            }
        }
    }

    void theOrderOfArrivalDoesNotMatter()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 20; ++round) {
            auto places = anyPlaces(random, 50);
            const auto expected = grouped(places).groups();
            for (int order = 0; order < 5; ++order) {
                std::shuffle(places.begin(), places.end(), random);
                QVERIFY(grouped(places).groups() == expected);
            }
        }
    }

    void askingInBetweenDoesNotMatter()
    {
        std::mt19937 random(4);
        const auto places = anyPlaces(random, 50);
        DuplicateGroups asked(kDiameter);
        std::vector<Place> there;
        for (const Place& place : places) {
            std::vector<Neighbour> neighbours;
            for (const Place& other : there) {
                neighbours.push_back({other.id, apart(place, other)});
            }
            QVERIFY(asked.add(place.id, neighbours).has_value());
            there.push_back(place);
            QVERIFY(asked.groups() == grouped(there).groups());
        }
    }

    void removingLeavesNoTrace()
    {
        std::mt19937 random(5);
        auto places = anyPlaces(random, 50);
        DuplicateGroups groups = grouped(places);
        while (!places.empty()) {
            const std::size_t at = random() % places.size();
            QVERIFY(groups.remove(places[at].id));
            places.erase(places.begin() + static_cast<std::ptrdiff_t>(at));
            QVERIFY(groups.groups() == grouped(places).groups());
        }
        QVERIFY(!groups.remove(1));
    }

    void tiesGoToTheSmallestIds()
    {
        // 2 is as near to 1 as to 3, and 1 and 3 are too far apart for one group.
        QCOMPARE(membersOf(grouped({{3, 60, 0}, {2, 30, 0}, {1, 0, 0}})), (std::vector<Members>{{1, 2}}));
    }

    void theNearestPairGoesFirst()
    {
        QCOMPARE(membersOf(grouped({{1, 0, 0}, {2, 30, 0}, {3, 55, 0}})), (std::vector<Members>{{2, 3}}));
    }

    void forbiddenPairsAreNeverTogether()
    {
        std::mt19937 random(6);
        for (int round = 0; round < 20; ++round) {
            const auto places = anyPlaces(random, 40);
            DuplicateGroups groups(kDiameter);
            std::vector<std::pair<MemeId, MemeId>> forbidden;
            for (int pair = 0; pair < 60; ++pair) {
                const MemeId left = 1 + random() % 40;
                const MemeId right = 1 + random() % 40;
                if (left != right) {
                    QVERIFY(groups.forbid(left, right).has_value()); // before they are there
                    forbidden.emplace_back(left, right);
                }
            }
            groups = grouped(places, groups);
            for (const auto& [left, right] : forbidden) {
                const auto group = groups.groupOf(left);
                QVERIFY(!group || !std::binary_search(group->members.begin(), group->members.end(), right));
            }
        }
    }

    void aForbiddenPairIsRememberedAfterItsItemsLeft()
    {
        const std::vector<Place> places{{1, 0, 0}, {2, 1, 0}};
        DuplicateGroups groups = grouped(places);
        QVERIFY(groups.groupOf(1));
        QVERIFY(groups.forbid(2, 1).has_value());
        QVERIFY(!groups.groupOf(1));
        QVERIFY(groups.remove(1) && groups.remove(2));
        groups = grouped(places, groups);
        QVERIFY(!groups.groupOf(1));
        QCOMPARE(groups.forbidden().size(), std::size_t{1});
        QCOMPARE(*groups.forbidden().begin(), (std::pair<MemeId, MemeId>{1, 2}));
        QCOMPARE(*groups.distance(1, 2), 1); // still explained
    }

    void aSplitPartStaysApart()
    {
        DuplicateGroups groups = grouped({{1, 0, 0}, {2, 1, 0}, {3, 2, 0}, {4, 3, 0}, {5, 4, 0}});
        QVERIFY(groups.split(std::array<MemeId, 2>{2, 4}).has_value());
        QCOMPARE(membersOf(groups), (std::vector<Members>{{1, 3, 5}, {2, 4}}));
        QVERIFY(groups.add(6, std::vector<Neighbour>{{1, 2}, {2, 1}, {3, 1}, {4, 2}, {5, 3}}).has_value());
        QVERIFY(!groups.distance(1, 7));
        for (const DuplicateGroup& group : groups.groups()) {
            const bool hasOdd = group.members.front() == 1;
            const bool hasEven = std::count(group.members.begin(), group.members.end(), 2) > 0;
            QVERIFY(hasOdd != hasEven);
        }
    }

    void onlyAPartOfOneGroupCanBeSplitOff()
    {
        DuplicateGroups groups = grouped({{1, 0, 0}, {2, 1, 0}, {3, 90, 0}, {4, 91, 0}, {5, 199, 0}});
        for (const Members& wrong : {Members{}, Members{1, 2}, Members{1, 3}, Members{5}, Members{99}}) {
            QCOMPARE(groups.split(wrong).error().code, ErrorCode::InvalidArgument);
        }
        QVERIFY(groups.forbidden().empty());
    }

    void theMedoidIsTheMostCentralMember()
    {
        const DuplicateGroup group = *grouped({{1, 0, 0}, {2, 10, 0}, {3, 30, 0}, {4, 12, 0}}).groupOf(3);
        QCOMPARE(group.members, (Members{1, 2, 3, 4}));
        QCOMPARE(group.medoid, MemeId{2}); // 10 + 20 + 2; item 4 has 12 + 18 + 2: a tie, the smaller id
        QCOMPARE(group.diameter, 30);
    }

    void wrongItemsAreRefusedWhole()
    {
        DuplicateGroups groups = grouped({{1, 0, 0}});
        const auto code = [&](const std::vector<Neighbour>& neighbours) {
            const auto added = groups.add(2, neighbours);
            return added ? ErrorCode::Internal : added.error().code;
        };
        QCOMPARE(code({{7, 3}}), ErrorCode::InvalidArgument);
        QCOMPARE(code({{1, -1}}), ErrorCode::InvalidArgument);
        QCOMPARE(code({{1, 3}, {1, 4}}), ErrorCode::InvalidArgument);
        QVERIFY(!groups.contains(2));
        QCOMPARE(groups.add(1, {}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(groups.forbid(1, 1).error().code, ErrorCode::InvalidArgument);
        QVERIFY(groups.groups().empty());
    }
};

QTEST_GUILESS_MAIN(TestDuplicateGroups)
#include "tst_duplicate_groups.moc"
