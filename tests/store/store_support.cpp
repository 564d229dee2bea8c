#include "tests/store/store_support.h"

#include "core/store/verify_store.h"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace modscope::test {

namespace {

namespace fs = std::filesystem;

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";

/// Runs a shell command. @return its exit code and output
std::pair<int, std::string> shell(const std::string& command)
{
    std::string output;
    FILE* pipe = ::popen((command + " 2>&1 </dev/null").c_str(), "r");
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
        output += static_cast<char>(c);
    }
    return {::pclose(pipe), output};
}

std::string asPostgres(const std::string& command)
{
    return ::geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups " + command : command;
}

} // namespace

TemporaryFolder::TemporaryFolder()
{
    std::string name = (fs::temp_directory_path() / "modscope-store-XXXXXX").string();
    m_path = ::mkdtemp(name.data());
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

PostgresServer::PostgresServer()
{
    const std::string folder = m_folder.path().string();
    if (::geteuid() == 0) {
        (void)shell("chown postgres:postgres " + folder);
    }
    const auto [code, output] = shell(asPostgres(std::string(kPrograms) + "initdb -D " + folder +
                                                 "/data -U modscope -A trust -E UTF8 --locale=C.UTF-8 --no-sync"));
    if (code != 0) {
        m_problem = "initdb: " + output;
        return;
    }
    start();
}

PostgresServer::~PostgresServer()
{
    stopAtOnce();
}

void PostgresServer::start()
{
    const std::string folder = m_folder.path().string();
    // No test cuts the power, so the disk need not be waited for.
    const auto [code, output] = shell(
        asPostgres(std::string(kPrograms) + "pg_ctl -w -D " + folder + "/data -l " + folder +
                   "/log -o \"-c fsync=off -c listen_addresses='' -c unix_socket_directories=" + folder + "\" start"));
    m_problem = code == 0 ? "" : "pg_ctl: " + output;
}

void PostgresServer::runStopped(const std::string& database, const std::string& statement)
{
    const auto [code, output] =
        shell(asPostgres("sh -c 'echo \"" + statement + "\" | " + kPrograms + "postgres --single -D " +
                         m_folder.path().string() + "/data " + database + "'"));
    m_problem = code == 0 && output.find("ERROR") == std::string::npos ? "" : "postgres --single: " + output;
}

void PostgresServer::stopAtOnce()
{
    (void)shell(
        asPostgres(std::string(kPrograms) + "pg_ctl -w -m immediate -D " + m_folder.path().string() + "/data stop"));
}

std::string PostgresServer::newDatabase()
{
    const std::string name = "review" + std::to_string(++m_databases);
    run("postgres", "CREATE DATABASE " + name);
    return "postgresql://modscope@/" + name + "?host=" + m_folder.path().string();
}

std::string PostgresServer::run(const std::string& database, const std::string& statement, const std::string& user)
{
    return shell(std::string(kPrograms) + "psql -X -q -A -t -h " + m_folder.path().string() + " -U " + user + " -d " +
                 database + " -c \"" + statement + "\"")
        .second;
}

Project memeProject()
{
    return {"memes", {"Racist", "Religion"}};
}

std::vector<NewItem> textRows(int count, int first)
{
    std::vector<NewItem> rows(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        NewItem& row = rows[static_cast<std::size_t>(i)];
        row.row = static_cast<std::uint64_t>(first + i);
        row.content.text = "meme " + std::to_string(first + i);
        row.content.source = "memes.csv";
    }
    return rows;
}

Decision answer(std::vector<Answer> answers)
{
    Decision decision;
    decision.answers = std::move(answers);
    return decision;
}

std::string firstDifference(const std::string& location)
{
    const auto report = verifyStore({location, "Ada", std::nullopt, true});
    if (!report) {
        return "no report: " + report.error().message;
    }
    return report->firstDifference ? report->firstDifference->message : "";
}

std::unique_ptr<ReviewStore> mustOpen(const std::string& location, const std::string& name, bool create)
{
    StoreOptions options;
    options.location = location;
    options.reviewerName = name;
    if (create) {
        options.create = memeProject();
    }
    auto store = openStore(options);
    if (!store) {
        std::fprintf(stderr, "%s\n", store.error().message.c_str());
        std::abort();
    }
    return std::move(*store);
}

} // namespace modscope::test
