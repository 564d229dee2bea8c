#include "core/store/open_store.h"

#include "core/store/event_log.h"
#include "core/store/schema.h"
#include "core/store/sql_store.h"
#include "core/store/text.h"

#include <filesystem>
#include <fstream>
#include <set>

namespace modscope {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSqliteHeader("SQLite format 3\0", 16);

std::string trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

/// Looks at a file before SQLite may write to it: somebody else's file must stay as it is.
Result<void> checkFile(const Location& location, bool mayCreate)
{
    std::error_code error;
    const fs::file_status status = fs::status(location.target, error);
    if (!fs::exists(status)) {
        return mayCreate ? Result<void>() : fail(ErrorCode::NotFound, location.shown + ": no review store is there");
    }
    if (!fs::is_regular_file(status)) {
        return fail(ErrorCode::InvalidArgument, location.shown + ": not a file");
    }
    std::ifstream file(location.target, std::ios::binary);
    std::string start(kSqliteHeader.size(), '\0');
    if (!file) {
        return fail(ErrorCode::PermissionDenied, location.shown + ": cannot be read");
    }
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(file.gcount()));
    return start.empty() || start == kSqliteHeader
               ? Result<void>()
               : fail(ErrorCode::ParseError, location.shown + ": not a Modscope review store");
}

Result<void> checkProject(const Project& project)
{
    std::set<std::string> seen;
    for (const std::string& label : project.labels) {
        if (auto text = checkText(label, "a label"); !text) {
            return text;
        }
        if (label.empty() || !seen.insert(label).second) {
            return fail(ErrorCode::InvalidArgument, "label '" + label + "' is empty or there twice");
        }
    }
    return project.labels.empty() ? fail(ErrorCode::InvalidArgument, "a review project needs at least one label")
                                  : checkText(project.name, "the project's name");
}

Result<void> checkOptions(const StoreOptions& options)
{
    if (options.create) {
        if (auto project = checkProject(*options.create); !project) {
            return project;
        }
    }
    if (trimmed(options.reviewerName).empty()) {
        return fail(ErrorCode::InvalidArgument, "a review store needs the reviewer's name");
    }
    return checkText(options.reviewerName, "the reviewer's name");
}

} // namespace

SqlStore::SqlStore(std::unique_ptr<Connection> connection) : m_connection(std::move(connection)) {}

Result<std::unique_ptr<SqlStore>> SqlStore::open(const StoreOptions& options)
{
    const auto location = parseLocation(options.location);
    if (!location) {
        return fail(location.error());
    }
    const bool mayCreate = options.create.has_value() && !options.readOnly;
    auto ready = checkOptions(options);
    if (ready && location->kind == Location::Kind::Sqlite) {
        ready = checkFile(*location, mayCreate);
    }
    if (!ready) {
        return fail(ready.error());
    }
    auto connection = Connection::open(*location, options.readOnly);
    if (!connection) {
        return fail(connection.error());
    }
    std::unique_ptr<SqlStore> store(new SqlStore(std::move(*connection)));
    Connection& opened = *store->m_connection;
    auto checked = opened.read([&] { return opened.dialect().check(opened.sql(), *location); });
    if (checked) {
        checked = prepareSchema(opened, mayCreate, options.readOnly);
    }
    if (checked && mayCreate) {
        checked = store->create(*options.create, trimmed(options.reviewerName));
    }
    if (checked) {
        checked = store->readProject();
    }
    if (checked && options.create && options.create->labels != store->m_project.labels) {
        checked = fail(ErrorCode::Mismatch,
                       location->shown + ": the store has other labels than '" + options.create->name + "' needs");
    }
    if (checked) {
        checked = store->findMe(trimmed(options.reviewerName));
    }
    if (!checked) {
        return fail(checked.error());
    }
    auto writable = opened.read([&]() -> Result<bool> { return opened.dialect().writable(opened.sql(), *location); });
    if (!writable) {
        return fail(writable.error());
    }
    store->m_readOnly = options.readOnly || !*writable || store->m_me.role == Role::Auditor;
    return store;
}

Result<void> SqlStore::create(const Project& project, const std::string& reviewerName)
{
    return m_connection->write([&]() -> Result<void> {
        soci::session& sql = m_connection->sql();
        m_connection->dialect().lockNumbering(sql);
        int made = 0;
        sql << "SELECT count(*) FROM chain", soci::into(made);
        if (made > 0) {
            return {};
        }
        sql << "INSERT INTO setting(name, value) VALUES ('project', :name)", soci::use(project.name);
        for (std::size_t i = 0; i < project.labels.size(); ++i) {
            const auto place = static_cast<std::int64_t>(i);
            sql << "INSERT INTO project_label(place, name) VALUES (:place, :name)", soci::use(place),
                soci::use(project.labels[i]);
        }
        const std::string start(kChainStart);
        sql << "INSERT INTO chain(id, seq, time, hash) VALUES (1, 0, 0, :hash)", soci::use(start);
        sql << "INSERT INTO reviewer(id, pseudonym, name, role) VALUES (1, 'reviewer-1', :name, 'lead')",
            soci::use(reviewerName);
        m_me = {1, "reviewer-1", reviewerName, Role::Lead};
        record(EventKind::ReviewerAdded, {}, {{"pseudonym", m_me.pseudonym}, {"role", "lead"}});
        return {};
    });
}

Result<void> SqlStore::readProject()
{
    return m_connection->read([&]() -> Result<void> {
        soci::session& sql = m_connection->sql();
        Project project;
        sql << "SELECT value FROM setting WHERE name = 'project'", soci::into(project.name);
        std::string label;
        soci::statement rows = (sql.prepare << "SELECT name FROM project_label ORDER BY place", soci::into(label));
        rows.execute();
        while (rows.fetch()) {
            project.labels.push_back(label);
        }
        m_project = std::move(project);
        return m_project.labels.empty() ? fail(ErrorCode::NotFound, where() + ": no review project was made here yet")
                                        : Result<void>();
    });
}

Result<void> SqlStore::findMe(const std::string& reviewerName)
{
    const auto all = reviewers();
    if (!all) {
        return fail(all.error());
    }
    for (const Reviewer& one : *all) {
        if (one.name == reviewerName) {
            m_me = one;
            return {};
        }
    }
    return fail(ErrorCode::NotFound, where() + ": nobody is called '" + reviewerName + "' here; a lead can add people");
}

Result<void> SqlStore::mayWrite() const
{
    return m_readOnly ? fail(ErrorCode::PermissionDenied, where() + ": is open for reading only") : Result<void>();
}

Result<void> SqlStore::mayLead() const
{
    const auto may = mayWrite();
    return may && m_me.role != Role::Lead
               ? fail(ErrorCode::PermissionDenied, "this is for a lead; '" + m_me.name + "' is not one")
               : may;
}

ReviewEvent SqlStore::placedEvent(EventKind kind, std::vector<ItemId> items)
{
    ReviewEvent event;
    event.actor = m_me.pseudonym;
    event.kind = kind;
    event.items = std::move(items);
    takeNextPlace(*m_connection, event);
    return event;
}

void SqlStore::record(EventKind kind, std::vector<ItemId> items, std::map<std::string, std::string> detail)
{
    ReviewEvent event = placedEvent(kind, std::move(items));
    event.detail = std::move(detail);
    appendEvent(*m_connection, event, randomToken());
}

Result<std::unique_ptr<ReviewStore>> openStore(const StoreOptions& options)
{
    auto store = SqlStore::open(options);
    return store ? Result<std::unique_ptr<ReviewStore>>(std::move(*store)) : fail(store.error());
}

} // namespace modscope
