#include "tests/ui/fake_models.h"

namespace modscope::test {

namespace {

constexpr std::uint64_t kBytes = 1'700'000'000;

} // namespace

ui::ModelCard fakeCard(const QString& path)
{
    ui::ModelCard card;
    card.name = path.section(u'/', -1);
    card.kind = QStringLiteral("Gated fusion");
    card.encoder = QStringLiteral("CLIP 224/32");
    card.directory = path;
    card.sha256 = QString(64, u'a');
    card.weightBytes = kBytes;
    card.labels = {QStringLiteral("racist"), QStringLiteral("sexist"), QStringLiteral("religion")};
    card.thresholds = {0.35F, 0.4F, 0.05F};
    card.thresholdsCalibrated = true;
    card.facts = {{QStringLiteral("Parameters"), QStringLiteral("3,260,000")}};
    card.metrics = {{QStringLiteral("ROC macro, validation"), QStringLiteral("0.726")}};
    card.markdown = QStringLiteral("# Card of %1\n\nPlain words.\n").arg(card.name);
    return card;
}

Result<void> FakeModels::waitIfSlow(const QString& path, std::stop_token stop, const ProgressFn& progress)
{
    if (!path.startsWith(QStringLiteral("/slow"))) {
        return {};
    }
    progress({kBytes / 2, kBytes});
    started.release();
    while (!release.tryAcquire(1, 5)) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "stopped");
        }
    }
    return {};
}

ui::ModelBackend FakeModels::models()
{
    return {[this](const ui::ModelRequest& request, ClassifierOptions, std::stop_token stop,
                   const ProgressFn& progress) -> Result<Classifier> {
                if (auto waited = waitIfSlow(request.path, std::move(stop), progress); !waited) {
                    return fail(waited.error());
                }
                return fail(ErrorCode::Mismatch, openError);
            },
            []() -> Result<EngineDiagnosis> {
                return EngineDiagnosis{.torchVersion = "2.11",
                                       .instructionSets = "AVX2, AVX-512, AVX512-BF16",
                                       .threads = 2,
                                       .devices = {{"cpu", "Test CPU", 0, 0}},
                                       .cudaMessage = "No NVIDIA driver was found."};
            }};
}

ui::CatalogBackend FakeModels::catalog()
{
    return {[this](const QString& path, std::stop_token stop, const ProgressFn& progress) -> Result<ui::ModelCard> {
                if (auto waited = waitIfSlow(path, std::move(stop), progress); !waited) {
                    return fail(waited.error());
                }
                if (path.startsWith(QStringLiteral("/bad"))) {
                    return fail(ErrorCode::Mismatch, openError);
                }
                return fakeCard(path);
            },
            [](const ModelInfo& info) -> Result<ui::ModelCard> { return fakeCard(QString::fromStdString(info.name)); },
            [this](const QString& path, std::stop_token stop, const ProgressFn& progress) -> Result<QString> {
                if (auto waited = waitIfSlow(path, std::move(stop), progress); !waited) {
                    return fail(waited.error());
                }
                return hash;
            },
            [] {
                return std::vector<ui::CatalogBackend::Bundled>{
                    {QStringLiteral("demo"), QStringLiteral("small CLIP fusion: start here")},
                    {QStringLiteral("demo2"), QStringLiteral("flags almost everything")}};
            }};
}

} // namespace modscope::test
