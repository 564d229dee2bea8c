#include "tests/support/test_data.h"
#include "ui/actions/action_list_model.h"
#include "ui/actions/action_registry.h"
#include "ui/actions/fuzzy_match.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace modscope::ui; // the whole test is about this namespace

namespace {

ActionSpec spec(const char* id, ActionContext context, const char* label, const char* key, int* count)
{
    ActionSpec made;
    made.id = QString::fromLatin1(id);
    made.context = context;
    made.label = QString::fromLatin1(label);
    made.keys.standard = QString::fromLatin1(key);
    made.run = [count] { ++*count; };
    return made;
}

} // namespace

class TestActions final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void aKeyRunsItsActionOnItsPageOnly();
    void singleKeysAreTextWhileAFieldHasTheFocus();
    void aBlockedActionDoesNotRunAndSaysWhy();
    void presetsAndRemapsChangeTheKey();
    void aRemapTakesTheKeyFromTheOther();
    void pagesMayShareAKeyWithEachOtherButNotWithTheWindow();
    void capsNameEveryKey();
    void theSearchPrefersStartsOfWords();
    void thePaletteKeepsWhatCannotRun();
    void theKeyMapShowsAFamilyOnce();
};

void TestActions::aKeyRunsItsActionOnItsPageOnly()
{
    Theme theme(*qApp);
    ActionRegistry registry(&theme);
    QWidget window;
    registry.attach(&window);
    int scored = 0;
    registry.add(spec("classify.score", ActionContext::Classify, "Score again", "R", &scored));
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_R);
    QCOMPARE(scored, 0);
    registry.setContext(ActionContext::Classify);
    QTest::keyClick(&window, Qt::Key_R);
    QCOMPARE(scored, 1);
    registry.setContext(ActionContext::Models);
    QTest::keyClick(&window, Qt::Key_R);
    QCOMPARE(scored, 1);
}

void TestActions::singleKeysAreTextWhileAFieldHasTheFocus()
{
    Theme theme(*qApp);
    ActionRegistry registry(&theme);
    QWidget window;
    auto* field = new QLineEdit;
    (new QVBoxLayout(&window))->addWidget(field);
    registry.attach(&window);
    int plain = 0;
    int control = 0;
    int function = 0;
    registry.add(spec("a", ActionContext::Global, "Plain", "J", &plain));
    registry.add(spec("b", ActionContext::Global, "Control", "Ctrl+J", &control));
    registry.add(spec("c", ActionContext::Global, "Function", "F2", &function));
    registry.add(spec("d", ActionContext::Global, "Enter", "Return", &plain));
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    field->setFocus();
    QTest::keyClick(field, Qt::Key_J);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(field->text(), QStringLiteral("j"));
    QCOMPARE(plain, 0);
    QTest::keyClick(field, Qt::Key_J, Qt::ControlModifier);
    QTest::keyClick(field, Qt::Key_F2);
    QCOMPARE(control, 1);
    QCOMPARE(function, 1);
    field->clearFocus();
    QTest::keyClick(&window, Qt::Key_J);
    QCOMPARE(plain, 1);
}

void TestActions::aBlockedActionDoesNotRunAndSaysWhy()
{
    Theme theme(*qApp);
    ActionRegistry registry(&theme);
    int count = 0;
    bool blocked = true;
    ActionSpec made = spec("x", ActionContext::Global, "Export", "Ctrl+E", &count);
    made.blocked = [&blocked] { return blocked ? QStringLiteral("nothing is scored yet") : QString(); };
    QAction* action = registry.add(made);
    QVERIFY(!action->isEnabled());
    QVERIFY(action->toolTip().contains(QStringLiteral("nothing is scored yet")));
    blocked = false;
    registry.refresh();
    QVERIFY(action->isEnabled());
    QVERIFY(action->toolTip().contains(QStringLiteral("Ctrl+E")));
    action->trigger();
    QCOMPARE(count, 1);
}

void TestActions::presetsAndRemapsChangeTheKey()
{
    Theme theme(*qApp);
    ActionRegistry registry(&theme);
    int count = 0;
    ActionSpec made = spec("next", ActionContext::Classify, "Next item", "J", &count);
    made.keys.pad = QStringLiteral("Num+9");
    registry.add(made);
    QSignalSpy keysChanged(&registry, &ActionRegistry::keysChanged);
    registry.setPreset(KeyPreset::NumericPad);
    QCOMPARE(registry.key(QStringLiteral("next")), QKeySequence(Qt::KeypadModifier | Qt::Key_9));
    registry.setPreset(KeyPreset::LeftHand);
    QCOMPARE(registry.key(QStringLiteral("next")), QKeySequence(Qt::Key_J));
    registry.remap(QStringLiteral("next"), QKeySequence(Qt::Key_N));
    QCOMPARE(registry.key(QStringLiteral("next")), QKeySequence(Qt::Key_N));
    registry.resetRemap(QStringLiteral("next"));
    QCOMPARE(registry.key(QStringLiteral("next")), QKeySequence(Qt::Key_J));
    QCOMPARE(keysChanged.count(), 4);
}

