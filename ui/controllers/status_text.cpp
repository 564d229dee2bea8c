#include "ui/controllers/status_text.h"

#include "ui/controllers/model_controller.h"
#include "ui/controllers/open_models.h"
#include "ui/controllers/review_workspace.h"
#include "ui/models/device_choice.h"
#include "ui/models/model_card.h"
#include "ui/models/visible_text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrlQuery>

namespace modscope::ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(StatusText)
};

QString nameOfPath(const QString& path)
{
    return visibleText(QFileInfo(path).fileName());
}

QString loadingText(const ModelSlot& slot)
{
    const QString name = nameOfPath(slot.request.path);
    if (slot.stopping) {
        return Text::tr("Stopping to read %1").arg(name);
    }
    if (slot.progress.total == 0) {
        return Text::tr("Reading %1").arg(name);
    }
    return Text::tr("Reading %1, %2 of %3").arg(name, sizeText(slot.progress.done), sizeText(slot.progress.total));
}

QString openText(const ModelSlot& slot)
{
    return Text::tr("%1 · %2").arg(modelName(slot), QString::fromStdString(slot.classifier->info().sha256).left(8));
}

QString slotLine(const ModelSlot& slot)
{
    if (slot.loading) {
        return Text::tr("%1: %2").arg(QString(slot.letter), loadingText(slot));
    }
    if (!slot.classifier) {
        return Text::tr("%1: %2 could not be loaded").arg(QString(slot.letter), nameOfPath(slot.path));
    }
    const EngineFacts& engine = slot.classifier->engine();
    return Text::tr("%1: %2, %3, %4, %5 in memory")
        .arg(QString(slot.letter), openText(slot), visibleText(engine.device), visibleText(engine.precision),
             sizeText(engine.weightBytes));
}

} // namespace

StatusText deviceStatus(const ModelController& models)
{
    if (!models.engineError().isEmpty()) {
        return {Text::tr("No engine"), {visibleText(models.engineError())}};
    }
    if (!models.diagnosis()) {
        return {Text::tr("Looking for devices"), {}};
    }
    StatusText status{machineSummary(*models.diagnosis()), machineFacts(*models.diagnosis())};
    if (const QString reason = noGpuReason(*models.diagnosis()); !reason.isEmpty()) {
        status.details << reason;
    }
    quint64 held = 0;
    for (const ModelSlot& slot : models.models()) {
        held += slot.classifier ? slot.classifier->engine().weightBytes : 0;
    }
    status.details << Text::tr("Open models hold %1").arg(sizeText(held));
    return status;
}

StatusText modelStatus(const ModelController& models)
{
    StatusText status{Text::tr("No model"), {}};
    bool first = true;
    for (const ModelSlot& slot : models.models()) {
        if (slot.path.isEmpty()) {
            continue;
        }
        if (first || slot.loading) {
            status.text = slot.loading      ? loadingText(slot)
                          : slot.classifier ? openText(slot)
                                            : Text::tr("%1 could not be loaded").arg(nameOfPath(slot.path));
        }
        first = false;
        status.details << slotLine(slot);
    }
    return status;
}

bool isDatabaseLost(const ReviewWorkspace* review)
{
    return review != nullptr && review->link.isOpen() && review->link.facts().shared && !review->link.isReachable();
}

QString databaseHost(const QString& location)
{
    static const QRegularExpression kPort(QStringLiteral(":\\d*$"));
    QString host = location.section(QStringLiteral("://"), 1).section(QLatin1Char('?'), 0, 0);
    host = host.section(QLatin1Char('/'), 0, 0).section(QLatin1Char('@'), -1).remove(kPort);
    const QUrlQuery query(location.section(QLatin1Char('?'), 1));
    for (const QString& key : {QStringLiteral("host"), QStringLiteral("hostaddr")}) {
        host = query.hasQueryItem(key) ? query.queryItemValue(key) : host;
    }
    host = QUrl::fromPercentEncoding((host.isEmpty() ? qEnvironmentVariable("PGHOST") : host).toUtf8());
    const bool socket = host.startsWith(QLatin1Char('/')) || host.startsWith(QLatin1Char('@'));
    return socket ? QString() : host;
}

StatusText networkStatus(const ReviewWorkspace* review)
{
    if (review == nullptr || !review->link.isOpen() || !review->link.facts().shared) {
        return {Text::tr("Offline: no connections"),
                {Text::tr("The desktop opens no network connection unless you choose a team's review database."),
                 Text::tr("Pictures, texts and scores stay on this computer; models are read from its disk.")}};
    }
    const QStringList details{
        Text::tr("The desktop is connected to one place: %1").arg(visibleText(review->link.facts().where)),
        Text::tr("Texts, scores and decisions are kept there; pictures stay where they are.")};
    const int waiting = review->review.waiting();
    if (!review->link.isReachable()) {
        const QStringList lost{
            Text::tr("It is tried every second. What waits here is asked for again, once, when it is back.")};
        return {waiting == 0 ? Text::tr("Database not reachable")
                             : Text::tr("Database not reachable, %n decision(s) wait here", nullptr, waiting),
                lost + details};
    }
    const QString host = visibleText(databaseHost(QString::fromStdString(review->link.options().location)));
    return {host.isEmpty() ? Text::tr("Network: review database on this computer only")
                           : Text::tr("Network: review database on %1 only").arg(host),
            details};
}

} // namespace modscope::ui
