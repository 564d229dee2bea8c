#include "core/base/sha256.h"
#include "core/review/event.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;

namespace {

ReviewEvent decideEvent()
{
    ReviewEvent event;
    event.seq = 1;
    event.time = 1'790'000'000'123;
    event.actor = "reviewer-1";
    event.items = {7, 9};
    event.decision.answers = {Answer::No, Answer::Yes};
    event.decision.note = "a \"quote\", <b>, \xE2\x80\xAE"
                          "bidi, '; DROP TABLE item; --";
    event.decision.policyVersion = "12";
    event.decision.confidence = 0.1;
    event.decision.secondsVisible = 12.5;
    event.decision.disclosure = Disclosure::CoveredTile;
    event.decision.suggestionShown = true;
    event.detail = {{"drawn", "at_random"}};
    return event;
}

/// Three linked events.
std::vector<ReviewEvent> chain()
{
    std::vector<ReviewEvent> events;
    std::string head(kChainStart);
    for (EventSeq seq = 1; seq <= 3; ++seq) {
        ReviewEvent event = decideEvent();
        event.seq = seq;
        event.time += seq;
        event.previousHash = head;
        event.hash = chainHash(head, canonicalJson(event));
        head = event.hash;
        events.push_back(event);
    }
    return events;
}

/// What a verifier says of events, empty when nothing.
std::string complaint(const std::vector<ReviewEvent>& events)
{
    ChainVerifier verifier;
    for (const ReviewEvent& event : events) {
        if (auto ok = verifier.next(event); !ok) {
            return ok.error().message;
        }
    }
    return {};
}

} // namespace

class TestEvent : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void canonicalJsonIsOneSortedLineWithoutDefaults()
    {
        ReviewEvent event;
        event.seq = 3;
        event.time = 5;
        event.actor = "lead-1";
        event.step = Step::Skip;
        event.items = {4};
        QCOMPARE(canonicalJson(event),
                 std::string(R"({"actor":"lead-1","items":[4],"kind":"step","seq":3,"step":"skip","time":5})"));
    }

    void everyMemberComesBack()
    {
        const ReviewEvent event = decideEvent();
        const auto back = eventFromJson(canonicalJson(event));
        QVERIFY2(back.has_value(), back ? "" : back.error().message.c_str());
        QVERIFY(*back == event);
        ReviewEvent undone;
        undone.kind = EventKind::Undone;
        undone.refersTo = 12;
        undone.items = {1};
        QVERIFY(eventFromJson(canonicalJson(undone)) == undone);
    }

    void damagedJsonIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("not JSON") << QByteArray("{") << QByteArray("not a JSON object");
        QTest::newRow("an array") << QByteArray("[]") << QByteArray("not a JSON object");
        QTest::newRow("wrong type") << QByteArray(R"({"kind":"step","seq":"one"})") << QByteArray("seq");
        QTest::newRow("unknown kind") << QByteArray(R"({"kind":"deleted","seq":1})") << QByteArray("deleted");
        QTest::newRow("unknown key") << QByteArray(R"({"kind":"step","seq":1,"secret":1})")
                                     << QByteArray("does not know");
        QTest::newRow("wrong type inside")
            << QByteArray(R"({"kind":"step","decision":{"note":5}})") << QByteArray("decision.note");
        QTest::newRow("unknown key inside")
            << QByteArray(R"({"kind":"step","decision":{"x":5}})") << QByteArray("does not know");
        QTest::newRow("bad answers") << QByteArray(R"({"kind":"step","decision":{"answers":"q"}})")
                                     << QByteArray("'q'");
    }

    void damagedJsonIsRefused()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QByteArray, named);
        const auto event = eventFromJson(json.toStdString());
        QVERIFY(!event);
        QCOMPARE(event.error().code, ErrorCode::ParseError);
        QVERIFY2(event.error().message.find(named.toStdString()) != std::string::npos, event.error().message.c_str());
    }

    void theChainHashIsSha256OverHeadAndEvent()
    {
        const std::string text = std::string(kChainStart) + "{}";
        QCOMPARE(chainHash(kChainStart, "{}"), sha256Hex(std::as_bytes(std::span(text))));
    }

    void anUntouchedChainVerifies() { QCOMPARE(complaint(chain()), std::string()); }

    void tamperingIsNamedByItsSequenceNumber()
    {
        auto changed = chain();
        changed[1].decision.answers[0] = Answer::Yes;
        QVERIFY(complaint(changed).starts_with("event 2: was changed"));

        auto rehashed = changed; // a forger who also fixes the event's own hash breaks the next link
        rehashed[1].hash = chainHash(rehashed[1].previousHash, canonicalJson(rehashed[1]));
        QVERIFY(complaint(rehashed).starts_with("event 3: does not follow"));

        auto removed = chain();
        removed.erase(removed.begin() + 1);
        QVERIFY(complaint(removed).starts_with("event 2: is missing"));

        auto swapped = chain();
        std::swap(swapped[1], swapped[2]);
        QVERIFY(complaint(swapped).starts_with("event 2: is missing"));
    }

    void aTimeThatRunsBackwardsIsNoticed()
    {
        auto events = chain();
        events[1].time = events[0].time - 1;
        events[1].hash = chainHash(events[1].previousHash, canonicalJson(events[1]));
        QVERIFY(complaint(events).starts_with("event 2: is earlier"));
    }
};

QTEST_GUILESS_MAIN(TestEvent)
#include "tst_event.moc"