void TestActions::aRemapTakesTheKeyFromTheOther()
{
    Theme theme(*qApp);
    ActionRegistry registry(&theme);
    int count = 0;
    registry.add(spec("a", ActionContext::Global, "First", "Ctrl+1", &count));
    registry.add(spec("b", ActionContext::Classify, "Second", "Ctrl+2", &count));
    const QKeySequence wanted(Qt::CTRL | Qt::Key_2);
    QCOMPARE(registry.conflict(QStringLiteral("a"), wanted).value_or(QString()), QStringLiteral("b"));
    registry.remap(QStringLiteral("a"), wanted);
    QVERIFY(registry.key(QStringLiteral("b")).isEmpty());
    QVERIFY(!registry.conflict(QStringLiteral("a"), wanted));
}

void TestActions::pagesMayShareAKeyWithEachOtherButNotWithTheWindow()
{
    Theme theme(*qApp);
    ActionRegistry registry(&theme);
    int count = 0;
    registry.add(spec("a", ActionContext::Classify, "Here", "Delete", &count));
    registry.add(spec("b", ActionContext::Models, "There", "Delete", &count));
    const QKeySequence key(Qt::Key_Delete);
    QVERIFY(!registry.conflict(QStringLiteral("a"), key));
    registry.add(spec("c", ActionContext::Global, "Everywhere", "Delete", &count));
    QVERIFY(registry.conflict(QStringLiteral("a"), key).has_value());
}

void TestActions::capsNameEveryKey()
{
    QCOMPARE(keyCaps(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)),
             QStringList({QStringLiteral("Ctrl"), QStringLiteral("Shift"), QStringLiteral("Z")}));
    QCOMPARE(keyCaps(QKeySequence(Qt::CTRL | Qt::Key_Return)),
             QStringList({QStringLiteral("Ctrl"), QStringLiteral("\u23CE")}));
    QCOMPARE(keyCaps(QKeySequence(Qt::KeypadModifier | Qt::Key_7)), QStringList({QStringLiteral("Num 7")}));
    QVERIFY(keyCaps(QKeySequence()).isEmpty());
}

void TestActions::theSearchPrefersStartsOfWords()
{
    const auto escalate = fuzzyMatch(u"esc", u"Escalate");
    const auto rescale = fuzzyMatch(u"esc", u"Rescale thresholds");
    QVERIFY(escalate && rescale);
    QVERIFY(escalate->score > rescale->score);
    QCOMPARE(rescale->positions, QList<int>({1, 2, 3}));
    QCOMPARE(fuzzyMatch(u"ci", u"Copy item")->positions, QList<int>({0, 5}));
    QVERIFY(!fuzzyMatch(u"xyz", u"Escalate"));
    QCOMPARE(fuzzyMatch(u"  ", u"Escalate")->score, 0);
}

void TestActions::thePaletteKeepsWhatCannotRun()
{
    Theme theme(*qApp);
    ActionRegistry registry(&theme);
    registry.setContext(ActionContext::Models);
    int count = 0;
    registry.add(spec("a", ActionContext::Classify, "Score again", "R", &count));
    registry.add(spec("b", ActionContext::Models, "Scan folder", "", &count));
    ActionListModel model;
    QAbstractItemModelTester tester(&model);
    model.setRows(paletteRows(registry, QStringLiteral("sc"), {}));
    QCOMPARE(model.rowCount(), 3); // one heading, what can run, what cannot
    QVERIFY(model.row(model.index(0)).isHeading());
    QCOMPARE(model.row(model.index(1)).id, QStringLiteral("b"));
    QVERIFY(!model.row(model.index(2)).available);
    QVERIFY(!model.row(model.index(2)).detail.isEmpty());
    QVERIFY(!(model.flags(model.index(0)) & Qt::ItemIsSelectable));
    model.setRows(paletteRows(registry, {}, {QStringLiteral("b")}));
    QCOMPARE(model.row(model.index(1)).id, QStringLiteral("b")); // recent first
}

void TestActions::theKeyMapShowsAFamilyOnce()
{
    Theme theme(*qApp);
    ActionRegistry registry(&theme);
    registry.setContext(ActionContext::Classify);
    int count = 0;
    for (int digit = 1; digit <= 9; ++digit) {
        const QByteArray text = QByteArray::number(digit);
        ActionSpec made = spec(QByteArray("class" + text).constData(), ActionContext::Classify,
                               QByteArray("Class " + text).constData(), text.constData(), &count);
        made.family = QStringLiteral("Class for the split");
        registry.add(made);
    }
    const std::vector<ActionRow> rows = keyMapRows(registry);
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[1].text, QStringLiteral("Class for the split"));
    QCOMPARE(rows[1].caps, QStringList({QStringLiteral("1"), QStringLiteral("…"), QStringLiteral("9")}));
}

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
