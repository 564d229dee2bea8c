#include "tests/support/test_data.h"
#include "ui/theme/theme.h"
#include "ui/widgets/caption_view.h"
#include "ui/widgets/masked_text.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QTest>

#include <cmath>
#include <set>

using namespace modscope::ui;

namespace {

const QString kCaption = QStringLiteral("you idiot, hearing the fridge");

QStringList visibleWords(const QWidget& view)
{
    QStringList words;
    for (const QLabel* label : view.findChildren<QLabel*>()) {
        if (label->isVisible() && !label->text().isEmpty()) {
            words << label->text();
        }
    }
    return words;
}

} // namespace

class TestCaptionView : public QObject {
    Q_OBJECT
private:
    struct Desk {
        Desk() : theme(*qApp), view(&theme)
        {
            view.setMask(CaptionMask({QStringLiteral("idiot"), QStringLiteral("nitwit")}));
            view.setUnmaskKey(QStringLiteral("T"));
            view.resize(420, 220);
            view.show();
            if (!QTest::qWaitForWindowExposed(&view)) {
                qFatal("the view was not shown");
            }
        }
        Theme theme;
        CaptionView view;
    };

private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void aTargetedWordIsABlockUntilTheKeyIsHeld()
    {
        Desk desk;
        desk.view.setTexts(kCaption, {});
        MaskedText* text = desk.view.caption();
        QCOMPARE(text->shownText(), QStringLiteral("you [masked], hearing the fridge"));
        QVERIFY(visibleWords(desk.view).contains(QStringLiteral("Hold T to unmask")));
        desk.view.unmask(true);
        QCOMPARE(text->shownText(), kCaption);
        desk.view.unmask(false);
        QCOMPARE(text->shownText(), QStringLiteral("you [masked], hearing the fridge"));
    }

    void aBlockIsAsWideAsItsWord()
    {
        Desk desk;
        desk.view.setTexts(kCaption, {});
        MaskedText* text = desk.view.caption();
        const QFontMetricsF metrics(text->document()->defaultFont());
        QVERIFY(std::abs(text->blockRect(0).width() - metrics.horizontalAdvance(QStringLiteral("idiot"))) < 1);
        const QRect block = text->blockRect(0).toRect();
        QVERIFY(text->viewport()->rect().contains(block)); // the card is as tall as its lines
        const QImage shown = text->viewport()->grab(block).toImage();
        std::set<QRgb> colours;
        for (int x = 0; x < shown.width(); ++x) {
            colours.insert(shown.pixel(x, shown.height() / 2));
        }
        QVERIFY(colours.size() > 2); // hatched
    }

    void aScreenReaderHearsThatAWordIsMasked()
    {
        Desk desk;
        desk.view.setTexts(kCaption, {});
        QCOMPARE(desk.view.caption()->accessibleDescription(), QStringLiteral("you masked word, hearing the fridge"));
        desk.view.unmask(true);
        QCOMPARE(desk.view.caption()->accessibleDescription(), kCaption);
    }

    void aCopyKeepsTheMask()
    {
        Desk desk;
        desk.view.setTexts(kCaption, {});
        desk.view.caption()->setFocus();
        desk.view.caption()->selectAll();
        QTest::keyClick(desk.view.caption(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("you [masked], hearing the fridge"));
        QVERIFY(!QApplication::clipboard()->mimeData()->hasHtml());
    }

    void pressingABlockShowsThatWordAlone()
    {
        Desk desk;
        desk.view.setTexts(QStringLiteral("idiot and nitwit"), {});
        MaskedText* text = desk.view.caption();
        const QPoint second = text->blockRect(1).center().toPoint();
        QTest::mousePress(text->viewport(), Qt::LeftButton, {}, second);
        QCOMPARE(text->shownText(), QStringLiteral("[masked] and nitwit"));
        QTest::mouseRelease(text->viewport(), Qt::LeftButton, {}, second);
        QCOMPARE(text->shownText(), QStringLiteral("[masked] and [masked]"));
        QVERIFY(!text->hasFocus());
    }

    void whereTheWordsComeFromIsSaid()
    {
        Desk desk;
        desk.view.setTexts(kCaption, kCaption.toUpper());
        QVERIFY(visibleWords(desk.view).contains(QStringLiteral("Caption and OCR agree")));
        QVERIFY(!desk.view.ocr()->isVisible());
        desk.view.setTexts(kCaption, QStringLiteral("the nitwit's bridge"));
        QVERIFY(visibleWords(desk.view).contains(QStringLiteral("Caption and OCR differ")));
        QVERIFY(desk.view.ocr()->isVisible());
        QCOMPARE(desk.view.ocr()->shownText(), QStringLiteral("the [masked]'s bridge"));
        desk.view.setTexts({}, kCaption);
        QVERIFY(visibleWords(desk.view).contains(QStringLiteral("Read from the picture")));
        QCOMPARE(desk.view.caption()->shownText(), QStringLiteral("you [masked], hearing the fridge"));
        desk.view.setTexts({}, {});
        QVERIFY(visibleWords(desk.view).contains(QStringLiteral("No text.")));
    }

    void whatNobodySeesIsSpelledOutAndStillMasked()
    {
        Desk desk;
        desk.view.setTexts(QString::fromUtf8("an id\u200Biot \u202Eabc"), {});
        QCOMPARE(desk.view.caption()->shownText(), QStringLiteral("an [masked] <U+202E>abc"));
        desk.view.unmask(true);
        QCOMPARE(desk.view.caption()->shownText(), QStringLiteral("an id<U+200B>iot <U+202E>abc"));
    }
};

QTEST_MAIN(TestCaptionView)
#include "tst_caption_view.moc"
