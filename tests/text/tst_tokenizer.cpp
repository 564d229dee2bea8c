#include "core/text/tokenizer.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace modscope;
using Json = nlohmann::json;

namespace {

std::shared_ptr<const Tokenizer> openGolden(const std::string& model,
                                            TokenizerKind kind,
                                            const TokenizerOptions& options)
{
    auto tokenizer = openTokenizer(test::testData("golden/" + model + "/encoder"), kind, options);
    if (!tokenizer) {
        qFatal("%s", tokenizer.error().message.c_str());
    }
    return *tokenizer;
}

/// As the golden file has them: padded to maxLength.
std::vector<std::int32_t> padded(const Tokenizer& tokenizer, TokenIds result)
{
    result.ids.resize(tokenizer.options().maxLength, tokenizer.padId());
    return result.ids;
}

} // namespace

Q_DECLARE_METATYPE(modscope::TokenizerKind)

class TestTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void idsAndMasksEqualTheReference_data();
    void idsAndMasksEqualTheReference();
};

void TestTokenizer::idsAndMasksEqualTheReference_data()
{
    QTest::addColumn<std::string>("model");
    QTest::addColumn<TokenizerKind>("kind");
    for (const char* model : {"clip_fusion", "clip_fusion_sharded_fp16", "clip_fusion_wrapped", "clip_mtl",
                              "clip_mtl_flattened", "clip_mtl_hidden"}) {
        QTest::newRow(model) << std::string(model) << TokenizerKind::Clip;
    }
    QTest::newRow("siglip_fusion") << std::string("siglip_fusion") << TokenizerKind::Siglip;
    QTest::newRow("siglip2_fusion") << std::string("siglip2_fusion") << TokenizerKind::Siglip2;
}

void TestTokenizer::idsAndMasksEqualTheReference()
{
    QFETCH(std::string, model);
    QFETCH(TokenizerKind, kind);
    const Json texts = test::readJson(test::testData("golden/texts.json"));
    const Json expected = test::readJson(test::testData("golden/" + model + "/expected.json"));
    TokenizerOptions options{.maxLength = expected["max_text_length"].get<std::size_t>(), .lowercase = false};
    const auto asText = openGolden(model, kind, options);
    options.specialTokens = SpecialTokens::Honour;
    const auto honouring = openGolden(model, kind, options);
    options.lowercase = true;
    const auto lowerCasing = openGolden(model, kind, options);

    const auto compare = [&](const Tokenizer& tokenizer, const std::string& name, const Json& answer, const char* key) {
        const TokenIds result = tokenizer.encode(texts[name].get<std::string>());
        QVERIFY2(padded(tokenizer, result) == answer[key].get<std::vector<std::int32_t>>(), name.c_str());
        if (std::string_view(key) == "input_ids") {
            QCOMPARE(result.ids.size(), answer["attention_mask_ones"].get<std::size_t>());
        }
    };
    QCOMPARE(expected["texts"].size(), std::size_t{24});
    for (const auto& [name, answer] : expected["texts"].items()) {
        compare(*honouring, name, answer, "input_ids");
        const bool hasSpecials = answer.contains("special_strings_as_text");
        compare(*asText, name, hasSpecials ? answer["special_strings_as_text"] : answer, "input_ids");
        if (answer.contains("input_ids_lowercase")) {
            compare(*lowerCasing, name, answer, "input_ids_lowercase");
        }
    }
}

QTEST_GUILESS_MAIN(TestTokenizer)
#include "tst_tokenizer.moc"
