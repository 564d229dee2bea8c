#include "app/cli/captioned_source.h"
#include "app/cli/command.h"
#include "app/cli/image_root_options.h"
#include "app/cli/model_options.h"
#include "app/cli/ocr_options.h"
#include "app/cli/output.h"
#include "app/cli/prediction_writer.h"
#include "app/cli/progress_line.h"
#include "app/cli/sample_source.h"

#include <CLI/CLI.hpp>
#include <deque>
#include <memory>
#include <unistd.h>
#include <utility>

namespace modscope::cli {

namespace {

struct PredictOptions {
    ModelOptions model;
    OcrChoice ocr;
    SampleRequest request;
    std::string imageRoot;
    std::string format;
    std::string output;
};

std::string chosenFormat(const PredictOptions& options)
{
    if (!options.format.empty()) {
        return options.format;
    }
    if (options.output.empty() || options.output == "-") {
        return "table";
    }
    const std::string extension = std::filesystem::path(options.output).extension().string();
    return extension == ".json" ? "json" : extension == ".jsonl" || extension == ".ndjson" ? "jsonl" : "csv";
}

/// Moves items from the source through the classifier to the output, rows that cannot be scored at their places.
class PredictRun {
public:
    PredictRun(CaptionedSource source, Output output, std::unique_ptr<PredictionWriter> writer, bool quiet)
        : m_source(std::move(source)), m_output(std::move(output)), m_writer(std::move(writer)),
          m_progress("Scoring", quiet)
    {}

    Result<void> run(const Classifier& classifier, const std::stop_token& stop)
    {
        const std::stop_callback forward(stop, [this] { m_stop.request_stop(); });
        write(m_writer->begin());
        classifier.predictStream([this] { return pull(); },
                                 [this](std::size_t, const Sample&, const Result<Prediction>& prediction) {
                                     finishFirst(prediction);
                                     finishUnusable();
                                 },
                                 m_stop.get_token());
        m_progress.clear();
        if (m_error) {
            return fail(*m_error);
        }
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Cancelled after " + std::to_string(m_scored + m_failed) + " items");
        }
        write(m_writer->end());
        return m_error ? Result<void>(fail(*m_error)) : m_output.finish();
    }

    [[nodiscard]] std::size_t scored() const { return m_scored; }
    [[nodiscard]] std::size_t failed() const { return m_failed; }

private:
    std::optional<Sample> pull()
    {
        while (!m_stop.stop_requested()) {
            auto item = m_source.next(m_stop.get_token());
            if (!item) {
                if (item.error().code != ErrorCode::Cancelled) {
                    abandon(item.error());
                }
                return std::nullopt;
            }
            if (!*item) {
                return std::nullopt;
            }
            m_open.push_back(std::move(**item));
            if (!m_open.back().error) {
                return m_open.back().sample;
            }
            finishUnusable();
        }
        return std::nullopt;
    }

    void finishUnusable()
    {
        while (!m_open.empty() && m_open.front().error) {
            finishFirst(fail(*m_open.front().error));
        }
    }

    void finishFirst(const Result<Prediction>& prediction)
    {
        const SourceItem item = std::move(m_open.front());
        m_open.pop_front();
        if (prediction) {
            ++m_scored;
        } else {
            ++m_failed;
            m_progress.clear();
            const bool needsPlace = !item.error && !item.place.empty();
            say((needsPlace ? item.place + ": " : std::string()) + prediction.error().message);
        }
        write(m_writer->row(item, prediction));
        m_progress.update(m_scored + m_failed, m_source.fraction());
    }

    void write(const std::string& bytes)
    {
        if (m_error) {
            return;
        }
        if (auto written = m_output.write(bytes); !written) {
            abandon(written.error());
        }
    }

    void abandon(const Error& error)
    {
        m_error = error;
        m_stop.request_stop();
    }

