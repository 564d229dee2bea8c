#include "core/store/open_store.h"
#include "tests/support/test_data.h"
#include "ui/controllers/cover_loader.h"
#include "ui/controllers/review_desk.h"
#include "ui/models/cover_band.h"

#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace modscope;
using namespace modscope::ui;

namespace {

constexpr int kPatienceMs = 20'000;
constexpr double kSevere = 0.8;

template <typename T>
T valueOf(Result<T> result)
{
    if (!result) {
        qFatal("%s", result.error().message.c_str());
    }
    return std::move(*result);
}

std::vector<ClassScores> scored(float first, float second)
{
    const auto score = [](float probability) { return ModelScore{0, probability, 0, 0.5F, probability >= 0.5F}; };
    return {{"racist", {score(first)}}, {"religion", {score(second)}}};
}

const CoverStyles kStyles{{true, 0.02}, {true, 0.04}, {true, 0.05}};

/// The largest step between neighbours along the middle row: the sharper, the larger.
int sharpness(const QImage& image)
{
    int most = 0;
    for (int x = 1; x < image.width(); ++x) {
        const int y = image.height() / 2;
        most = std::max(most, std::abs(qGray(image.pixel(x, y)) - qGray(image.pixel(x - 1, y))));
    }
    return most;
}

} // namespace

/// How strongly pictures are covered, and that the strength tells nothing that a person must not know.
class TestCoverBand : public QObject {
    Q_OBJECT
private:
    /// Half black, half white.
    [[nodiscard]] QString picture(int number) const
    {
        const QString path = m_folder->filePath(QStringLiteral("meme%1.png").arg(number));
        QImage image(256, 192, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter(&image).fillRect(0, 0, 128, 192, QColor(0, 0, number)); // no two files are equal
        image.save(path);
        return path;
    }

    [[nodiscard]] QImage coverOf(CoverLoader& loader, ReviewItemId id, const QString& path, CoverBand band) const
    {
        QImage cover;
        const auto heard = connect(&loader, &CoverLoader::ready, &loader,
                                   [&](ReviewItemId ready, const QImage& tile) { cover = ready == id ? tile : cover; });
        loader.request(id, path, band);
        (void)QTest::qWaitFor([&] { return !cover.isNull(); }, kPatienceMs);
        disconnect(heard);
        return cover;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QThreadPool m_pool;

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }
    void cleanup() { m_pool.waitForDone(); }

    void aBandFollowsFromTheScores()
    {
        QCOMPARE(coverBand({}, kSevere), CoverBand::Normal);                  // nothing is known
        QCOMPARE(coverBand(scored(0.1F, 0.2F), kSevere), CoverBand::Low);     // clear
        QCOMPARE(coverBand(scored(0.1F, 0.49F), kSevere), CoverBand::Normal); // near a threshold
        QCOMPARE(coverBand(scored(0.1F, 0.7F), kSevere), CoverBand::Normal);  // flagged
        QCOMPARE(coverBand(scored(0.1F, 0.8F), kSevere), CoverBand::Top);
    }

    void aStrongerBandIsBlurredMore()
    {
        CoverLoader loader(&m_pool);
        loader.setStyles(kStyles);
        const QString path = picture(1);
        const int low = sharpness(coverOf(loader, 1, path, CoverBand::Low));
        const int normal = sharpness(coverOf(loader, 1, path, CoverBand::Normal));
        const int top = sharpness(coverOf(loader, 1, path, CoverBand::Top));
        // An edge blurred with a Gaussian is steepest by its height over sigma times the root of two pi; sigma is the
        // band's share of the longer side, 256 pixels.
        const auto steepest = [](double share) { return 255 / (share * 256 * std::sqrt(2 * M_PI)); };
        QVERIFY2(std::abs(low - steepest(0.02)) < 2, qPrintable(QString::number(low)));
        QVERIFY2(std::abs(normal - steepest(0.04)) < 2, qPrintable(QString::number(normal)));
        QVERIFY2(std::abs(top - steepest(0.05)) < 2, qPrintable(QString::number(top)));
        QVERIFY(low > normal && normal > top);
    }

    void aCoverMadeAheadIsNeverShownForAnotherBand()
    {
        CoverLoader loader(&m_pool);
        loader.setStyles(kStyles);
        const QString path = picture(1);
        QSignalSpy ready(&loader, &CoverLoader::ready);
        loader.request(1, path, CoverBand::Top);    // ahead, when the scores were to be seen
        loader.request(1, path, CoverBand::Normal); // in front, where they are hidden
        QVERIFY(QTest::qWaitFor([&] { return !loader.cover(1, CoverBand::Normal).isNull(); }, kPatienceMs));
        m_pool.waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(ready.count(), 1);
        QVERIFY(loader.cover(1, CoverBand::Top).isNull());
        CoverLoader plain(&m_pool);
        plain.setStyles(kStyles);
        QCOMPARE(ready.front().at(1).value<QImage>(), coverOf(plain, 1, path, CoverBand::Normal));
    }

    /// Five severe items: the first is plain; 2 is known, 3 is an audit, 4 waits for a second opinion.
    void blindItemsHaveTheCoverOfAllOthers()
    {
        const Project project{"memes", {"racist", "religion"}};
        const std::string place = m_folder->filePath(QStringLiteral("queue.db")).toStdString();
        auto lead = valueOf(openStore({place, "Lea", project}));
        (void)valueOf(lead->addReviewer("Ann", Role::Reviewer));
        const auto model = valueOf(lead->model({0, "fusion", "aa", project.labels, {0.5F, 0.5F}}));
        std::vector<NewItem> rows(5);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].content.text = "text " + std::to_string(i);
            rows[i].content.imagePath = picture(static_cast<int>(i)).toStdString();
            rows[i].content.scores = {{model.id, {0.9F, 0.95F}, {}, {}}};
        }
        (void)valueOf(lead->import(rows, "memes"));
        ReviewRules rules;
        rules.randomShare = rules.goldenShare = rules.hiddenShare = 0;
        if (!lead->setRules(rules) || !lead->setGroup(std::vector<ReviewItemId>{1, 2, 5}, "same_meme")) {
            QFAIL("the store could not be prepared");
        }
        const auto take = [&lead](ReviewItemId item, Step step) {
            EventDraft draft;
            draft.step = step;
            draft.items = {item};
            draft.decision.answers = {Answer::No, Answer::No};
            (void)valueOf(lead->commit(draft, std::nullopt));
        };
        take(2, Step::MarkGolden);
        take(3, Step::MarkAudit);
        take(4, Step::Decide);
        take(4, Step::AskSecondOpinion);

