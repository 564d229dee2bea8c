#include "tests/support/test_data.h"
#include "ui/models/own_work.h"

#include <QTest>
#include <QTranslator>

using namespace modscope;
using namespace modscope::ui;

namespace {

const std::vector<std::string> kLabels{"racist", "religion"};
const std::vector<Answer> kNone{Answer::No, Answer::No};
const std::vector<Answer> kReligion{Answer::No, Answer::Yes};

std::vector<KnownAnswer> known(int same, int different)
{
    std::vector<KnownAnswer> answers(static_cast<std::size_t>(same), {1, 1, "1a2b", "a text", kNone, kNone});
    answers.insert(answers.end(), static_cast<std::size_t>(different), {2, 2, "4f2a", "the word", kNone, kReligion});
    return answers;
}

OwnValue value()
{
    OwnValue value{"fusion", 40, 31, {{}, {}}};
    value.classes[1] = {129, 31, 0.6, {0.031, Interval{0.0, 0.062}, 0}};
    return value;
}

} // namespace

class TestOwnWork : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        QLocale::setDefault(QLocale::c());
    }

    // The plurals are the source's: no translation is loaded.
    void knownItemsAreToldInOneSentence()
    {
        QCOMPARE(knownSentence({}), QString());
        QCOMPARE(knownSentence(known(8, 0)), QStringLiteral("8 of 8 as agreed"));
        QCOMPARE(knownSentence(known(7, 1)), QStringLiteral("7 of 8 as agreed; see the 1 that differ(s)"));
    }

    void theValueNamesTheClassThatRoseMost()
    {
        QCOMPARE(valueSentence(value(), kLabels),
                 QStringLiteral("Your decisions corrected 31 model error(s) and raised recall for Religion by 0.03 "
                                "(0.00 to 0.06)."));
        OwnValue none = value();
        none.classes[1].recallChange = {-0.1, Interval{-0.2, 0}, 0}; // no rise is no news
        QCOMPARE(valueSentence(none, kLabels), QStringLiteral("Your decisions corrected 31 model error(s)."));
        QCOMPARE(valueSentence({}, kLabels), QString());
    }

    void withoutAModelThatIsSaid()
    {
        const TeamCard card = ownCards({}, {}, kLabels, {})[1];
        QCOMPARE(card.hint, QStringLiteral("No model has scored items here."));
        QVERIFY(card.facts.empty());
    }

    void aCardShowsWhatDiffersWithItsTextMasked()
    {
        const auto cards = ownCards(known(1, 1), value(), kLabels, CaptionMask({QStringLiteral("word")}));
        QCOMPARE(cards.size(), std::size_t{2});
        const auto& facts = cards[0].facts;
        QCOMPARE(facts.size(), std::size_t{2}); // what is as agreed is not listed
        QCOMPARE(facts[1].label, QStringLiteral("4f2a"));
        QCOMPARE(facts[1].value, QStringLiteral("You: None of these. Agreed: Religion. Text: the [masked]"));
        QVERIFY(cards[1].hint.startsWith(valueSentence(value(), kLabels)));
        QVERIFY(cards[1].hint.contains(QStringLiteral("fusion")));
        QCOMPARE(cards[1].facts[0].value,
                 QStringLiteral("0 label(s) corrected; recall not defined: no item of the class"));
        QCOMPARE(cards[1].facts[1].value,
                 QStringLiteral("31 label(s) corrected; recall +0.03 (0.00 to 0.06), 129 item(s) of the class"));
    }
};

QTEST_GUILESS_MAIN(TestOwnWork)
#include "tst_own_work.moc"
