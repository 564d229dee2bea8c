#include "tests/support/test_data.h"
#include "tests/ui/stretched_language.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/review_centre.h"
#include "ui/theme/theme.h"
#include "ui/widgets/caption_view.h"
#include "ui/widgets/claim_chip.h"
#include "ui/widgets/disclosure_stepper.h"
#include "ui/widgets/disclosure_tile.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/key_sentence.h"
#include "ui/widgets/masked_text.h"
#include "ui/widgets/scores_card.h"
#include "ui/widgets/today_card.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace modscope;
using namespace modscope::ui;

namespace {

QImage plain(const QColor& colour)
{
    QImage image(256, 192, QImage::Format_RGB32);
    image.fill(colour);
    return image;
}

ReviewTaskView taskView()
{
    ReviewTaskView task;
    task.key = QStringLiteral("4f2a-91c0");
    task.source = QStringLiteral("User report");
    task.text = QStringLiteral("me, hearing the fridge");
    task.imagePath = QStringLiteral("cat.jpg");
    task.labels = {"racism", "religion"};
    task.scores = {{"religion", {{.probability = 0.57F, .threshold = 0.52F, .flagged = true}}},
                   {"racism", {{.probability = 0.22F, .threshold = 0.58F}}}};
    ModelSummary model;
    model.letter = QStringLiteral("A");
    model.name = QStringLiteral("clip-fusion-v7");
    task.models = {model};
    task.priority = {.total = 0.5, .risk = 0.5};
    return task;
}

/// Words 40 % longer, as German ones are.
ReviewTaskView longWords()
{
    ReviewTaskView task = taskView();
    task.source = QStringLiteral("Nutzermeldung über das Beschwerdeformular der Webseite");
    task.text =
        QStringLiteral("Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikant und die Rechtsschutzversicherungen");
    task.ocrText = QStringLiteral("etwas ganz anderes, das die Texterkennung gelesen hat");
    task.labels = {"gruppenbezogene_menschenfeindlichkeit", "religion"};
    task.scores.front().label = task.labels.front();
    for (int i = 0; i < 30; ++i) {
        DuplicateView duplicate;
        duplicate.id = 10 + i;
        duplicate.key = QStringLiteral("91c1-07ab");
        task.duplicates.push_back(duplicate);
    }
    return task;
}

} // namespace

class TestReviewCentre : public QObject {
    Q_OBJECT
private:
    struct Desk {
        Desk() : theme(*qApp), registry(&theme), centre((addActions(), &theme), &registry)
        {
            centre.resize(780, 740);
            centre.show();
            if (!QTest::qWaitForWindowActive(&centre)) {
                qFatal("the window did not become active: keys would go nowhere");
            }
        }
        void addActions()
        {
            registry.add({.id = QStringLiteral("review.import"),
                          .label = QStringLiteral("Import items"),
                          .run = [this] { ++imported; }});
            registry.add({.id = QStringLiteral("review.revealGrey"),
                          .label = QStringLiteral("Reveal"),
                          .keys = {QStringLiteral("Num+.")},
                          .run = [] {}});
        }
        void show(const ReviewTaskView& task)
        {
            centre.showTask(task);
            centre.setCoveredTile(plain(Qt::gray));
            centre.setPicture({{plain(Qt::red)}, {plain(Qt::darkGray)}, {}, {256, 192}, {}});
        }
        [[nodiscard]] QString words() const
        {
            QStringList words;
            for (const QLabel* label : centre.findChildren<QLabel*>()) {
                if (label->isVisible()) {
                    words << label->text();
                }
            }
            return words.join(QLatin1Char('|'));
        }

        int imported = 0;
        Theme theme;
        ActionRegistry registry;
        ReviewCentre centre;
    };

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void evidenceComesBeforeThePicture()
    {
        Desk desk;
        desk.centre.showTask(taskView());
        QCOMPARE(desk.centre.stepper()->stage(), Disclosure::TextOnly);
        QVERIFY(desk.centre.scores()->isVisible());
        QVERIFY(desk.words().contains(QStringLiteral("User report")));
        desk.centre.setCoveredTile(plain(Qt::gray));
        QCOMPARE(desk.centre.stepper()->stage(), Disclosure::CoveredTile);
        desk.centre.setPicture({{plain(Qt::red)}, {plain(Qt::darkGray)}, {}, {256, 192}, {}});
        QVERIFY(!desk.centre.tile()->isRevealed());
        desk.centre.tile()->beginHold();
        QCOMPARE(desk.centre.stepper()->stage(), Disclosure::Revealed);
        QCOMPARE(desk.centre.stepper()->accessibleName(), QStringLiteral("Step 3 of 3: Revealed"));
        desk.centre.showTask(taskView());
        QVERIFY(!desk.centre.tile()->isRevealed());
        QCOMPARE(desk.centre.stepper()->stage(), Disclosure::TextOnly);
    }

    void aBlindItemShowsNoScoresAndNoOrigin()
    {
        Desk desk;
        ReviewTaskView task = taskView();
        task.scoresHidden = true;
        task.source.clear();
        desk.show(task);
        QVERIFY(!desk.centre.scores()->isVisible());
        const QString words = desk.words();
        QVERIFY(!words.contains(QStringLiteral("Why it is next")));
        QVERIFY(!words.contains(QStringLiteral(" band")));
        QVERIFY(words.contains(QStringLiteral("Scores and other opinions are hidden for this item.")));
    }

