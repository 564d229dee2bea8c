#include "core/ocr/ocr_pool.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fstream>
#include <iterator>

using namespace modscope;
using namespace modscope::test;

namespace {

std::shared_ptr<const std::vector<std::byte>> bytesOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto* begin = reinterpret_cast<const std::byte*>(text.data());
    return std::make_shared<const std::vector<std::byte>>(begin, begin + text.size());
}

} // namespace

class TestOcrPool : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void picturesAreWantedByModeAndText()
    {
        QVERIFY(!wantsReading(OcrMode::Off, false, true));
        QVERIFY(wantsReading(OcrMode::Auto, false, true));
        QVERIFY(!wantsReading(OcrMode::Auto, true, true));
        QVERIFY(wantsReading(OcrMode::Always, true, true));
        QVERIFY(!wantsReading(OcrMode::Always, true, false));
    }

    void filesAndBytesAreReadAndABadOneSinksNothing()
    {
        auto pool = OcrPool::open({}, 2).value();
        QCOMPARE(pool->workers(), std::size_t{2});
        QCOMPARE(pool->languages(), std::string("eng"));
        auto file = pool->submit({resource("demo/samples/12_pizza.webp"), nullptr});
        auto bad = pool->submit({resource("demo/samples/samples.csv"), nullptr});
        auto missing = pool->submit({"no_such_picture.png", nullptr});
        auto bytes = pool->submit({{}, bytesOf(resource("demo/samples/12_pizza.webp"))});
        QCOMPARE(file.get().value().text, std::string("PIZZA HAS NO HATERS"));
        QCOMPARE(bad.get().error().code, ErrorCode::ParseError);
        QCOMPARE(missing.get().error().code, ErrorCode::NotFound);
        QCOMPARE(bytes.get().value().text, std::string("PIZZA HAS NO HATERS"));
    }

    void theEndOfThePoolCancelsWhatWaits()
    {
        std::vector<std::future<Result<OcrText>>> results;
        {
            auto pool = OcrPool::open({}, 1).value();
            for (int i = 0; i < 50; ++i) {
                results.push_back(pool->submit({resource("demo/samples/11_screen.jpg"), nullptr}));
            }
        }
        std::size_t cancelled = 0;
        for (auto& result : results) {
            const auto text = result.get();
            cancelled += !text && text.error().code == ErrorCode::Cancelled ? 1 : 0;
        }
        QVERIFY(cancelled >= 48);
    }

    void aMissingLanguageIsToldAtOnce()
    {
        const auto pool = OcrPool::open({.languages = {"xyz"}, .dataFolder = {}, .limits = {}}, 2);
        QVERIFY(!pool);
        QCOMPARE(pool.error().code, ErrorCode::Unavailable);
    }
};

QTEST_GUILESS_MAIN(TestOcrPool)
#include "tst_ocr_pool.moc"
