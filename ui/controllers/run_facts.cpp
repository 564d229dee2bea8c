#include "ui/controllers/run_facts.h"

#include "core/base/file.h"
#include "ui/models/visible_text.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <array>
#include <optional>

namespace modscope::ui {

namespace {

struct FactText {
    Q_DECLARE_TR_FUNCTIONS(RunFacts)
};

constexpr std::uint64_t kMaxReportBytes = std::uint64_t{1} << 20U;
constexpr std::uint64_t kMaxLicenceBytes = std::uint64_t{1} << 18U;
constexpr std::size_t kMaxMetrics = 60;

bool isFile(const std::filesystem::path& path)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

/// The object of an optional file; nothing when there is no file, and a warning when it cannot be read.
std::optional<QJsonObject> readObject(const std::filesystem::path& path, QStringList& warnings)
{
    if (!isFile(path)) {
        return std::nullopt;
    }
    const Result<std::string> text = readTextFile(path, kMaxReportBytes);
    if (!text) {
        warnings << visibleText(text.error().message);
        return std::nullopt;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(*text), &error);
    if (!document.isObject()) {
        warnings << FactText::tr("%1: not a JSON object: %2").arg(visibleText(path.string()), error.errorString());
        return std::nullopt;
    }
    return document.object();
}

QString valueText(const QJsonValue& value)
{
    if (value.isDouble()) {
        return QLocale().toString(value.toDouble(), 'g', 6);
    }
    if (value.isBool()) {
        return value.toBool() ? FactText::tr("yes") : FactText::tr("no");
    }
    return visibleText(value.toString());
}

/// "val_report.json" has keys with "eval_", "test_metrics.json" with "test_".
QString metricName(QString key, const QString& prefix)
{
    if (key.startsWith(prefix)) {
        key.remove(0, prefix.size());
    }
    const std::array<std::pair<QString, QString>, 4> known = {{{QStringLiteral("f1_macro"), FactText::tr("F1 macro")},
                                                               {QStringLiteral("f1_micro"), FactText::tr("F1 micro")},
                                                               {QStringLiteral("roc_macro"), FactText::tr("ROC macro")},
                                                               {QStringLiteral("loss"), FactText::tr("Loss")}}};
    for (const auto& [word, name] : known) {
        if (key == word) {
            return name;
        }
    }
    return visibleText(key);
}

void addMetrics(const std::filesystem::path& path, const QString& prefix, const QString& split, RunFacts& facts)
{
    const auto report = readObject(path, facts.warnings);
    if (!report) {
        return;
    }
    for (auto entry = report->begin(); entry != report->end() && facts.metrics.size() < kMaxMetrics; ++entry) {
        // How fast the run computed its report says nothing about the model.
        const bool isSpeed =
            entry.key().endsWith(QLatin1String("runtime")) || entry.key().endsWith(QLatin1String("per_second"));
        if (entry->isDouble() && !isSpeed && entry.key() != QLatin1String("epoch")) {
            facts.metrics.push_back({FactText::tr("%1, %2").arg(metricName(entry.key(), prefix), split),
                                     QLocale().toString(entry->toDouble(), 'f', 3)});
        }
    }
}

void addTraining(const std::filesystem::path& run, RunFacts& facts)
{
    const auto config = readObject(run / "config.json", facts.warnings);
    if (!config) {
        return;
    }
    struct Wanted {
        const char* section;
        const char* key;
        QString label;
    };
    const std::array<Wanted, 8> wanted = {{{"data", "train_csv", FactText::tr("Training data")},
                                           {"data", "val_csv", FactText::tr("Validation data")},
                                           {"training", "num_train_epochs", FactText::tr("Epochs, at most")},
                                           {"training", "per_device_train_batch_size", FactText::tr("Batch size")},
                                           {"training", "lr_head", FactText::tr("Learning rate, head")},
                                           {"training", "lr_encoder", FactText::tr("Learning rate, encoder")},
                                           {"training", "sampler", FactText::tr("Sampler")},
                                           {"loss", "type", FactText::tr("Loss function")}}};
    for (const Wanted& fact : wanted) {
        const QJsonValue value = config->value(QLatin1String(fact.section)).toObject().value(QLatin1String(fact.key));
        const QString text = valueText(value);
        if (!text.isEmpty()) {
            facts.training.push_back({fact.label, text});
        }
    }
}

void addLicence(const std::filesystem::path& directory, RunFacts& facts)
{
    for (const char* name : {"LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "COPYING"}) {
        if (!isFile(directory / name)) {
            continue;
        }
        const Result<std::string> text = readTextFile(directory / name, kMaxLicenceBytes);
        if (text) {
            facts.licence = visibleText(*text, true);
        } else {
            facts.warnings << visibleText(text.error().message);
        }
        return;
    }
}

} // namespace

RunFacts readRunFacts(const std::filesystem::path& run, const std::filesystem::path& encoder)
{
    RunFacts facts;
    addTraining(run, facts);
    addMetrics(run / "val_report.json", QStringLiteral("eval_"), FactText::tr("validation"), facts);
    addMetrics(run / "test_metrics.json", QStringLiteral("test_"), FactText::tr("test"), facts);
    addLicence(run, facts);
    if (facts.licence.isEmpty() && !encoder.empty()) {
        addLicence(encoder, facts);
    }
    return facts;
}

} // namespace modscope::ui
