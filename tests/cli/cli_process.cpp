#include "tests/cli/cli_process.h"

#include "tests/support/test_data.h"

namespace modscope::test {

namespace {

constexpr int kTimeoutMs = 120'000;

} // namespace

CliRun finished(QProcess& process)
{
    if (!process.waitForFinished(kTimeoutMs)) {
        qFatal("modscope-cli did not end: %s", qPrintable(process.arguments().join(QLatin1Char(' '))));
    }
    if (process.exitStatus() != QProcess::NormalExit) {
        qFatal("modscope-cli crashed: %s", qPrintable(process.arguments().join(QLatin1Char(' '))));
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

CliRun runCli(const QStringList& arguments, const QByteArray& input)
{
    QProcess process;
    process.start(cliProgram(), arguments);
    process.write(input);
    process.closeWriteChannel();
    return finished(process);
}

CliRun runCliInto(const QString& target, const QStringList& arguments)
{
    QProcess process;
    process.setStandardOutputFile(target);
    process.start(cliProgram(), arguments);
    process.closeWriteChannel();
    return finished(process);
}

std::unique_ptr<QProcess> startCli(const QStringList& arguments)
{
    auto process = std::make_unique<QProcess>();
    process->start(cliProgram(), arguments);
    if (!process->waitForStarted(kTimeoutMs)) {
        qFatal("modscope-cli cannot be started");
    }
    return process;
}

QString cliProgram()
{
    return QStringLiteral(MODSCOPE_CLI);
}

QString samplePath(const QString& name)
{
    return QString::fromStdString(resource("demo/samples").string()) + QLatin1Char('/') + name;
}

} // namespace modscope::test
