#include "tests/support/test_data.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_label.h"

#include <QApplication>
#include <QFile>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace modscope::ui; // the whole test is about this namespace

class TestTheme final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void textHasTheContrastThatReadingNeeds_data();
    void textHasTheContrastThatReadingNeeds();
    void classMarksStandOutFromCards_data();
    void classMarksStandOutFromCards();
    void everyListedIconIsDrawnInTheTokensColour();
    void arrowsStandOutOnEveryScheme();
    void iconLabelsFollowTheTheme();
    void switchingTellsAndRecolours();
    void theSheetIsShortAndEveryNameInItIsKnown();
    void scalingThereAndBackLeavesNothingBehind();
    void scaleStaysWithinItsLimits();
};

void TestTheme::textHasTheContrastThatReadingNeeds_data()
{
    QTest::addColumn<Token>("front");
    QTest::addColumn<Token>("back");
    QTest::addColumn<double>("light");
    QTest::addColumn<double>("dark");
    QTest::addColumn<double>("highContrast");
    QTest::newRow("text on window") << Token::Text << Token::Window << 15.2 << 15.0 << 21.0;
    QTest::newRow("secondary on window") << Token::Text2 << Token::Window << 6.1 << 8.5 << 21.0;
    QTest::newRow("secondary on sunken") << Token::Text2 << Token::Sunken << 5.7 << 8.8 << 21.0;
    QTest::newRow("hint on window") << Token::Text3 << Token::Window << 4.7 << 6.5 << 15.9;
    QTest::newRow("primary button") << Token::OnAccent << Token::Accent << 7.1 << 8.2 << 16.1;
    QTest::newRow("accent on surface") << Token::Accent << Token::Surface << 7.1 << 7.3 << 16.1;
    QTest::newRow("accent on its soft") << Token::Accent << Token::AccentSoft << 6.1 << 6.0 << 11.7;
    QTest::newRow("secondary on selection") << Token::Text2 << Token::AccentSoft << 5.7 << 6.4 << 15.1;
    QTest::newRow("flag") << Token::Flag << Token::FlagSoft << 5.6 << 6.6 << 9.5;
    QTest::newRow("review") << Token::Review << Token::ReviewSoft << 5.7 << 7.8 << 11.7;
    QTest::newRow("clear") << Token::Clear << Token::ClearSoft << 5.3 << 7.5 << 11.9;
    QTest::newRow("info") << Token::Info << Token::InfoSoft << 5.0 << 6.5 << 9.5;
    QTest::newRow("control border on window") << Token::Line2 << Token::Window << 3.0 << 4.4 << 21.0;
    QTest::newRow("control border on surface") << Token::Line2 << Token::Surface << 3.3 << 4.0 << 21.0;
}

void TestTheme::textHasTheContrastThatReadingNeeds()
{
    QFETCH(Token, front);
    QFETCH(Token, back);
    QFETCH(double, light);
    QFETCH(double, dark);
    QFETCH(double, highContrast);
    const auto measured = [&](Scheme scheme) { return contrast(tokenColor(scheme, front), tokenColor(scheme, back)); };
    QVERIFY2(std::abs(measured(Scheme::Light) - light) <= 0.06, qPrintable(QString::number(measured(Scheme::Light))));
    QVERIFY2(std::abs(measured(Scheme::Dark) - dark) <= 0.06, qPrintable(QString::number(measured(Scheme::Dark))));
    QVERIFY2(measured(Scheme::HighContrast) >= highContrast - 0.06,
             qPrintable(QString::number(measured(Scheme::HighContrast))));
}

void TestTheme::classMarksStandOutFromCards_data()
{
    QTest::addColumn<Scheme>("scheme");
    QTest::newRow("light") << Scheme::Light;
    QTest::newRow("dark") << Scheme::Dark;
    QTest::newRow("high contrast") << Scheme::HighContrast;
}

void TestTheme::classMarksStandOutFromCards()
{
    QFETCH(Scheme, scheme);
    for (int slot = 0; slot < kClassHues; ++slot) {
        const double measured = contrast(classColor(scheme, slot), tokenColor(scheme, Token::Surface));
        QVERIFY2(measured >= 3.0, qPrintable(QStringLiteral("slot %1: %2").arg(slot).arg(measured)));
    }
}

