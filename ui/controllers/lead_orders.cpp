#include "ui/controllers/lead_orders.h"

#include "core/base/file.h"
#include "ui/controllers/desk_link.h"

#include <chrono>
#include <utility>

namespace modscope::ui {

namespace {

constexpr std::uint64_t kMostPolicyBytes = 1U << 20U;

TimeMs timeNow()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

LeadOrders::LeadOrders(DeskLink* link, QObject* parent) : QObject(parent), m_link(link) {}

void LeadOrders::order(std::function<Result<void>(ReviewStore&)> what, const QString& text)
{
    m_link->ask(
        [what = std::move(what)](ReviewDesk& desk) -> Result<int> {
            const auto done = what(desk.session().store());
            return done ? Result<int>(0) : fail(done.error());
        },
        [this, text](const Result<int>& answer) {
            if (answer) {
                m_link->readFacts();
                m_link->look();
                Q_EMIT done(text);
            } else {
                Q_EMIT failed(errorText(answer.error()));
            }
        });
}

void LeadOrders::addReviewer(const QString& name)
{
    order(
        [name = name.toStdString()](ReviewStore& store) -> Result<void> {
            const auto added = store.addReviewer(name, Role::Reviewer);
            return added ? Result<void>() : fail(added.error());
        },
        tr("%1 can work on this queue now", "name of a person").arg(name));
}

void LeadOrders::publishPolicy(const QString& file)
{
    const std::string version = std::to_string(m_link->facts().policies.size() + 1);
    order(
        [path = file.toStdString(), version](ReviewStore& store) -> Result<void> {
            auto text = readTextFile(path, kMostPolicyBytes);
            if (!text) {
                return fail(text.error());
            }
            return store.publishPolicy({version, std::move(*text), timeNow()});
        },
        tr("Policy version %1 is published").arg(QString::fromStdString(version)));
}

void LeadOrders::setRules(const ReviewRules& rules)
{
    order([rules](ReviewStore& store) { return store.setRules(rules); }, tr("The review rules were changed"));
}

void LeadOrders::markGolden(ReviewItemId item, const Decision& decision)
{
    m_link->ask(
        [item, decision](ReviewDesk& desk) { return desk.recordMany(std::span(&item, 1), Step::MarkGolden, decision); },
        [this](const Result<CommitOutcome>& answer) {
            if (answer) {
                m_link->look();
                Q_EMIT done(tr("The item is a known one now"));
            } else {
                Q_EMIT failed(errorText(answer.error()));
            }
        });
}

} // namespace modscope::ui