    void anOpenPictureIsDescribedByItsMaskedWordsAndItsClasses()
    {
        Desk desk;
        desk.centre.setMask(CaptionMask({QStringLiteral("fridge")}));
        desk.show(taskView());
        desk.centre.tile()->beginHold();
        QCOMPARE(desk.centre.tile()->accessibleName(),
                 QStringLiteral("Picture, revealed: me, hearing the masked word; Religion"));
        desk.centre.setMask({});
        QCOMPARE(desk.centre.tile()->accessibleName(),
                 QStringLiteral("Picture, revealed: me, hearing the fridge; Religion"));
    }

    void aMissingPictureSaysWhyAndTheRestStays()
    {
        Desk desk;
        ReviewTaskView task = taskView();
        task.problem = QStringLiteral("The picture is missing: cat.jpg. Decide from text, skip, or locate it.");
        desk.centre.showTask(task);
        QCOMPARE(desk.centre.tile()->accessibleName(), task.problem);
        QVERIFY(desk.centre.scores()->isVisible());
        task = taskView();
        task.imagePath.clear();
        desk.centre.showTask(task);
        QCOMPARE(desk.centre.tile()->accessibleName(), QStringLiteral("No picture: decide from the text."));
    }

    void theKeysAreThePersonsOwn()
    {
        Desk desk;
        desk.show(taskView());
        QVERIFY2(desk.centre.tile()->sentence().startsWith(QStringLiteral("Hold . to reveal")) ||
                     desk.centre.tile()->sentence().startsWith(QStringLiteral("Hold Num+. to reveal")),
                 qPrintable(desk.centre.tile()->sentence()));
        desk.registry.remap(QStringLiteral("review.revealGrey"), QKeySequence(Qt::Key_F));
        QVERIFY(desk.centre.tile()->sentence().startsWith(QStringLiteral("Hold F to reveal")));
    }

    void anEmptyQueueSaysWhatToDo()
    {
        Desk desk;
        desk.show(taskView());
        desk.centre.tile()->beginHold();
        desk.centre.setMessage(QStringLiteral("Nothing waits in this queue."),
                               QStringLiteral("Only together has 38 items."), QStringLiteral("review.import"));
        QVERIFY(!desk.centre.tile()->isRevealed());
        QVERIFY(desk.words().contains(QStringLiteral("Nothing waits in this queue.")));
        for (QPushButton* button : desk.centre.findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == QStringLiteral("Import items")) {
                QTest::mouseClick(button, Qt::LeftButton);
            }
        }
        QCOMPARE(desk.imported, 1);
    }

    void longWordsFitTheSmallestWindow()
    {
        const QSize room(652, 620); // of 1120 x 700: without rail, list strip, inspector, header and status line
        const test::StretchedLanguage language;
        Desk desk;
        desk.show(longWords());
        desk.centre.claim()->setTimeLeft(500'000);
        desk.centre.setSplit(QStringLiteral("Religion"), QStringLiteral("A"),
                             SplitValues{0.4F, -0.2F, 1.4F, true, true});
        desk.centre.resize(room);
        QCoreApplication::processEvents();
        const QSize least = desk.centre.minimumSizeHint();
        QVERIFY2(least.width() <= room.width() && least.height() <= room.height(),
                 qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
        QVERIFY(!desk.centre.stepper()->showsNames());
    }

    void theClaimCountsDown()
    {
        const Theme theme(*qApp);
        ClaimChip chip(&theme);
        QSignalSpy ending(&chip, &ClaimChip::ending);
        QSignalSpy ended(&chip, &ClaimChip::ended);
        chip.setTimeLeft(552'000);
        QCOMPARE(chip.text(), QStringLiteral("Claimed, 9:12 left"));
        QVERIFY(!chip.isEnding());
        chip.setTimeLeft(100'000);
        QVERIFY(chip.isEnding());
        QCOMPARE(chip.toolTip(), QStringLiteral("Your claim ends in 1:40. Any key keeps it."));
        QCOMPARE(ending.count(), 1);
        chip.setTimeLeft(600'000); // renewed
        QVERIFY(!chip.isEnding());
        QCOMPARE(ended.count(), 0);
        chip.setTimeLeft(500);
        QVERIFY(ended.wait(5000));
        chip.setLost();
        QCOMPARE(chip.text(), QStringLiteral("Claim lost"));
        chip.clear();
        QVERIFY(chip.text().isEmpty());
    }

    void todayIsSaidWithoutAScore()
    {
        const Theme theme(*qApp);
        TodayCard card(&theme);
        card.setToday({.decided = 41, .covered = 29, .revealedMinutes = 6, .doseMinutes = 45});
        QCOMPARE(card.summary(),
                 QStringLiteral("Today, private to you: 41 decided, 29 covered, 6 min revealed of 45 min"));
        card.setToday({.decided = 1, .covered = 1, .revealedMinutes = 99, .doseMinutes = 0});
        QVERIFY(card.summary().contains(QStringLiteral("99 min revealed")));
    }

    void keysStandInsideASentenceWhereTheTranslationPutsThem()
    {
        const Theme theme(*qApp);
        KeySentence sentence(&theme);
        sentence.setSentence(QStringLiteral("%2 adds, 100 % sure, hold %1"),
                             {QStringLiteral("Space"), QStringLiteral("C")});
        QCOMPARE(sentence.text(), QStringLiteral("C adds, 100 % sure, hold Space"));
        QVERIFY(sentence.heightForWidth(80) > sentence.heightForWidth(2000));
    }
};

QTEST_MAIN(TestReviewCentre)
#include "tst_review_centre.moc"
