#include "tests/support/test_data.h"
#include "ui/models/caption_mask.h"
#include "ui/models/caption_origin.h"

#include <QTest>

using namespace modscope;
using namespace modscope::ui;

namespace {

QString masked(const QStringList& terms, const QString& text)
{
    return maskedText(text, CaptionMask(terms).spans(text), QStringLiteral("#"));
}

} // namespace

class TestCaptionMask : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aTermIsFoundInEveryDisguise_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << "you idiot there"
                               << "you # there";
        QTest::newRow("capitals") << "IDIOT"
                                  << "#";
        QTest::newRow("digits") << "an 1d10t."
                                << "an #.";
        QTest::newRow("signs") << "(id!ot)"
                               << "(#)";
        QTest::newRow("a sign after it is a sign") << "idiot!"
                                                   << "#!";
        QTest::newRow("cyrillic") << QString::fromUtf8("idi\u043Et") << "#";
        QTest::newRow("zero width") << QString::fromUtf8("id\u200Biot x") << "# x";
        QTest::newRow("accent") << QString::fromUtf8("i\u0301diot") << "#";
        QTest::newRow("full width") << QString::fromUtf8("\uFF49\uFF44\uFF49\uFF4F\uFF54 \U0001F600")
                                    << QString::fromUtf8("# \U0001F600");
        QTest::newRow("inside a word") << "sidiot idiotx idiot2"
                                       << "sidiot idiotx idiot2";
        QTest::newRow("twice") << "idiot, idiot"
                               << "#, #";
        QTest::newRow("none") << "me, hearing the fridge"
                              << "me, hearing the fridge";
        QTest::newRow("empty") << ""
                               << "";
    }

    void aTermIsFoundInEveryDisguise()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, expected);
        QCOMPARE(masked({QStringLiteral("idiot")}, text), expected);
    }

    void aStarTakesEveryEnding()
    {
        QCOMPARE(masked({QStringLiteral("idiot*")}, QStringLiteral("idiots are idiotic, sidiot")),
                 QStringLiteral("# are #, sidiot"));
    }

    void aTermOfTwoWordsMayBeBrokenOverLines()
    {
        QCOMPARE(masked({QStringLiteral("scum bag")}, QStringLiteral("a scum\nbag, a scum, a bag")),
                 QStringLiteral("a #, a scum, a bag"));
    }

    void theLongestOfSeveralTermsIsHidden()
    {
        QCOMPARE(masked({QStringLiteral("scum"), QStringLiteral("scum bag")}, QStringLiteral("scum bag scum")),
                 QStringLiteral("# #"));
    }

    void spansCountUtf16Units()
    {
        const auto spans = CaptionMask({QStringLiteral("idiot")}).spans(QString::fromUtf8("\U0001F600 idiot"));
        QCOMPARE(spans, (std::vector<TextSpan>{{3, 5}}));
    }

    void anEmptyListHidesNothing()
    {
        QVERIFY(CaptionMask({QString(), QStringLiteral("*"), QStringLiteral(" ")}).isEmpty());
        QVERIFY(CaptionMask().spans(QStringLiteral("idiot")).empty());
    }

    void aListHasComments()
    {
        QCOMPARE(parseTerms(QStringLiteral("# all\nidiot* # WordNet\n\n scum  bag \r\n")),
                 (QStringList{QStringLiteral("idiot*"), QStringLiteral("scum bag")}));
    }

    void theListOfTheProgramNamesASourceForEachTerm()
    {
        const QString list = defaultTermList();
        const QStringList terms = parseTerms(list);
        QVERIFY(terms.size() > 10);
        QVERIFY(list.contains(QStringLiteral("WordNet")));
        const CaptionMask mask(terms);
        QCOMPARE(mask.spans(QStringLiteral("what a n1tw1t")), (std::vector<TextSpan>{{7, 6}}));
        QVERIFY(mask.spans(QStringLiteral("me, hearing the fridge open from two rooms away")).empty());
    }

    void captionAndReadingAgreeWhateverTheirCaseAndLines()
    {
        const QString caption = QStringLiteral("Me, hearing\nthe fridge");
        QCOMPARE(captionOrigin(caption, QStringLiteral("me,  hearing the FRIDGE ")), CaptionOrigin::Agree);
        QCOMPARE(captionOrigin(caption, QStringLiteral("me, hearing the bridge")), CaptionOrigin::Differ);
        QCOMPARE(captionOrigin(caption, {}), CaptionOrigin::Caption);
        QCOMPARE(captionOrigin(QStringLiteral(" \n"), caption), CaptionOrigin::Picture);
        QCOMPARE(captionOrigin({}, {}), CaptionOrigin::None);
    }
};

QTEST_GUILESS_MAIN(TestCaptionMask)
#include "tst_caption_mask.moc"
