#include "ui/controllers/review_sender.h"

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"
#include "core/image/decode.h"
#include "core/review/grouping.h"
#include "core/similarity/pdq.h"

#include <QDir>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

namespace modscope::ui {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRowsPerImport = 1000;

/// Where a pasted picture is from now on: named by its bytes, so that the same one is written once.
Result<fs::path> keepPasted(const std::vector<std::byte>& bytes, const std::string& sha256, const QString& folder)
{
    if (!QDir().mkpath(folder)) {
        return fail(ErrorCode::IoError, "the folder '" + folder.toStdString() + "' cannot be made");
    }
    const fs::path target = fs::path(folder.toStdString()) / (sha256 + ".png");
    std::error_code ignored;
    if (!fs::exists(target, ignored)) {
        const std::string_view content(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        if (const auto kept = writeFileAtomically(target, content); !kept) {
            return fail(kept.error());
        }
    }
    return target;
}

/// The item's picture: where it is, its bytes' hash and how it looks.
Result<void> describePicture(const Sample& sample, const QString& pictureFolder, ItemContent& content)
{
    fs::path path = sample.imagePath;
    if (sample.imageBytes) {
        content.imageSha256 = sha256Hex(*sample.imageBytes);
        auto kept = keepPasted(*sample.imageBytes, content.imageSha256, pictureFolder);
        if (!kept) {
            return fail(kept.error());
        }
        path = std::move(*kept);
    } else {
        auto sha256 = sha256OfFile(path);
        if (!sha256) {
            return fail(sha256.error());
        }
        content.imageSha256 = std::move(*sha256);
    }
    const auto decoded = decodeImageFile(path, {.orientation = Orientation::Apply});
    const auto hash = decoded ? pdq(decoded->image) : fail(decoded.error());
    if (!hash) {
        return fail(hash.error());
    }
    content.hash = {toHex(hash->hash), hash->quality};
    std::error_code notFound;
    content.imagePath = fs::absolute(path, notFound).string();
    return {};
}

/// @param models  parallel to the item's outcomes, with their numbers in the store
Result<NewItem> prepare(const ClassifyItem& item, std::span<const ModelId> models, const QString& pictureFolder)
{
    if (item.inputError) {
        return fail(*item.inputError);
    }
    NewItem row;
    // The queue keeps people's words and those that OCR read apart.
    if (item.textOrigin != TextOrigin::Ocr) {
        row.content.text = item.sample.text;
    }
    if (item.reading && item.reading->has_value()) {
        row.content.ocrText = (*item.reading)->text;
    }
    row.content.source = item.origin.isEmpty() ? "Classify" : item.origin.section(QLatin1Char(','), 0, 0).toStdString();
    row.content.externalId = item.sample.id;
    if (item.sample.hasImage()) {
        if (auto described = describePicture(item.sample, pictureFolder, row.content); !described) {
            return fail(described.error());
        }
    }
    for (std::size_t model = 0; model < item.outcomes.size() && model < models.size(); ++model) {
        if (item.outcomes[model] && item.outcomes[model]->has_value()) {
            row.content.scores.push_back({models[model], item.outcomes[model]->value().probabilities, {}, {}});
        }
    }
    return row;
}

/// Everything that send() does, away from the desktop's thread.
class SendJob {
public:
    SendJob(std::vector<ClassifyItem> items, std::vector<ScoringModel> models, QString pictureFolder)
        : m_items(std::move(items)), m_models(std::move(models)), m_pictureFolder(std::move(pictureFolder))
    {}

    Result<SendSummary> run(const StoreOptions& options, const std::stop_token& stop, const ProgressFn& report)
    {
        auto store = openStore(options);
        if (!store) {
            return fail(store.error());
        }
        std::vector<ModelId> models;
        for (const ScoringModel& model : m_models) {
            const auto known = (*store)->model(model);
            if (!known) {
                return fail(known.error());
            }
            models.push_back(known->id);
        }
        std::vector<NewItem> rows;
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "nothing more was sent to review");
            }
            report({i, m_items.size()});
            if (auto row = prepare(m_items[i], models, m_pictureFolder)) {
                rows.push_back(std::move(*row));
            } else {
                m_summary.problems << errorText(row.error()); // it names the file
            }
            if (rows.size() == kRowsPerImport || i + 1 == m_items.size()) {
                if (auto imported = import(**store, std::exchange(rows, {})); !imported) {
                    return fail(imported.error());
                }
            }
        }
        if (!m_added.empty()) {
            if (const auto grouped = groupDuplicates(**store, m_added, {}, stop); !grouped) {
                m_summary.problems << errorText(grouped.error()); // the items are in; only their groups are not
            }
        }
        return m_summary;
    }

private:
    Result<void> import(ReviewStore& store, const std::vector<NewItem>& rows)
    {
        if (rows.empty()) {
            return {};
        }
        const auto imported = store.import(rows, {});
        if (!imported) {
            return fail(imported.error());
        }
        m_summary.added += imported->added;
        m_summary.joined += imported->joined;
        if (imported->added > 0) {
            m_added.insert(m_added.end(), imported->ids.begin(), imported->ids.end());
        }
        return {};
    }

    std::vector<ClassifyItem> m_items;
    std::vector<ScoringModel> m_models;
    QString m_pictureFolder;
    std::vector<modscope::ItemId> m_added; ///< with those that were joined beside them
    SendSummary m_summary;
};

} // namespace

ScoringModel scoringModel(const ModelSummary& model)
{
    return {0, model.name.toStdString(), model.sha256.toStdString(), model.labels, model.thresholds};
}

ReviewSender::ReviewSender(DeskLink* link, QThreadPool* ioPool, QString pictureFolder, QObject* parent)
    : QObject(parent), m_link(link), m_pictureFolder(std::move(pictureFolder)), m_job(ioPool)
{
    connect(&m_job, &JobBase::progressed, this, [this](const Progress& progress) {
        m_progress = progress;
        Q_EMIT progressed();
    });
    connect(&m_job, &JobBase::finished, this, &ReviewSender::finish);
}

void ReviewSender::send(std::vector<ClassifyItem> items, const std::vector<OpenModel>& models)
{
    if (isRunning() || !m_link->isOpen()) {
        return;
    }
    m_progress = {};
    std::vector<ScoringModel> scoring(models.size());
    std::ranges::transform(models, scoring.begin(), [](const OpenModel& one) { return scoringModel(one.summary); });
    m_job.start([job = std::make_shared<SendJob>(std::move(items), std::move(scoring), m_pictureFolder),
                 options = m_link->options()](std::stop_token stop, const ProgressFn& report) {
        return job->run(options, stop, report);
    });
    Q_EMIT progressed();
}

void ReviewSender::finish()
{
    m_link->look();
    if (const Result<SendSummary>& summary = m_job.result()) {
        Q_EMIT sent(*summary);
    } else {
        Q_EMIT failed(errorText(summary.error()));
    }
    Q_EMIT progressed();
}

} // namespace modscope::ui
