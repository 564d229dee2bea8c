#include "app/cli/text_table.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope::cli;

class TestTextTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void columnsAreAsWideAsTheirWidestCell()
    {
        TextTable table({"a", "bb"});
        table.add({"long cell", "x"});
        QCOMPARE(table.text(), std::string("a          bb\nlong cell  x\n"));
    }

    void aLetterOfSeveralBytesIsOneColumn()
    {
        QCOMPARE(displayWidth("größe"), std::size_t{5});
        QCOMPARE(fitted("größe", 6), std::string("größe "));
    }

    void aLongTextIsCutBetweenLetters()
    {
        QCOMPARE(shortened("größer", 4), std::string("grö…"));
        QCOMPARE(shortened("kurz", 4), std::string("kurz"));
    }

    void controlCharactersBecomeSpaces() { QCOMPARE(shortened("a\x1B[31m\nb\x7F", 20), std::string("a [31m b ")); }
};

QTEST_GUILESS_MAIN(TestTextTable)
#include "tst_text_table.moc"
