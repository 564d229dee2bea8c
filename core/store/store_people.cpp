#include "core/store/sql_store.h"
#include "core/store/text.h"
#include "core/text/unicode.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace modscope {

namespace {

/// Whether people would take two names for one: letter case, width and what nobody sees do not tell them apart.
bool alike(const std::string& one, const std::string& other)
{
    return nfkcCaseFold(collapseWhitespace(one)) == nfkcCaseFold(collapseWhitespace(other));
}

Result<ScoringModel> modelFrom(ScoringModel model, const std::string& labels, const std::string& thresholds)
{
    const auto parsed = nlohmann::json::parse(labels, nullptr, false);
    auto numbers = unpackFloats(thresholds);
    if (!parsed.is_array() || !numbers || numbers->size() != parsed.size()) {
        return fail(ErrorCode::ParseError, "model '" + model.name + "': its row holds what no version wrote");
    }
    model.labels = parsed.get<std::vector<std::string>>();
    model.thresholds = std::move(*numbers);
    return model;
}

Result<void> checkModel(const ScoringModel& model, const Project& project)
{
    if (model.labels.size() != model.thresholds.size() || model.labels.empty()) {
        return fail(ErrorCode::InvalidArgument, "model '" + model.name + "' needs one threshold for each label");
    }
    for (const std::string& label : model.labels) {
        if (std::find(project.labels.begin(), project.labels.end(), label) == project.labels.end()) {
            return fail(ErrorCode::Mismatch,
                        "model '" + model.name + "': its label '" + label + "' is not one of the project's");
        }
    }
    if (auto name = checkText(model.name, "the model's name"); !name) {
        return name;
    }
    return model.sha256.empty() ? fail(ErrorCode::InvalidArgument, "model '" + model.name + "' needs its SHA-256")
                                : checkText(model.sha256, "the model's SHA-256");
}

} // namespace

Result<std::vector<Reviewer>> SqlStore::reviewers()
{
    auto all = m_connection->read([&]() -> Result<std::vector<Reviewer>> {
        std::vector<Reviewer> found;
        Reviewer one;
        std::string word;
        soci::statement rows =
            (m_connection->sql().prepare << "SELECT id, pseudonym, name, role FROM reviewer ORDER BY id",
             soci::into(one.id), soci::into(one.pseudonym), soci::into(one.name), soci::into(word));
        rows.execute();
        while (rows.fetch()) {
            const auto role = roleNamed(word);
            if (!role) {
                return fail(role.error());
            }
            one.role = *role;
            found.push_back(one);
        }
        return found;
    });
    if (all) {
        m_reviewers.clear();
        for (const Reviewer& one : *all) {
            m_reviewers[one.pseudonym] = one;
        }
    }
    return all;
}

Result<Reviewer> SqlStore::addReviewer(const std::string& name, Role role)
{
    const auto may = mayLead();
    const auto text = checkText(name, "the reviewer's name");
    if (!may || !text) {
        return fail(may ? text.error() : may.error());
    }
    if (name.empty() || name.front() == ' ' || name.back() == ' ') {
        return fail(ErrorCode::InvalidArgument, "a reviewer's name may not be empty, nor start or end with a space");
    }
    return m_connection->write([&]() -> Result<Reviewer> {
        soci::session& sql = m_connection->sql();
        m_connection->dialect().lockNumbering(sql);
        std::string taken;
        soci::statement names = (sql.prepare << "SELECT name FROM reviewer ORDER BY id", soci::into(taken));
        names.execute();
        while (names.fetch()) {
            if (alike(taken, name)) {
                return fail(ErrorCode::Mismatch, "somebody is called '" + taken + "' already");
            }
        }
        Reviewer added{0, {}, name, role};
        sql << "SELECT max(id) + 1 FROM reviewer", soci::into(added.id);
        added.pseudonym = "reviewer-" + std::to_string(added.id);
        const std::string word(modscope::name(role));
        sql << "INSERT INTO reviewer(id, pseudonym, name, role) VALUES (:id, :pseudonym, :name, :role)",
            soci::use(added.id), soci::use(added.pseudonym), soci::use(added.name), soci::use(word);
        record(EventKind::ReviewerAdded, {}, {{"pseudonym", added.pseudonym}, {"role", word}});
        m_reviewers[added.pseudonym] = added;
        return added;
    });
}

Result<std::vector<ScoringModel>> SqlStore::models()
{
    return m_connection->read([&]() -> Result<std::vector<ScoringModel>> {
        std::vector<ScoringModel> found;
        ScoringModel one;
        std::string labels;
        std::string thresholds;
        soci::statement rows =
            (m_connection->sql().prepare << "SELECT id, name, sha256, labels, thresholds FROM model ORDER BY id",
             soci::into(one.id), soci::into(one.name), soci::into(one.sha256), soci::into(labels),
             soci::into(thresholds));
        rows.execute();
        while (rows.fetch()) {
            auto model = modelFrom(one, labels, thresholds);
            if (!model) {
                return fail(model.error());
            }
            found.push_back(std::move(*model));
        }
        return found;
    });
}

Result<ScoringModel> SqlStore::model(const ScoringModel& model)
{
    if (auto fits = checkModel(model, m_project); !fits) {
        return fail(fits.error());
    }
    auto known = models();
    if (!known) {
        return fail(known.error());
    }
    const auto same = [&](const ScoringModel& one) { return one.sha256 == model.sha256; };
    if (const auto found = std::find_if(known->begin(), known->end(), same); found != known->end()) {
        return *found;
    }
    if (auto may = mayWrite(); !may) {
        return fail(may.error());
    }
    auto added = m_connection->write([&]() -> Result<void> {
        soci::session& sql = m_connection->sql();
        m_connection->dialect().lockNumbering(sql);
        ModelId id = 0;
        sql << "SELECT coalesce(max(id), 0) + 1 FROM model", soci::into(id);
        const std::string labels = nlohmann::json(model.labels).dump();
        const std::string thresholds = packFloats(model.thresholds);
        sql << "INSERT INTO model(id, name, sha256, labels, thresholds)"
               " VALUES (:id, :name, :sha256, :labels, :thresholds) ON CONFLICT (sha256) DO NOTHING",
            soci::use(id), soci::use(model.name), soci::use(model.sha256), soci::use(labels), soci::use(thresholds);
        return {};
    });
    if (!added) {
        return fail(added.error());
    }
    known = models();
    if (!known) {
        return fail(known.error());
    }
    return *std::find_if(known->begin(), known->end(), same);
}

Result<std::vector<std::string>> SqlStore::sources()
{
    return m_connection->read([&]() -> Result<std::vector<std::string>> {
        std::vector<std::string> found;
        std::string name;
        soci::statement rows = (m_connection->sql().prepare << "SELECT name FROM source ORDER BY id", soci::into(name));
        rows.execute();
        while (rows.fetch()) {
            found.push_back(name);
        }
        return found;
    });
}

} // namespace modscope