void TestTheme::everyListedIconIsDrawnInTheTokensColour()
{
    Theme theme(*qApp);
    theme.setChoice(ThemeChoice::Light);
    QFile list(QString::fromStdString(modscope::test::resource("icons.txt").string()));
    QVERIFY(list.open(QIODevice::ReadOnly));
    int checked = 0;
    const QStringList names = QString::fromUtf8(list.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QVERIFY(!names.isEmpty());
    for (const QString& name : names) {
        if (name.startsWith(QLatin1Char('#'))) {
            continue;
        }
        const QImage picture = theme.pixmap(name, Token::Flag, 16, 2.0).toImage();
        bool colored = false;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                const QColor pixel = picture.pixelColor(x, y);
                colored = colored || (pixel.alpha() == 255 && pixel.rgb() == theme.color(Token::Flag).rgb());
            }
        }
        QVERIFY2(colored, qPrintable(name));
        ++checked;
    }
    QVERIFY(checked > 50);
}

// The style sheet's arrows are files, so one grey must do for all schemes.
void TestTheme::arrowsStandOutOnEveryScheme()
{
    for (const char* name : {":/arrow-down.svg", ":/arrow-up.svg"}) {
        QFile file(QString::fromLatin1(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto match =
            QRegularExpression(QStringLiteral("stroke=\"(#[0-9A-F]{6})\"")).match(QString::fromUtf8(file.readAll()));
        QVERIFY(match.hasMatch());
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark, Scheme::HighContrast}) {
            QVERIFY(contrast(QColor(match.captured(1)), tokenColor(scheme, Token::Surface)) >= 3.0);
        }
    }
}

void TestTheme::iconLabelsFollowTheTheme()
{
    Theme theme(*qApp);
    theme.setChoice(ThemeChoice::Light);
    IconLabel label(&theme, 18);
    label.setIcon(QStringLiteral("gear"), Token::Accent);
    label.resize(label.sizeHint());
    const QImage light = label.grab().toImage();
    theme.setChoice(ThemeChoice::Dark);
    const QImage dark = label.grab().toImage();
    label.setIcon(QStringLiteral("gear"), Token::Flag);
    QVERIFY(light != dark);
    QVERIFY(dark != label.grab().toImage());
    theme.setScalePercent(200);
    QCOMPARE(label.sizeHint(), QSize(36, 36));
}

void TestTheme::switchingTellsAndRecolours()
{
    Theme theme(*qApp);
    theme.setChoice(ThemeChoice::Light);
    QSignalSpy changed(&theme, &Theme::changed);
    const QIcon icon = theme.icon(QStringLiteral("gear"), Token::Text);
    const QImage before = icon.pixmap(16).toImage();
    theme.setChoice(ThemeChoice::Dark);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(theme.scheme(), Scheme::Dark);
    QCOMPARE(qApp->palette().color(QPalette::Window), theme.color(Token::Window));
    QVERIFY(icon.pixmap(16).toImage() != before);
    theme.setChoice(ThemeChoice::Dark);
    QCOMPARE(changed.count(), 1);
}

void TestTheme::theSheetIsShortAndEveryNameInItIsKnown()
{
    QFile sheet(QStringLiteral(":/theme/modscope.qss"));
    QVERIFY(sheet.open(QIODevice::ReadOnly));
    QVERIFY(sheet.readAll().count('\n') < 120);
    Theme theme(*qApp); // an unknown name ends the program here
    QVERIFY(!qApp->styleSheet().contains(QLatin1Char('@')));
}

void TestTheme::scalingThereAndBackLeavesNothingBehind()
{
    Theme theme(*qApp);
    QWidget window;
    auto* row = new QHBoxLayout(&window);
    row->setContentsMargins(20, 0, 16, 0);
    row->setSpacing(10);
    auto* button = new QToolButton;
    button->setFixedWidth(76);
    button->setIconSize({20, 20});
    row->addWidget(button);
    window.show();
    theme.setScalePercent(150);
    QCOMPARE(row->contentsMargins(), QMargins(30, 0, 24, 0));
    QCOMPARE(row->spacing(), 15);
    QCOMPARE(button->minimumWidth(), 114);
    QCOMPARE(button->maximumWidth(), 114);
    QCOMPARE(button->iconSize(), QSize(30, 30));
    theme.setScalePercent(80);
    theme.setScalePercent(100);
    QCOMPARE(row->contentsMargins(), QMargins(20, 0, 16, 0));
    QCOMPARE(row->spacing(), 10);
    QCOMPARE(button->minimumWidth(), 76);
    QCOMPARE(button->iconSize(), QSize(20, 20));
}

void TestTheme::scaleStaysWithinItsLimits()
{
    Theme theme(*qApp);
    theme.setScalePercent(500);
    QCOMPARE(theme.scalePercent(), 200);
    theme.setScalePercent(1);
    QCOMPARE(theme.scalePercent(), 80);
    QCOMPARE(theme.px(30), 24);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
