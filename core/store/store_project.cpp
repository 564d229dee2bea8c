#include "core/base/sha256.h"
#include "core/store/event_log.h"
#include "core/store/id_places.h"
#include "core/store/item_rows.h"
#include "core/store/sql_store.h"
#include "core/store/status_rows.h"
#include "core/store/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace modscope {

namespace {

using Json = nlohmann::json;

Json toJson(const ReviewRules& rules)
{
    return {{"golden_share", rules.goldenShare},
            {"hidden_share", rules.hiddenShare},
            {"max_severe_in_a_row", rules.maxSevereInARow},
            {"random_share", rules.randomShare},
            {"second_opinion_share", rules.secondOpinionShare},
            {"severe_from", rules.severeFrom}};
}

Result<ReviewRules> rulesFrom(const std::string& text)
{
    try {
        const Json object = Json::parse(text);
        ReviewRules rules;
        rules.goldenShare = object.at("golden_share").get<double>();
        rules.hiddenShare = object.at("hidden_share").get<double>();
        rules.maxSevereInARow = object.at("max_severe_in_a_row").get<int>();
        rules.randomShare = object.at("random_share").get<double>();
        rules.secondOpinionShare = object.at("second_opinion_share").get<double>();
        rules.severeFrom = object.at("severe_from").get<double>();
        return rules;
    } catch (const Json::exception& error) {
        return fail(ErrorCode::ParseError, std::string("the store's rules cannot be read: ") + error.what());
    }
}

Result<void> checkRules(const ReviewRules& rules)
{
    for (const double share : {rules.goldenShare, rules.hiddenShare, rules.randomShare, rules.secondOpinionShare,
                               rules.severeFrom, rules.goldenShare + rules.randomShare}) {
        if (!(share >= 0 && share <= 1)) {
            return fail(ErrorCode::InvalidArgument, "a share must be between 0 and 1, golden and random ones together");
        }
    }
    return rules.maxSevereInARow >= 0
               ? Result<void>()
               : fail(ErrorCode::InvalidArgument, "the number of severe items in a row cannot be negative");
}

std::string sha256Of(const std::string& text)
{
    return sha256Hex(std::as_bytes(std::span(text)));
}

} // namespace

Result<ReviewRules> SqlStore::rules()
{
    return m_connection->read([&]() -> Result<ReviewRules> {
        std::string text;
        m_connection->sql() << "SELECT coalesce(max(value), '') FROM setting WHERE name = 'rules'", soci::into(text);
        return text.empty() ? ReviewRules() : rulesFrom(text);
    });
}

Result<void> SqlStore::setRules(const ReviewRules& rules)
{
    const auto may = mayLead();
    const auto sound = checkRules(rules);
    if (!may || !sound) {
        return may ? sound : may;
    }
    return m_connection->write([&]() -> Result<void> {
        const Json object = toJson(rules);
        const std::string text = object.dump();
        m_connection->sql() << "INSERT INTO setting(name, value) VALUES ('rules', :value)"
                               " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            soci::use(text);
        std::map<std::string, std::string> detail;
        for (const auto& [key, value] : object.items()) {
            detail[key] = value.dump();
        }
        record(EventKind::RulesChanged, {}, std::move(detail));
        return {};
    });
}

Result<std::vector<SavedQueue>> SqlStore::queues()
{
    return m_connection->read([&]() -> Result<std::vector<SavedQueue>> {
        std::vector<SavedQueue> found;
        SavedQueue one;
        soci::statement rows =
            (m_connection->sql().prepare << "SELECT name, filter, ordering FROM saved_queue ORDER BY name",
             soci::into(one.name), soci::into(one.filter), soci::into(one.order));
        rows.execute();
        while (rows.fetch()) {
            found.push_back(one);
        }
        return found;
    });
}

Result<void> SqlStore::saveQueue(const SavedQueue& queue)
{
    auto ready = mayWrite();
    for (const std::string* text : {&queue.name, &queue.filter, &queue.order}) {
        ready = ready ? checkText(*text, "the queue") : ready;
    }
    if (!ready || queue.name.empty()) {
        return ready ? fail(ErrorCode::InvalidArgument, "a saved queue needs a name") : ready;
    }
    return m_connection->write([&]() -> Result<void> {
        m_connection->sql() << "INSERT INTO saved_queue(name, filter, ordering) VALUES (:name, :filter, :ordering)"
                               " ON CONFLICT (name) DO UPDATE SET filter = excluded.filter,"
                               " ordering = excluded.ordering",
            soci::use(queue.name), soci::use(queue.filter), soci::use(queue.order);
        record(EventKind::QueueSaved, {}, {{"name", queue.name}, {"filter", queue.filter}, {"order", queue.order}});
        return {};
    });
}

Result<void> SqlStore::deleteQueue(const std::string& name)
{
    const auto may = mayWrite();
    const auto sound = checkText(name, "the queue's name");
    if (!may || !sound) {
        return may ? sound : may;
    }
    return m_connection->write([&]() -> Result<void> {
        soci::statement statement =
            (m_connection->sql().prepare << "DELETE FROM saved_queue WHERE name = :name", soci::use(name));
        statement.execute(true);
        if (statement.get_affected_rows() != 1) {
            return fail(ErrorCode::NotFound, "no saved queue is called '" + name + "'");
        }
        record(EventKind::QueueSaved, {}, {{"name", name}, {"deleted", "yes"}});
        return {};
    });
}

Result<std::vector<Policy>> SqlStore::policies()
{
    return m_connection->read([&]() -> Result<std::vector<Policy>> {
        std::vector<Policy> found;
        Policy one;
        soci::statement rows =
            (m_connection->sql().prepare << "SELECT version, markdown, published FROM policy ORDER BY event",
             soci::into(one.version), soci::into(one.markdown), soci::into(one.published));
        rows.execute();
        while (rows.fetch()) {
            found.push_back(one);
        }
        return found;
    });
}

Result<void> SqlStore::publishPolicy(const Policy& policy)
{
    auto ready = mayLead();
    for (const std::string* text : {&policy.version, &policy.markdown}) {
        ready = ready ? checkText(*text, "the policy") : ready;
    }
    if (!ready || policy.version.empty()) {
        return ready ? fail(ErrorCode::InvalidArgument, "a policy needs a version") : ready;
    }
    return m_connection->write([&]() -> Result<void> {
        soci::session& sql = m_connection->sql();
        ReviewEvent event = placedEvent(EventKind::PolicyPublished);
        int known = 0;
        sql << "SELECT count(*) FROM policy WHERE version = :version", soci::use(policy.version), soci::into(known);
        if (known > 0) {
            return fail(ErrorCode::Mismatch,
                        "the policy '" + policy.version + "' is published already and never changed");
        }
        event.detail = {{"version", policy.version}, {"sha256", sha256Of(policy.markdown)}};
        sql << "INSERT INTO policy(version, markdown, published, event) VALUES (:version, :markdown, :published, "
               ":event)",
            soci::use(policy.version), soci::use(policy.markdown), soci::use(event.time), soci::use(event.seq);
        appendEvent(*m_connection, event, randomToken());
        return {};
    });
}

} // namespace modscope
