#include "tests/ui/review_desk_test.h"

#include "tests/support/test_data.h"

#include <QPainter>

namespace modscope::ui {

namespace {

/// Only what priority gives, so that a test knows which item is in front.
ReviewRules plainRules()
{
    ReviewRules rules;
    rules.randomShare = 0;
    rules.goldenShare = 0;
    rules.hiddenShare = 0;
    rules.maxSevereInARow = 0;
    return rules;
}

} // namespace

const Project& memeProject()
{
    static const Project project{"memes", {"racist", "sexist", "homophobe", "religion", "otherhate"}};
    return project;
}

ReviewTestDesk::ReviewTestDesk(const QString& dataFolder, QThreadPool* pool)
    : theme(*qApp), registry(&theme), settings(dataFolder + QStringLiteral("/settings.ini")), models(pool),
      work(pool, dataFolder), window(&theme, &registry, &settings, &models),
      page(new ReviewPage(&theme, &registry, &settings, &work, pool))
{
    ReviewPreferences review = settings.preferences().review;
    review.reviewer = QStringLiteral("Ann");
    settings.setReview(review);
    window.addPage(QStringLiteral("review"), page, ModeRail::Place::Top, 2);
    window.restoreLayout();
    window.resize(1440, 900);
    window.show();
    if (!QTest::qWaitForWindowActive(&window)) {
        qFatal("the window did not become active: keys would go nowhere");
    }
    work.openRemembered(settings.preferences().review);
}

void ReviewDeskTest::init()
{
    test::failOnWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    m_strayWindows.clear();
    qApp->installEventFilter(this);
}

void ReviewDeskTest::cleanup()
{
    qApp->removeEventFilter(this);
    m_pool.waitForDone();
    QCOMPARE(m_strayWindows.join(u' '), QString());
}

bool ReviewDeskTest::eventFilter(QObject* watched, QEvent* event)
{
    auto* widget = event->type() == QEvent::Show ? qobject_cast<QWidget*>(watched) : nullptr;
    const auto isOne = [widget](auto... classes) { return (widget->inherits(classes) || ...); };
    if (widget != nullptr && widget->isWindow() && !isOne("QMainWindow", "QDialog", "QMenu", "QTipLabel")) {
        m_strayWindows << QString::fromLatin1(widget->metaObject()->className());
    }
    return false;
}

std::unique_ptr<ReviewStore> ReviewDeskTest::store(const std::string& person, bool create) const
{
    StoreOptions options{storeFile().toStdString(), person, {}};
    if (create) {
        options.create = memeProject();
    }
    return valueOf(openStore(options));
}

ReviewSession ReviewDeskTest::session(const std::string& person) const
{
    return valueOf(ReviewSession::open(store(person), 1));
}

void ReviewDeskTest::leadDoes(Step step, ReviewItemId item) const
{
    (void)valueOf(session("Lea").recordMany(std::span(&item, 1), step, {}));
}

QString ReviewDeskTest::picture(int number) const
{
    const QString path = m_folder->filePath(QStringLiteral("meme%1.png").arg(number));
    QImage image(96, 72, QImage::Format_RGB32);
    image.fill(QColor::fromHsv(number * 37 % 360, 200, 220));
    QPainter painter(&image);
    painter.drawEllipse(10 + number % 20, 10, 40, 40);
    painter.end();
    image.save(path);
    return path;
}

void ReviewDeskTest::fill(int count)
{
    auto lead = store("Lea", true);
    (void)valueOf(lead->addReviewer("Ann", Role::Reviewer));
    (void)valueOf(lead->addReviewer("Ben", Role::Reviewer));
    const auto model =
        valueOf(lead->model({0, "fusion", std::string(64, 'a'), memeProject().labels, {0.5F, 0.5F, 0.5F, 0.5F, 0.5F}}));
    std::vector<NewItem> rows;
    for (int i = 1; i <= count; ++i) {
        NewItem row;
        row.content.text = "me, hearing the fridge open from room " + std::to_string(i);
        row.content.source = "user report";
        if (i % 2 == 0) {
            row.content.imagePath = picture(i).toStdString();
        }
        const float p = 1 - static_cast<float>(i) / static_cast<float>(count + 1);
        row.content.scores = {{model.id, {p / 2, p / 3, 0.1F, p, 0.2F}, {}, {}}};
        rows.push_back(row);
    }
    (void)valueOf(lead->import(rows, "memes.csv"));
    mustBe(lead->setRules(plainRules()));
}

ItemStatus ReviewDeskTest::statusOf(ReviewItemId id) const
{
    return valueOf(store("Lea")->statuses(std::span(&id, 1))).front();
}

} // namespace modscope::ui