        auto desk = valueOf(ReviewDesk::open({place, "Ann", {}}, 1));
        (void)valueOf(desk.facts());
        const std::vector<ReviewItemId> all{1, 2, 3, 4, 5};
        const auto views = valueOf(desk.views(all));
        QCOMPARE(views[0].band, CoverBand::Top);
        for (const std::size_t blind : {1U, 2U, 3U}) {
            QCOMPARE(views[blind].band, CoverBand::Normal);
        }
        const DeskTask plain = valueOf(desk.take(1, {}));
        QCOMPARE(plain.view.band, CoverBand::Top);
        QCOMPARE(plain.view.duplicates.size(), std::size_t{2});
        for (const DuplicateView& duplicate : plain.view.duplicates) {
            QCOMPARE(duplicate.band, duplicate.id == 2 ? CoverBand::Normal : CoverBand::Top);
        }
        QVERIFY(!plain.ahead.empty());
        for (const PictureToCome& ahead : plain.ahead) {
            QCOMPARE(ahead.band, ahead.id == 5 ? CoverBand::Top : CoverBand::Normal);
        }
        for (const ReviewItemId blind : {2, 3, 4}) {
            const DeskTask task = valueOf(desk.take(blind, {}));
            QVERIFY(task.task.blind);
            QCOMPARE(task.view.band, CoverBand::Normal);
        }
    }

    void anItemWhoseSuggestionIsHiddenHasTheCoverOfAllOthers()
    {
        const Project project{"memes", {"racist", "religion"}};
        const std::string place = m_folder->filePath(QStringLiteral("queue.db")).toStdString();
        auto lead = valueOf(openStore({place, "Lea", project}));
        const auto model = valueOf(lead->model({0, "fusion", "aa", project.labels, {0.5F, 0.5F}}));
        std::vector<NewItem> rows(1);
        rows[0].content.text = "text";
        rows[0].content.imagePath = picture(1).toStdString();
        rows[0].content.scores = {{model.id, {0.9F, 0.95F}, {}, {}}};
        (void)valueOf(lead->import(rows, "memes"));
        ReviewRules rules;
        rules.hiddenShare = 1;
        QVERIFY(lead->setRules(rules).has_value());
        auto desk = valueOf(ReviewDesk::open({place, "Lea", {}}, 1));
        const DeskTask task = valueOf(desk.take(1, {}));
        QVERIFY(task.task.suggestionHidden && !task.task.blind);
        QCOMPARE(task.view.band, CoverBand::Normal);
    }
};

QTEST_MAIN(TestCoverBand)
#include "tst_cover_band.moc"
