#include "tests/support/test_data.h"
#include "ui/models/policy_text.h"
#include "ui/models/text_diff.h"

#include <QTest>

using namespace modscope;
using namespace modscope::ui;

namespace {

const QString kPolicy =
    QStringLiteral("# Policy\n\nIntro.\n\n## What counts\n\n### Religion\n\nAttacks **because of** faith.\n\n"
                   "```\n## not a heading\n```\n\n#### Examples\n\nOne.\n\n### Other hate ##\n\nThe rest.\n\n"
                   "## 7.1 Sexism\n\nAttacks on a sex.\n");

QString flat(const std::vector<DiffPart>& parts)
{
    QString text;
    for (const DiffPart& part : parts) {
        const QString mark = part.change == Change::Same      ? QStringLiteral("=")
                             : part.change == Change::Removed ? QStringLiteral("-")
                                                              : QStringLiteral("+");
        text += mark + part.text.trimmed() + QLatin1Char('|');
    }
    return text;
}

} // namespace

class TestPolicyText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aSectionEndsAtTheNextHeadingOfItsLevel()
    {
        const auto section = policySection(kPolicy, QStringLiteral("religion"));
        QVERIFY(section);
        QCOMPARE(section->title, QStringLiteral("Religion"));
        QCOMPARE(section->number, QStringLiteral("1.1"));
        QVERIFY(section->markdown.startsWith(QStringLiteral("Attacks **because of** faith.")));
        QVERIFY(section->markdown.contains(QStringLiteral("## not a heading")));
        QVERIFY(section->markdown.endsWith(QStringLiteral("One.")));
    }

    void aLabelFindsItsReadableName()
    {
        const auto section = policySection(kPolicy, QStringLiteral("other_hate"));
        QVERIFY(section);
        QCOMPARE(section->number, QStringLiteral("1.2"));
        QCOMPARE(section->markdown, QStringLiteral("The rest."));
    }

    void aWrittenNumberWins()
    {
        const auto section = policySection(kPolicy, QStringLiteral("sexism"));
        QVERIFY(section);
        QCOMPARE(section->number, QStringLiteral("7.1"));
        QCOMPARE(section->title, QStringLiteral("Sexism"));
    }

    void aClassWithoutSectionHasNone()
    {
        QVERIFY(!policySection(kPolicy, QStringLiteral("racism")));
        QVERIFY(!policySection({}, QStringLiteral("racism")));
        QCOMPARE(policySections(kPolicy).size(), std::size_t{6});
        QVERIFY(policySections(kPolicy).front().number.isEmpty());
    }

    void aDiffKeepsAsManyWordsAsItCan()
    {
        QCOMPARE(flat(wordDiff(QStringLiteral("attacks people for their faith"),
                               QStringLiteral("attacks people because of their faith"))),
                 QStringLiteral("=attacks people|-for|+because of|=their faith|"));
        QCOMPARE(flat(wordDiff(QStringLiteral("a b c"), QStringLiteral("a  b\nc"))), QStringLiteral("=a  b\nc|"));
        QCOMPARE(flat(wordDiff({}, QStringLiteral("new"))), QStringLiteral("+new|"));
        QCOMPARE(flat(wordDiff(QStringLiteral("old"), {})), QStringLiteral("-old|"));
        QVERIFY(wordDiff({}, {}).empty());
        QCOMPARE(flat(wordDiff(QStringLiteral("a x b y c"), QStringLiteral("a b z c"))),
                 QStringLiteral("=a|-x|=b|-y|+z|=c|"));
    }

    void textsOfManyWordsAreReplacedAsAWhole()
    {
        QString before = QStringLiteral("same ");
        QString after = QStringLiteral("same ");
        for (int i = 0; i < 1500; ++i) {
            before += QStringLiteral("a%1 ").arg(i);
            after += QStringLiteral("b%1 ").arg(i);
        }
        const auto parts = wordDiff(before + QStringLiteral("end"), after + QStringLiteral("end"));
        QCOMPARE(parts.size(), std::size_t{4});
        QCOMPARE(parts[1].change, Change::Removed);
        QCOMPARE(parts[3].text, QStringLiteral("end"));
    }
};

QTEST_GUILESS_MAIN(TestPolicyText)
#include "tst_policy_text.moc"
