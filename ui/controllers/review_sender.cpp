#include "ui/controllers/review_sender.h"

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"
#include "core/image/decode.h"
#include "core/similarity/pdq.h"

#include <QDir>

#include <algorithm>
#include <filesystem>
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

Result<PictureHash> pictureHash(const fs::path& path)
{
    const auto decoded = decodeImageFile(path, {.orientation = Orientation::Apply});
    if (!decoded) {
        return fail(decoded.error());
    }
    const auto hash = pdq(decoded->image);
    return hash ? Result<PictureHash>(PictureHash{toHex(hash->hash), hash->quality}) : fail(hash.error());
}

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
    connect(&m_job, &JobBase::finished, this, &ReviewSender::prepared);
}

Result<ReviewSender::Row> ReviewSender::prepare(const ClassifyItem& item, const QString& pictureFolder)
{
    if (item.inputError) {
        return fail(*item.inputError);
    }
    Row row;
    ItemContent& content = row.item.content;
    content.text = item.sample.text;
    content.source = item.origin.isEmpty() ? "Classify" : item.origin.section(QLatin1Char(','), 0, 0).toStdString();
    content.externalId = item.sample.id;
    if (item.sample.hasImage()) {
        fs::path path = item.sample.imagePath;
        if (item.sample.imageBytes) {
            content.imageSha256 = sha256Hex(*item.sample.imageBytes);
            auto kept = keepPasted(*item.sample.imageBytes, content.imageSha256, pictureFolder);
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
        auto hash = pictureHash(path);
        if (!hash) {
            return fail(hash.error());
        }
        content.hash = std::move(*hash);
        std::error_code notFound;
        content.imagePath = fs::absolute(path, notFound).string();
    }
    for (std::size_t model = 0; model < item.outcomes.size(); ++model) {
        if (item.outcomes[model] && item.outcomes[model]->has_value()) {
            content.scores.push_back({0, item.outcomes[model]->value().probabilities, {}, {}});
            row.models.push_back(model);
        }
    }
    return row;
}

void ReviewSender::send(std::vector<ClassifyItem> items, const std::vector<OpenModel>& models)
{
    if (m_sending || !m_link->isOpen()) {
        return;
    }
    m_sending = true;
    m_progress = {};
    m_models.clear();
    for (const OpenModel& model : models) {
        m_models.push_back(scoringModel(model.summary));
    }
    m_job.start([items = std::move(items), folder = m_pictureFolder](std::stop_token stop,
                                                                     const ProgressFn& report) -> Result<Prepared> {
        Prepared prepared;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "nothing was sent to review");
            }
            report({i, items.size()});
            if (auto row = prepare(items[i], folder)) {
                prepared.rows.push_back(std::move(*row));
            } else {
                prepared.problems << items[i].name + QStringLiteral(": ") + errorText(row.error());
            }
        }
        return prepared;
    });
}

void ReviewSender::prepared()
{
    if (!m_sending) {
        return;
    }
    const Result<Prepared>& made = m_job.result();
    if (!made || !m_link->isOpen()) {
        finish(made ? fail(ErrorCode::Unavailable, "the review queue was closed") : fail(made.error()));
        return;
    }
    m_link->ask(
        [rows = made->rows, problems = made->problems, models = m_models](ReviewDesk& desk) -> Result<SendSummary> {
            ReviewStore& store = desk.session().store();
            std::vector<ModelId> ids;
            for (const ScoringModel& model : models) {
                const auto known = store.model(model);
                if (!known) {
                    return fail(known.error());
                }
                ids.push_back(known->id);
            }
            SendSummary summary{0, 0, problems};
            std::vector<NewItem> items;
            for (const Row& row : rows) {
                items.push_back(row.item);
                for (std::size_t i = 0; i < row.models.size(); ++i) {
                    items.back().content.scores[i].model = ids.at(row.models[i]);
                }
            }
            for (std::size_t first = 0; first < items.size(); first += kRowsPerImport) {
                const std::size_t count = std::min(kRowsPerImport, items.size() - first);
                const auto imported = store.import(std::span(items).subspan(first, count), {});
                if (!imported) {
                    return fail(imported.error());
                }
                summary.added += imported->added;
                summary.joined += imported->joined;
            }
            return summary;
        },
        [this](Result<SendSummary> summary) { finish(std::move(summary)); });
}

void ReviewSender::finish(Result<SendSummary> summary)
{
    m_sending = false;
    m_link->look();
    if (summary) {
        Q_EMIT sent(*summary);
    } else {
        Q_EMIT failed(errorText(summary.error()));
    }
    Q_EMIT progressed();
}

} // namespace modscope::ui
