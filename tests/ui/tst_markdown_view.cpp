#include "tests/support/test_data.h"
#include "ui/models/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/markdown_view.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextTable>

using namespace modscope::ui;

// A model card is text from anywhere: it is shown, and nothing else happens.
class TestMarkdownView : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;

    static bool hasLinkOrPicture(const QTextDocument& document)
    {
        for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
            for (auto part = block.begin(); !part.atEnd(); ++part) {
                const QTextCharFormat format = part.fragment().charFormat();
                if (format.isAnchor() || format.isImageFormat()) {
                    return true;
                }
            }
        }
        return false;
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void init() { modscope::test::failOnWarnings(); }

    void whatIsHostileIsShownAsText_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QString>("shown");
        QTest::newRow("script") << "a <script>alert(1)</script> b"
                                << "<script>alert(1)</script>";
        QTest::newRow("html image") << "<img src=\"file:///etc/passwd\">"
                                    << "file:///etc/passwd";
        QTest::newRow("html block") << "<h1>Big</h1>\n\n<iframe src=x></iframe>"
                                    << "<iframe src=x></iframe>";
        QTest::newRow("javascript link") << "[click](javascript:alert(1))"
                                         << "click (javascript:alert(1))";
        QTest::newRow("file link") << "[me](file:///etc/passwd)"
                                   << "me (file:///etc/passwd)";
        QTest::newRow("web link") << "<https://example.org/a>"
                                  << "https://example.org/a";
        QTest::newRow("picture") << "![cat](file:///etc/passwd)"
                                 << "[picture: file:///etc/passwd]";
        QTest::newRow("web picture") << "![cat](https://example.org/a.png)"
                                     << "[picture: https://example.org/a.png]";
        QTest::newRow("data picture") << "![x](data:image/png;base64,iVBORw0KGgo=)"
                                      << "[picture: data:image/png";
    }

    void whatIsHostileIsShownAsText()
    {
        QFETCH(const QString, markdown);
        QFETCH(const QString, shown);
        MarkdownView view(m_theme.get());
        view.resize(400, 300);
        view.show();
        view.setText(markdown);
        QVERIFY2(view.toPlainText().contains(shown), qPrintable(view.toPlainText()));
        QVERIFY(!hasLinkOrPicture(*view.document()));
    }

    void noResourceIsEverFound()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("secret.txt"));
        QFile secret(file);
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.write("secret");
        secret.close();
        MarkdownView view(m_theme.get());
        view.setText(QStringLiteral("words"));
        for (const QUrl& url : {QUrl::fromLocalFile(file), QUrl(QStringLiteral("qrc:/theme/modscope.qss"))}) {
            QCOMPARE(view.document()->resource(QTextDocument::ImageResource, url).toByteArray(), QByteArray());
            QCOMPARE(view.loadResource(QTextDocument::HtmlResource, url).toByteArray(), QByteArray());
        }
    }

    void aClickOnALinkGoesNowhere()
    {
        MarkdownView view(m_theme.get());
        QSignalSpy clicked(&view, &QTextBrowser::anchorClicked);
        view.resize(400, 200);
        view.show();
        view.setText(QStringLiteral("[aaaaaaaaaaaaaaaaaaaaaaaaa](https://example.org)"));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(40, 20));
        QCOMPARE(clicked.count(), 0);
        QCOMPARE(view.source(), QUrl());
    }

    void tablesAndHeadingsAreFormatted()
    {
        MarkdownView view(m_theme.get());
        view.setText(QStringLiteral("# Title\n\n| set | ROC |\n|---|---|\n| test | **0.7** |\n"));
        QVERIFY(view.document()->begin().blockFormat().headingLevel() == 1);
        const auto frames = view.document()->rootFrame()->childFrames();
        QCOMPARE(frames.size(), 1);
        QCOMPARE(qobject_cast<QTextTable*>(frames.front())->rows(), 2);
    }

    void aVeryLongCardIsCutAndSaysSo()
    {
        MarkdownView view(m_theme.get());
        view.setText(QString(MarkdownView::kMaxCharacters + 10, u'x'));
        QVERIFY(view.toPlainText().endsWith(QStringLiteral("it is too long.")));
    }

    void controlsThatTurnTextAroundAreSpelledOut()
    {
        QCOMPARE(visibleText(QStringLiteral("safe\u202Egpj.exe")), QStringLiteral("safe<U+202E>gpj.exe"));
        QCOMPARE(visibleText(QStringLiteral("a\nb\tc")), QStringLiteral("a<U+000A>b<U+0009>c"));
        QCOMPARE(visibleText(QStringLiteral("a\nb"), true), QStringLiteral("a\nb"));
        QCOMPARE(visibleText(QStringLiteral("\u2066x\u2069\u200B")), QStringLiteral("<U+2066>x<U+2069><U+200B>"));
        QCOMPARE(visibleText(QStringLiteral("ümlaut 漢字 😀")), QStringLiteral("ümlaut 漢字 😀"));
    }
};

QTEST_MAIN(TestMarkdownView)
#include "tst_markdown_view.moc"
