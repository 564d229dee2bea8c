#include "tests/support/test_data.h"
#include "ui/settings/settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace modscope::ui;

namespace {

Preferences unusual()
{
    Preferences all;
    all.appearance = {ThemeChoice::HighContrast, 150, true, true};
    all.keys.preset = KeyPreset::NumericPad;
    all.keys.remaps = {{QStringLiteral("models.verify"), QKeySequence(QStringLiteral("Ctrl+Shift+H"))},
                       {QStringLiteral("models.unload"), QKeySequence()}};
    all.comfort = {true, BlurLevel::Strong, false};
    all.review = {
        QStringLiteral("postgresql://ann@db/memes"),     QStringLiteral("Ann, \"A\"; =ü"), true,          true, false,
        {QStringLiteral("a, b"), QStringLiteral("c=d")}, {QStringLiteral("Religion")},     {false, 30, 5}};
    all.ocr = {OcrWhen::Always, QStringLiteral("eng+chi_sim")};
    all.compute = {QStringLiteral("cuda:1"), QStringLiteral("bf16"), 6, 64};
    all.privacy = {true, true};
    return all;
}

} // namespace

class TestSettings : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_file;

    void write(const QByteArray& text)
    {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

private Q_SLOTS:
    void init()
    {
        modscope::test::failOnWarnings();
        m_file = m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QStringLiteral(".ini"));
        QFile::remove(m_file);
    }

    void everyPreferenceSurvivesARestart()
    {
        Settings(m_file).setPreferences(unusual());
        const Settings again(m_file);
        QCOMPARE(again.problems(), QStringList());
        QVERIFY(again.preferences() == unusual());
    }

    void modelsAndLayoutSurviveARestart()
    {
        const RecentModel model{QStringLiteral("/models/a, b;c=d"), QStringLiteral("ü \"quoted\""), QString(64, u'a')};
        const SlotChoice slot{QStringLiteral("/models/x"), QStringLiteral("cpu"), QStringLiteral("fp32")};
        const QByteArray layout("\x00\xff\n;\"", 5);
        {
            Settings settings(m_file);
            settings.addRecentModel(model);
            settings.setModelSlots({slot});
            settings.setLayout(QStringLiteral("window/geometry"), layout);
            settings.remember(QStringLiteral("page"), QStringLiteral("models"));
        }
        Settings again(m_file);
        QCOMPARE(again.recentModels().size(), 1U);
        QVERIFY(again.recentModels().front() == model);
        QVERIFY(again.modelSlots() == std::vector<SlotChoice>{slot});
        QCOMPARE(again.layout(QStringLiteral("window/geometry")), layout);
        QCOMPARE(again.remembered(QStringLiteral("page")), QStringLiteral("models"));
        again.forgetLayouts();
        QCOMPARE(again.layout(QStringLiteral("window/geometry")), QByteArray());
        QCOMPARE(again.remembered(QStringLiteral("page")), QStringLiteral("models"));
    }

    void onlyTheGroupsThatChangedAreAnnounced()
    {
        Settings settings(m_file);
        QSignalSpy appearance(&settings, &Settings::appearanceChanged);
        QSignalSpy keys(&settings, &Settings::keysChanged);
        QSignalSpy comfort(&settings, &Settings::comfortChanged);
        settings.setComfort({true, BlurLevel::Light, true});
        settings.setComfort({true, BlurLevel::Light, true});
        QCOMPARE(comfort.count(), 1);
        QCOMPARE(appearance.count() + keys.count(), 0);
    }

    void wrongValuesFallBackAndAreTold_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("told");
        QTest::newRow("unknown word") << QByteArray("[appearance]\ntheme=purple\n") << "appearance/theme is \"purple\"";
        QTest::newRow("not a number") << QByteArray("[appearance]\nscale=big\n") << "appearance/scale";
        QTest::newRow("too large") << QByteArray("[appearance]\nscale=900\n") << "80 … 200";
        QTest::newRow("overflow") << QByteArray("[compute]\nthreads=99999999999999999999\n") << "compute/threads";
        QTest::newRow("not a truth") << QByteArray("[comfort]\ngrey=maybe\n") << "comfort/grey";
        QTest::newRow("a list") << QByteArray("[compute]\ndevice=cpu, cuda\n") << "compute/device";
        QTest::newRow("no such device") << QByteArray("[compute]\ndevice=cuda:-1\n") << "cuda:N";
        QTest::newRow("no such precision") << QByteArray("[compute]\nprecision=fp8\n") << "compute/precision";
        QTest::newRow("no such moment") << QByteArray("[ocr]\nwhen=sometimes\n") << "never, without-text, always";
        QTest::newRow("not languages") << QByteArray("[ocr]\nlanguages=../eng\n") << "ocr/languages";
        QTest::newRow("no such key") << QByteArray("[remaps]\nmodels.verify=Ctrl+Nonsense\n") << "remaps/models.verify";
        QTest::newRow("bad hash") << QByteArray("[recentModels]\nsize=1\n1\\path=/a\n1\\sha256=zz\n") << "entry 1";
        QTest::newRow("no path") << QByteArray("[modelSlots]\nsize=1\n1\\device=cpu\n") << "model A";
    }

    void wrongValuesFallBackAndAreTold()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, told);
        write(text);
        const Settings settings(m_file);
        QCOMPARE(settings.problems().size(), 1);
        QVERIFY2(settings.problems().front().contains(told), qPrintable(settings.problems().front()));
        QVERIFY(settings.preferences() == Preferences());
        QVERIFY(settings.recentModels().empty());
        QVERIFY(settings.modelSlots().empty());
    }

    void aHugeListIsCutAndAFileOfNoiseIsSetAside()
    {
        write("[recentModels]\nsize=2000000000\n1\\path=/a\n\nthis is not a setting\n");
        const Settings settings(m_file);
        QCOMPARE(settings.recentModels().size(), 1U);
        QVERIFY(settings.problems().front().contains(QStringLiteral("lines that are not settings")));
        QVERIFY(QFile::exists(m_file + QStringLiteral(".unreadable")));
    }

    void numbersOutOfRangeAreClampedWhenSet()
    {
        Settings settings(m_file);
        settings.setAppearance({.scalePercent = 10});
        settings.setCompute({.threads = -4, .batchSize = 1'000'000});
        QCOMPARE(settings.preferences().appearance.scalePercent, AppearancePreferences::kMinScalePercent);
        QCOMPARE(settings.preferences().compute.threads, 0);
        QCOMPARE(settings.preferences().compute.batchSize, ComputePreferences::kMaxBatchSize);
    }

    void recentModelsAreUniqueNewestFirstAndLimited()
    {
        Settings settings(m_file);
        for (int i = 0; i < Settings::kMaxRecentModels + 5; ++i) {
            settings.addRecentModel({QStringLiteral("/m%1").arg(i), QStringLiteral("m"), {}});
        }
        settings.addRecentModel({QStringLiteral("/m10"), QStringLiteral("m"), {}});
        QCOMPARE(settings.recentModels().size(), static_cast<std::size_t>(Settings::kMaxRecentModels));
        QCOMPARE(settings.recentModels().front().path, QStringLiteral("/m10"));
        settings.removeRecentModel(QStringLiteral("/m10"));
        QCOMPARE(settings.recentModels().front().path, QStringLiteral("/m24"));
    }

    void aFileThatCannotBeWrittenIsToldOnce()
    {
        Settings settings(QStringLiteral("/proc/no-such-folder/settings.ini"));
        QSignalSpy failed(&settings, &Settings::writeFailed);
        settings.setComfort({true, BlurLevel::Light, true});
        settings.setComfort({});
        QCOMPARE(failed.count(), 1);
        QVERIFY(settings.preferences().comfort == ComfortPreferences());
    }
};

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
