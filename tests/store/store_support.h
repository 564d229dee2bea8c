#pragma once

#include "core/store/open_store.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace modscope::test {

/// A folder that goes with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// A PostgreSQL server in a folder of its own, reachable through a socket in it and over no network. Started as the
/// user postgres where the test runs as root, which the server refuses.
class PostgresServer {
public:
    PostgresServer();
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// Empty when the server runs; else why it does not.
    [[nodiscard]] const std::string& problem() const { return m_problem; }
    /// Makes an empty database. @return its address
    [[nodiscard]] std::string newDatabase();
    /// Runs SQL in a database, as psql does. @return all that psql prints
    std::string run(const std::string& database, const std::string& statement, const std::string& user = "modscope");
    /// Runs SQL while the server is stopped: what became of the database in the time that nobody could ask it.
    /// @param statement  one line without quotation marks
    void runStopped(const std::string& database, const std::string& statement);
    void stopAtOnce(); ///< as a power cut: no clean shutdown
    void start();

private:
    TemporaryFolder m_folder;
    std::string m_problem;
    int m_databases = 0;
};

[[nodiscard]] Project memeProject(); ///< labels "Racist", "Religion"
/// Texts "meme 1" …, without pictures.
[[nodiscard]] std::vector<NewItem> textRows(int count, int first = 1);
[[nodiscard]] Decision answer(std::vector<Answer> answers);
/// What verifyStore() finds first; empty when everything fits.
[[nodiscard]] std::string firstDifference(const std::string& location);
/// Opens; a store that cannot be opened ends the program with its message.
[[nodiscard]] std::unique_ptr<ReviewStore> mustOpen(const std::string& location,
                                                    const std::string& name = "Ada",
                                                    bool create = false);

} // namespace modscope::test
