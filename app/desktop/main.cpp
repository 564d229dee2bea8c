#include "app/desktop/desktop.h"
#include "app/version.h"
#include "core/nn/engine_library.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QStandardPaths>

#include <string_view>

namespace {

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

int main(int argc, char* argv[])
{
    modscope::restartWaitingPassively(argv); // Qt's core library has loaded libgomp already
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("modscope"));
    QApplication::setApplicationDisplayName(QStringLiteral("Modscope"));
    QApplication::setDesktopFileName(QStringLiteral("org.modscope.Modscope"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/modscope.svg")));
    QApplication::setApplicationVersion(fromView(modscope::version()));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Scores memes, text and picture together, with trained models."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("files"),
        QCoreApplication::translate("main", "Pictures, folders, tables (CSV, JSON Lines), or a model's folder."),
        QStringLiteral("[files…]"));
    parser.process(application);

    modscope::Desktop desktop(application, modscope::ui::Settings::defaultFile(),
                              QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    desktop.start(parser.positionalArguments());
    return QApplication::exec();
}