    CaptionedSource m_source;
    Output m_output;
    std::unique_ptr<PredictionWriter> m_writer;
    ProgressLine m_progress;
    std::stop_source m_stop;
    std::deque<SourceItem> m_open; ///< pulled, not written yet
    std::optional<Error> m_error;  ///< why the run ended early
    std::size_t m_scored = 0;
    std::size_t m_failed = 0;
};

Result<CaptionedSource> openSource(const PredictOptions& options, const std::stop_token& stop)
{
    auto source = SampleSource::open(options.request, stop);
    if (!source) {
        return fail(source.error());
    }
    auto pool = openOcrPool(options.ocr, options.model.threads);
    if (!pool) {
        return fail(pool.error());
    }
    return CaptionedSource::open(std::move(*source), ocrMode(options.ocr), std::move(*pool));
}

ExitCode predict(const PredictOptions& options, const CommandContext& context)
{
    // The output first: a folder that cannot be written should not cost an hour of scoring.
    auto output = Output::open(options.output);
    if (!output) {
        return report(output.error());
    }
    auto source = openSource(options, context.stop);
    if (!source) {
        return report(source.error());
    }
    const auto classifier = openClassifier(options.model, context.stop);
    if (!classifier) {
        return report(classifier.error());
    }
    for (const std::string& warning : classifier->info().warnings) {
        say(warning);
    }
    auto writer = makePredictionWriter(chosenFormat(options), source->columns(), classifier->info().labels,
                                       ocrMode(options.ocr) == OcrMode::Off ? OcrOutput::Off : OcrOutput::On);
    PredictRun run(std::move(*source), std::move(*output), std::move(writer), context.quiet);
    if (auto done = run.run(*classifier, context.stop); !done) {
        return report(done.error());
    }
    if (!context.quiet && (run.failed() > 0 || !options.output.empty())) {
        say(std::to_string(run.scored()) + " scored, " + std::to_string(run.failed()) + " failed" +
            (options.output.empty() ? "" : ", written to " + options.output));
    }
    return run.failed() > 0 ? ExitCode::SomeFailed : ExitCode::Done;
}

} // namespace

void addPredict(CLI::App& program, Command& chosen)
{
    auto options = std::make_shared<PredictOptions>();
    CLI::App* command = program.add_subcommand("predict", "Score pictures, texts, folders and tables");
    command
        ->add_option("PATH", options->request.paths,
                     "Pictures, folders (searched for pictures), tables (.csv, .jsonl); - reads JSON Lines")
        ->type_name("");
    command->add_option("--text", options->request.text, "Score one text, alone or with --image")
        ->type_name("TEXT")
        ->check(utf8Only());
    command->add_option("--image", options->request.image, "Score one picture, alone or with --text")
        ->type_name("FILE");
    command
        ->add_option("--format", options->format,
                     "table (default), json, jsonl or csv; for --output by its extension, else csv")
        ->type_name("FORMAT")
        ->check(CLI::IsMember({"table", "json", "jsonl", "csv"}).description(""));
    command->add_option("--output,-o", options->output, "Write to FILE, which appears only when all is done")
        ->type_name("FILE");
    addImageRootOptions(*command, options->request.table.imageRoot, options->request.table.allowOutsideRoot);
    addOcrOptions(*command, options->ocr);
    addModelOptions(*command, options->model);
    addEngineOptions(*command, options->model);
    command->footer("Tables need a column text or image_path; id, labels and other columns are carried through.\n"
                    "\n"
                    "Examples:\n"
                    "  modscope-cli predict meme.jpg holiday-pictures/\n"
                    "  modscope-cli predict --text \"when the code compiles\" --image meme.jpg --format json\n"
                    "  modscope-cli predict memes.csv --model runs/fusion-7 --output scores.csv\n"
                    "  cat items.jsonl | modscope-cli predict - --format jsonl");
    command->callback([options, &chosen] {
        const SampleRequest& request = options->request;
        const bool hasPair = request.text || !request.image.empty();
        if (request.paths.empty() && !hasPair) {
            throw CLI::RequiredError("PATH, --text or --image");
        }
        if (!request.paths.empty() && hasPair) {
            throw CLI::ValidationError("--text and --image make one pair; leave out the other paths");
        }
        chosen = [options](const CommandContext& context) { return predict(*options, context); };
    });
}

} // namespace modscope::cli
