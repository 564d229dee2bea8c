#include "core/similarity/border_trim.h"
#include "tests/similarity/memes.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <array>

using namespace modscope;
using namespace modscope::test;

class TestBorderTrim : public QObject {
    Q_OBJECT

    const Image m_picture = photo(1);

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void aFrameIsFoundToThePixel()
    {
        QCOMPARE(*findBorder(m_picture), Border{});
        const Image picture = framed(m_picture, 0.08, 0);
        const int x = static_cast<int>(0.08 * m_picture.width);
        const int y = static_cast<int>(0.08 * m_picture.height);
        QCOMPARE(*findBorder(picture), (Border{x, y, x, y}));
        QCOMPARE(withoutBorder(picture, *findBorder(picture)), m_picture);
    }

    void barsAboveAndBelowAreFound() { QCOMPARE(*findBorder(letterboxed(m_picture, 37)), (Border{0, 37, 0, 37})); }

    void framesAroundFramesAreFound()
    {
        const Image picture = letterboxed(framed(framed(m_picture, 0.03, 255), 0.04, 0), 20);
        QCOMPARE(withoutBorder(picture, *findBorder(picture)), m_picture);
    }

    void compressionNoiseIsTolerated()
    {
        const Image picture = noisy(framed(m_picture, 0.08, 128), 12, 1);
        const int x = static_cast<int>(0.08 * m_picture.width);
        const Border border = *findBorder(picture);
        QCOMPARE(border.left, x);
        QCOMPARE(border.right, x);
    }

    void fewSpecksAreTolerated()
    {
        Image picture = framed(m_picture, 0.08, 0);
        std::array<std::uint8_t, 3> white{255, 255, 255};
        std::copy(white.begin(), white.end(), picture.rgb.begin() + 3 * 5); // in the first row
        QCOMPARE(findBorder(picture)->top, static_cast<int>(0.08 * m_picture.height));
    }

    void captionsInABarStay()
    {
        const Image picture = captioned(letterboxed(m_picture, m_picture.height / 5), 3);
        const Border border = *findBorder(picture);
        QVERIFY(border.top < m_picture.height / 10);
        QVERIFY(border.bottom < m_picture.height / 10);
    }

    void aFlatPictureIsLeftAlone()
    {
        const Image flat{80, 60, std::vector<std::uint8_t>(3 * 80 * 60, 200)};
        QCOMPARE(*findBorder(flat), Border{});
    }

    void aPictureIsNeverTrimmedBelowItsShare()
    {
        const Image dot = framed(m_picture, 2.0, 0); // the picture is a fifth of each side
        QCOMPARE(*findBorder(dot), Border{});
        const Image small = framed(m_picture, 0.5, 0); // a half
        QCOMPARE(withoutBorder(small, *findBorder(small)), m_picture);
    }

    void onePixelIsAPicture() { QCOMPARE(*findBorder(Image{1, 1, {1, 2, 3}}), Border{}); }

    void aBufferOfAnotherSizeIsAnError()
    {
        QCOMPARE(findBorder(Image{2, 2, {1, 2, 3}}).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestBorderTrim)
#include "tst_border_trim.moc"
