#include "core/image/decode.h"
#include "core/ocr/ocr_reader.h"
#include "tests/ocr/reading_accuracy.h"
#include "tests/support/test_data.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <stop_token>
#include <unistd.h>

Q_DECLARE_METATYPE(modscope::Image)

using namespace modscope;
using namespace modscope::test;

namespace {

Image sample(const char* name)
{
    return decodeImageFile(resource(std::string("demo/samples/") + name)).value().image;
}

Image filled(int width, int height, std::uint8_t value)
{
    return {width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height) * 3, value)};
}

/// A picture's part without its captions.
Image rows(const Image& image, int first, int count)
{
    const auto stride = static_cast<std::ptrdiff_t>(image.width) * 3;
    return {image.width, count, {image.rgb.begin() + first * stride, image.rgb.begin() + (first + count) * stride}};
}

std::string spaced(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

/// What a call writes to standard error.
QByteArray errorOutputOf(const std::function<void()>& call)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("stderr")));
    if (!file.open(QIODevice::ReadWrite)) {
        return "the file for standard error could not be made";
    }
    const int before = ::dup(STDERR_FILENO);
    ::dup2(file.handle(), STDERR_FILENO);
    call();
    std::fflush(stderr);
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    file.seek(0);
    return file.readAll();
}

} // namespace

class TestOcrReader : public QObject {
    Q_OBJECT
private:
    OcrReader m_reader = OcrReader::open().value();

private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void captionsOfTheSamplesAreReadWithFewErrors()
    {
        CharacterErrors sum;
        for (const auto& picture : captionedPictures(testData("ocr/demo_captions.csv"), resource("demo/samples"))) {
            const auto read = m_reader.read(picture.image);
            QVERIFY(read);
            sum += characterErrors(picture.caption, read->text);
        }
        QCOMPARE(sum.length, std::size_t{444});
        QVERIFY2(sum.rate() < 0.03, qPrintable(QString::number(sum.rate())));
    }

    void lightAndDarkLettersAreRead()
    {
        const Image light = sample("03_bugs.jpg");
        const auto read = m_reader.read(light).value();
        QCOMPARE(spaced(read.text), std::string("FIXED ONE BUG MET ITS THREE COUSINS"));
        QCOMPARE(read.polarity, OcrPolarity::LightText);
        QVERIFY(read.confidence > 0.85F && read.confidence <= 1);
        QCOMPARE(read.languages, std::string("eng"));

        const auto dark = m_reader.read(inverted(light)).value();
        QCOMPARE(dark.text, read.text);
        QCOMPARE(dark.polarity, OcrPolarity::DarkText);
    }

    void boxesAreInThePicturesPixels()
    {
        const Image image = sample("03_bugs.jpg");
        const auto read = m_reader.read(image).value();
        QCOMPARE(read.words.size(), std::size_t{7});
        for (const OcrWord& word : read.words) {
            QVERIFY(word.box.x >= 0 && word.box.x + word.box.width <= image.width);
            QVERIFY(word.box.y >= 0 && word.box.y + word.box.height <= image.height);
            QVERIFY(word.box.height >= 15 && word.box.height <= 45); // capitals of about 30 pixels
        }
        QVERIFY(read.words.front().box.y + read.words.front().box.height < image.height / 4); // FIXED, at the top
        QVERIFY(read.words.back().box.y > image.height * 3 / 4);                              // COUSINS, at the bottom
        QVERIFY(read.words.front().line < read.words.back().line);
    }

    void aPictureWithoutTextGivesNoText_data()
    {
        QTest::addColumn<Image>("image");
        QTest::newRow("white") << filled(300, 200, 255);
        QTest::newRow("black") << filled(300, 200, 0);
        QTest::newRow("four insects") << rows(sample("03_bugs.jpg"), 100, 180);
        QTest::newRow("a face") << rows(sample("08_sandwich.jpg"), 105, 165);
        QTest::newRow("a screen") << rows(sample("11_screen.jpg"), 130, 360);
        QTest::newRow("noise") << withNoise(filled(300, 200, 128), 127);
        QTest::newRow("one pixel") << filled(1, 1, 255);
        QTest::newRow("a line") << filled(4000, 1, 255);
    }

    void aPictureWithoutTextGivesNoText()
    {
        QFETCH(const Image, image);
        const auto read = m_reader.read(image);
        QVERIFY(read);
        QCOMPARE(read->text, std::string());
        QCOMPARE(read->confidence, 0.0F);
        QVERIFY(read->words.empty());
    }

    void aLargePictureIsRead()
    {
        const auto read = m_reader.read(scaled(sample("03_bugs.jpg"), 8)); // 5760 x 3240
        QVERIFY(read);
        QCOMPARE(spaced(read->text), std::string("FIXED ONE BUG MET ITS THREE COUSINS"));
    }

    void aPictureBeyondTheLimitsIsRefused()
    {
        OcrOptions options;
        options.limits.maxPixels = 1000;
        auto reader = OcrReader::open(options).value();
        const auto read = reader.readFile(resource("demo/samples/03_bugs.jpg"));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::LimitExceeded);
        QVERIFY(read.error().message.find("03_bugs.jpg") != std::string::npos);
    }

    void aFileThatIsNoPictureIsAnErrorThatNamesIt()
    {
        const auto read = m_reader.readFile(resource("demo/samples/samples.csv"));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::ParseError);
        QVERIFY(read.error().message.find("samples.csv") != std::string::npos);
        QVERIFY(!m_reader.read(Image{2, 2, {}}));
    }

    void aStopCancelsAndTheReaderGoesOn()
    {
        std::stop_source source;
        source.request_stop();
        const auto read = m_reader.read(sample("03_bugs.jpg"), source.get_token());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Cancelled);
        QVERIFY(!m_reader.read(sample("03_bugs.jpg")).value().text.empty());
    }

    void theSamePictureGivesTheSameReadingWhateverCameBefore()
    {
        const auto first = m_reader.read(sample("10_tower.png")).value();
        (void)m_reader.read(sample("05_code.jpg"));
        QCOMPARE(m_reader.read(sample("10_tower.png")).value(), first);
    }

    void missingAndDamagedLanguagesAreErrors()
    {
        const QTemporaryDir folder;
        OcrOptions options;
        options.dataFolder = folder.path().toStdString();
        QCOMPARE(OcrReader::open(options).error().code, ErrorCode::Unavailable);

        QFile file(folder.filePath(QStringLiteral("eng.traineddata")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not a language");
        file.close();
        QByteArray printed = errorOutputOf([&] {
            const auto damaged = OcrReader::open(options);
            QVERIFY(!damaged);
            QCOMPARE(damaged.error().code, ErrorCode::ParseError);
            QVERIFY(damaged.error().message.find("'eng'") != std::string::npos);
        });
        QCOMPARE(printed, QByteArray());

        QCOMPARE(OcrReader::open({.languages = {"xyz"}, .dataFolder = {}, .limits = {}}).error().code,
                 ErrorCode::Unavailable);
    }

    void nothingIsPrinted()
    {
        const QByteArray printed = errorOutputOf([this] {
            (void)m_reader.read(withNoise(filled(600, 400, 128), 127));
            (void)m_reader.read(scaled(sample("03_bugs.jpg"), 0.05));
            (void)m_reader.read(filled(13, 3000, 255));
        });
        QCOMPARE(printed, QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestOcrReader)
#include "tst_ocr_reader.moc"
