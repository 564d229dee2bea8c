#include "core/review/import_mapping.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;

namespace {

using Names = std::vector<std::string>;
const Names kLabels = {"Racism", "Religion"};

} // namespace

class TestImportMapping : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aHeaderSuggestsWhatItsColumnsAre()
    {
        const Names header = {"Tweet_ID", "Caption", "img", "prob_Racism", "prob_Religion", "pred_Racism", "error"};
        ColumnMapping expected;
        expected.id = "Tweet_ID";
        expected.text = "Caption";
        expected.imagePath = "img";
        expected.error = "error";
        expected.scores = {{"Racism", "prob_Racism"}, {"Religion", "prob_Religion"}};
        QVERIFY(guessMapping(header, kLabels) == expected);
    }

    void theLikeliestNameWins()
    {
        const ColumnMapping mapping = guessMapping(Names{"caption", "text", "image", "image_path"}, kLabels);
        QCOMPARE(mapping.text, std::string("text"));
        QCOMPARE(mapping.imagePath, std::string("image_path"));
    }

    void entriesChangeTheMapping()
    {
        ColumnMapping mapping;
        QVERIFY(assignColumn(mapping, "text=a=b"));
        QVERIFY(assignColumn(mapping, "score:Religion=p"));
        QCOMPARE(mapping.text, std::string("a=b"));
        QCOMPARE(mapping.scores.at("Religion"), std::string("p"));
        QVERIFY(assignColumn(mapping, "score:Religion="));
        QVERIFY(mapping.scores.empty());
        for (const char* wrong : {"text", "colour=red", "score:=p", "=x"}) {
            const auto refused = assignColumn(mapping, wrong);
            QVERIFY2(!refused && refused.error().code == ErrorCode::InvalidArgument, wrong);
        }
    }

    void aMappingThatNamesNoColumnIsRefusedByName()
    {
        ColumnMapping mapping;
        mapping.text = "words";
        const auto refused = checkMapping(mapping, Names{"text", "image"}, kLabels);
        QCOMPARE(refused.error().code, ErrorCode::NotFound);
        QVERIFY2(refused.error().message.find("'words'") != std::string::npos &&
                     refused.error().message.find("text, image") != std::string::npos,
                 refused.error().message.c_str());
        mapping.text = "text";
        mapping.scores = {{"Religion", "p"}};
        QCOMPARE(checkMapping(mapping, Names{"text", "image"}, kLabels).error().code, ErrorCode::NotFound);
        mapping.scores = {{"Sports", "image"}};
        QCOMPARE(checkMapping(mapping, Names{"text", "image"}, kLabels).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(checkMapping({}, Names{"a", "b"}, kLabels).error().code, ErrorCode::NoContent);
    }

    void whatIsNotUsedIsListed()
    {
        const Names header = {"text", "labels", "prob_Racism", "pred_Racism", "pred_Religion"};
        QCOMPARE(unusedColumns(guessMapping(header, kLabels), header), (Names{"labels", "pred_Religion"}));
    }
};

QTEST_GUILESS_MAIN(TestImportMapping)
#include "tst_import_mapping.moc"
