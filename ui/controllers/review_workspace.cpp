#include "ui/controllers/review_workspace.h"

#include <QDir>
#include <QFileInfo>

#include <utility>

namespace modscope::ui {

namespace {

/// Who works here, when the settings do not say: the name of the account.
QString accountName()
{
    const QString name = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return name.isEmpty() ? QStringLiteral("reviewer") : name;
}

} // namespace

ReviewWorkspace::ReviewWorkspace(QThreadPool* ioPool, const QString& dataFolder, QObject* parent)
    : QObject(parent), queues(&link), ledger(&link), review(&link, &queues, &ledger), covers(ioPool), picture(ioPool),
      sender(&link, ioPool, QDir(dataFolder).filePath(QStringLiteral("pasted"))), transfer(&link, ioPool),
      watcher(&link, ioPool), lead(&link), m_deskStore(QDir(dataFolder).filePath(QStringLiteral("review.db")))
{
    connect(&link, &DeskLink::opened, this, [this] {
        if (const auto waiting = std::exchange(m_whenOpen, nullptr)) {
            waiting();
        }
    });
    connect(&link, &DeskLink::openFailed, this, [this] { m_whenOpen = nullptr; });
}

void ReviewWorkspace::setModels(const std::vector<OpenModel>& models)
{
    m_open = models;
    m_models.clear();
    for (const OpenModel& model : models) {
        m_models.push_back(scoringModel(model.summary));
    }
}

StoreOptions ReviewWorkspace::optionsFor(const ReviewPreferences& chosen) const
{
    StoreOptions options;
    options.location = (chosen.store.isEmpty() ? m_deskStore : chosen.store).toStdString();
    options.reviewerName = (chosen.reviewer.isEmpty() ? accountName() : chosen.reviewer).toStdString();
    return options;
}

void ReviewWorkspace::openRemembered(const ReviewPreferences& chosen)
{
    if (!chosen.store.isEmpty() || QFileInfo::exists(m_deskStore)) {
        link.open(optionsFor(chosen));
    } else {
        link.close();
    }
}

void ReviewWorkspace::send(std::vector<ClassifyItem> items,
                           const std::vector<OpenModel>& models,
                           const ReviewPreferences& chosen)
{
    if (link.isOpen()) {
        sender.send(std::move(items), models);
        return;
    }
    if (models.empty() || items.empty()) {
        return;
    }
    m_whenOpen = [this, items = std::move(items), models] { sender.send(items, models); };
    StoreOptions options = optionsFor(chosen);
    if (chosen.store.isEmpty()) {
        QDir().mkpath(QFileInfo(m_deskStore).path());
        options.create = Project{"memes", models.front().summary.labels};
    }
    link.open(options);
}

} // namespace modscope::ui
