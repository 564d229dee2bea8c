#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <memory>

namespace modscope::test {

/// What a run of modscope-cli left behind.
struct CliRun {
    int exitCode = -1;
    QByteArray output;
    QByteArray messages; ///< standard error
};

/// Runs modscope-cli to its end. Ends the test program if it hangs or crashes.
[[nodiscard]] CliRun runCli(const QStringList& arguments, const QByteArray& input = {});
/// As runCli, with standard output going to a file or device.
[[nodiscard]] CliRun runCliInto(const QString& target, const QStringList& arguments);
/// Starts it and returns at once.
[[nodiscard]] std::unique_ptr<QProcess> startCli(const QStringList& arguments);
/// Waits for the end of a started one.
[[nodiscard]] CliRun finished(QProcess& process);

/// The path of modscope-cli, for what a QProcess cannot do.
[[nodiscard]] QString cliProgram();
/// resources/demo/samples/<name> as an argument.
[[nodiscard]] QString samplePath(const QString& name);

} // namespace modscope::test
