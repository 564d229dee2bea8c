#include "tests/support/test_data.h"
#include "tests/ui/fake_models.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/settings_dialog.h"
#include "ui/theme/theme.h"
#include "ui/widgets/key_table_model.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace modscope;
using namespace modscope::ui;

class TestSettingsDialog : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QThreadPool m_pool;
    std::unique_ptr<Theme> m_theme;
    test::FakeModels m_fake;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ModelController> m_models;
    std::unique_ptr<ActionRegistry> m_registry;
    std::unique_ptr<SettingsDialog> m_dialog;

    template <typename Button>
    Button* button(const QString& text)
    {
        for (Button* found : m_dialog->findChildren<Button*>()) {
            if (found->isVisible() && found->text() == text) {
                return found;
            }
        }
        return nullptr;
    }
    QTableView* keyTable() { return m_dialog->findChild<QTableView*>(); }
    void chooseKey(const QString& action)
    {
        m_dialog->showSection(QStringLiteral("keys"));
        for (QLineEdit* line : m_dialog->findChildren<QLineEdit*>()) {
            if (line->isVisible()) {
                line->setText(action); // the search: spin boxes have lines too, in sections that are not shown
            }
        }
        QCOMPARE(keyTable()->model()->rowCount(), 1);
        keyTable()->selectRow(0);
        QTest::mouseClick(button<QPushButton>(QStringLiteral("Change key")), Qt::LeftButton);
    }
    void addAction(const char* id, const QString& label, const QString& key)
    {
        ActionSpec spec;
        spec.id = QString::fromLatin1(id);
        spec.context = ActionContext::Models;
        spec.label = label;
        spec.keys = {key};
        m_registry->add(std::move(spec));
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void init()
    {
        test::failOnWarnings();
        static int number = 0;
        m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("s%1.ini").arg(++number)));
        m_models = std::make_unique<ModelController>(&m_pool, m_fake.models());
        m_registry = std::make_unique<ActionRegistry>(m_theme.get());
        addAction("a.verify", QStringLiteral("Verify hash"), QStringLiteral("H"));
        addAction("a.unload", QStringLiteral("Unload"), QStringLiteral("U"));
        connect(m_settings.get(), &Settings::keysChanged, m_registry.get(), [this](const KeyPreferences& keys) {
            m_registry->setPreset(keys.preset);
            m_registry->setRemaps(keys.remaps);
        });
        m_dialog = std::make_unique<SettingsDialog>(m_theme.get(), m_registry.get(), m_settings.get(), m_models.get());
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }

    void cleanup()
    {
        m_dialog.reset();
        m_registry.reset();
        m_models.reset();
        m_settings.reset();
    }

    void aClickOnAThemeActsAtOnceAndCtrlZTakesItBack()
    {
        QTest::mouseClick(button<QToolButton>(QStringLiteral("Dark")), Qt::LeftButton);
        QCOMPARE(m_settings->preferences().appearance.theme, ThemeChoice::Dark);
        QTest::keyClick(m_dialog.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_settings->preferences().appearance.theme, ThemeChoice::System);
        QTest::keyClick(m_dialog.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_settings->preferences().appearance.theme, ThemeChoice::Dark);
        QVERIFY(button<QToolButton>(QStringLiteral("Dark"))->isChecked());
    }

    void theListIsWalkedWithArrows()
    {
        auto* list = m_dialog->findChild<QListWidget*>();
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Down);
        auto* cover = button<QCheckBox>(QStringLiteral("Cover pictures on Classify too"));
        QVERIFY(cover);
        QTest::keyClick(cover, Qt::Key_Space);
        QVERIFY(m_settings->preferences().comfort.coverOnClassify);
        QTest::mouseClick(button<QToolButton>(QStringLiteral("Strong")), Qt::LeftButton);
        QCOMPARE(m_settings->preferences().comfort.blur, BlurLevel::Strong);
    }

    void aChangeFromElsewhereIsShown()
    {
        m_settings->setAppearance({.theme = ThemeChoice::HighContrast});
        QVERIFY(button<QToolButton>(QStringLiteral("High contrast"))->isChecked());
    }

    void aPressedKeyIsGivenToTheAction()
    {
        chooseKey(QStringLiteral("Verify"));
        QTest::keyClick(keyTable(), Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(m_registry->key(QStringLiteral("a.verify")), QKeySequence(QStringLiteral("Ctrl+J")));
        QTest::mouseClick(button<QPushButton>(QStringLiteral("Key of the preset")), Qt::LeftButton);
        QCOMPARE(m_registry->key(QStringLiteral("a.verify")), QKeySequence(QStringLiteral("H")));
        QTest::keyClick(m_dialog.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_registry->key(QStringLiteral("a.verify")), QKeySequence(QStringLiteral("Ctrl+J")));
    }

    void aTakenKeyIsNamedAndReplacedOnlyWhenAsked()
    {
        chooseKey(QStringLiteral("Verify"));
        QTest::keyClick(keyTable(), Qt::Key_U);
        QCOMPARE(m_registry->key(QStringLiteral("a.verify")), QKeySequence(QStringLiteral("H")));
        const auto labels = m_dialog->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->text() == QStringLiteral("U is \"Unload\". Replace takes it away from there.");
        }));
        QTest::mouseClick(button<QPushButton>(QStringLiteral("Replace")), Qt::LeftButton);
        QCOMPARE(m_registry->key(QStringLiteral("a.verify")), QKeySequence(QStringLiteral("U")));
        QVERIFY(m_registry->key(QStringLiteral("a.unload")).isEmpty());
        QTest::keyClick(m_dialog.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_registry->key(QStringLiteral("a.unload")), QKeySequence(QStringLiteral("U")));
    }

    void escapeLeavesTheKeyAndTheDialogStaysOpen()
    {
        chooseKey(QStringLiteral("Verify"));
        QTest::keyClick(keyTable(), Qt::Key_Escape);
        QVERIFY(m_dialog->isVisible());
        QVERIFY(m_settings->preferences().keys.remaps.isEmpty());
        QVERIFY(button<QPushButton>(QStringLiteral("Change key")));
    }

    void languagesOfTextAreTickedAndACtrlZUnticksThem()
    {
        m_dialog->showSection(QStringLiteral("text"));
        auto* english = m_dialog->findChild<QCheckBox*>(QStringLiteral("eng"));
        QVERIFY2(english != nullptr, "the package tesseract-ocr-eng is needed to test");
        QCOMPARE(english->text(), QStringLiteral("English (eng)"));
        english->click();
        QCOMPARE(m_settings->preferences().ocr.languages, QStringLiteral("eng"));
        QTest::keyClick(m_dialog.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_settings->preferences().ocr.languages, QString());
        QVERIFY(!english->isChecked());

        QTest::mouseClick(button<QToolButton>(QStringLiteral("Never")), Qt::LeftButton);
        QVERIFY(m_settings->preferences().ocr.when == OcrWhen::Never);
    }

    void aLanguageThatIsGoneCanBeTakenBack()
    {
        m_settings->setOcr({OcrWhen::Always, QStringLiteral("eng+xyz")});
        m_dialog = std::make_unique<SettingsDialog>(m_theme.get(), m_registry.get(), m_settings.get(), m_models.get());
        auto* gone = m_dialog->findChild<QCheckBox*>(QStringLiteral("xyz"));
        QVERIFY(gone != nullptr && gone->isChecked());
        QCOMPARE(gone->text(), QStringLiteral("xyz, not installed"));
        gone->click();
        QCOMPARE(m_settings->preferences().ocr.languages, QStringLiteral("eng"));
    }

    void theReasonForNoGpuIsSaid()
    {
        QSignalSpy devices(m_models.get(), &ModelController::devicesChanged);
        m_dialog->showSection(QStringLiteral("compute"));
        m_models->diagnose();
        QVERIFY(devices.wait());
        const auto labels = m_dialog->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text() == QStringLiteral("No NVIDIA driver was found.");
        }));
    }

    void forgettingTheRecentModelsIsUndone()
    {
        m_settings->addRecentModel({QStringLiteral("/a"), QStringLiteral("a"), {}});
        m_dialog->showSection(QStringLiteral("privacy"));
        QTest::mouseClick(button<QPushButton>(QStringLiteral("Forget the recent models")), Qt::LeftButton);
        QVERIFY(m_settings->recentModels().empty());
        QTest::keyClick(m_dialog.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_settings->recentModels().size(), 1U);
    }

    void theKeyTableKeepsItsPromises()
    {
        KeyTableModel model(m_registry.get());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_registry->setPreset(KeyPreset::LeftHand);
        QCOMPARE(model.rowCount(), 2);
    }
};

QTEST_MAIN(TestSettingsDialog)
#include "tst_settings_dialog.moc"
