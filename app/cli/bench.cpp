#include "app/cli/bench_report.h"
#include "app/cli/command.h"
#include "app/cli/model_options.h"
#include "app/cli/sample_source.h"
#include "app/version.h"
#include "core/base/file.h"
#include "core/image/image_processor.h"
#include "core/nn/model_path.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

namespace modscope::cli {

namespace {

constexpr std::size_t kMaxItems = 2000; ///< of the given data; more would only take longer to read
constexpr std::size_t kBatch = 32;

struct BenchOptions {
    ModelOptions model;
    std::vector<std::string> data;
    std::string versus;
    double seconds = 2;
    bool json = false;
};

/// The material: everything the steps take, already in memory.
struct Material {
    std::vector<Sample> samples; ///< as read; endToEnd uses them whole
    std::vector<std::vector<std::byte>> pictures;
    std::vector<std::string> texts;
    std::vector<Image> squares;
    std::vector<TokenIds> tokens;
};

/// Runs `work` on one index after the other until the time is over. @return calls a second; an error ends it
Result<double> rateOf(double seconds, const std::stop_token& stop, const std::function<Result<void>(std::size_t)>& work)
{
    using Clock = std::chrono::steady_clock;
    if (auto warm = work(0); !warm) { // first use: buffers, kernels, thread teams
        return fail(warm.error());
    }
    const auto start = Clock::now();
    std::size_t calls = 0;
    std::chrono::duration<double> elapsed{};
    do {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "The benchmark was cancelled");
        }
        if (auto done = work(calls); !done) {
            return fail(done.error());
        }
        ++calls;
        elapsed = Clock::now() - start;
    } while (elapsed.count() < seconds);
    return static_cast<double>(calls) / elapsed.count();
}

Speed speed(
    std::string name, std::string unit, const Result<double>& rate, double itemsPerCall, const std::string& note = {})
{
    return {std::move(name), std::move(unit), rate ? std::optional(*rate * itemsPerCall) : std::nullopt,
            rate ? note : rate.error().message};
}

Result<Material> readMaterial(const BenchOptions& options, const std::stop_token& stop)
{
    SampleRequest request;
    request.paths = options.data;
    if (request.paths.empty()) {
        const auto data = dataDirectory();
        if (!data) {
            return fail(data.error());
        }
        request.paths.push_back((*data / "demo" / "samples" / "samples.csv").string());
    }
    auto source = SampleSource::open(request, stop);
    if (!source) {
        return fail(source.error());
    }
    Material material;
    while (material.samples.size() < kMaxItems) {
        auto item = source->next();
        if (!item) {
            return fail(item.error());
        }
        if (!*item) {
            break;
        }
        if ((*item)->error) {
            return fail(*(*item)->error); // a speed of items that are left out would mislead
        }
        material.samples.push_back(std::move((*item)->sample));
    }
    for (const Sample& sample : material.samples) {
        if (!sample.text.empty()) {
            material.texts.push_back(sample.text);
        }
        if (!sample.imagePath.empty()) {
            auto bytes = readFile(sample.imagePath, DecodeOptions().maxBytes);
            if (!bytes) {
                return fail(bytes.error());
            }
            material.pictures.push_back(std::move(*bytes));
        }
    }
    if (material.texts.empty() || material.pictures.empty()) {
        return fail(ErrorCode::NoContent, "The benchmark needs at least one text and one picture");
    }
    return material;
}

Result<Image> toSquare(const ImageProcessor& processor, const std::vector<std::byte>& bytes)
{
    DecodeOptions limits;
    limits.orientation = processor.config().orientation;
    return decodeImage(bytes, limits).and_then([&processor](const DecodedImage& decoded) {
        return processor.toSquare(decoded.image);
    });
}

Result<void> benchSteps(const BenchOptions& options,
                        const Checkpoint& checkpoint,
                        const std::stop_token& stop,
                        Material& material,
                        BenchReport& report)
{
    const Preprocessing& preprocessing = checkpoint.info.preprocessing;
    const ImageProcessor processor(preprocessing.image);
    const auto tokenizer = openTokenizer(checkpoint.info.encoderDirectory, preprocessing.tokenizer, preprocessing.text);
    if (!tokenizer) {
        return fail(tokenizer.error());
    }
    for (const auto& picture : material.pictures) {
        auto square = toSquare(processor, picture);
        if (!square) {
            return fail(square.error());
        }
        material.squares.push_back(std::move(*square));
    }
    for (const std::string& text : material.texts) {
        material.tokens.push_back((*tokenizer)->encode(text));
    }
    const auto decoding = rateOf(options.seconds, stop, [&](std::size_t call) -> Result<void> {
        return toSquare(processor, material.pictures[call % material.pictures.size()]).map([](const Image&) {});
    });
    report.speeds.push_back(speed("decode and resize, one core", "pictures/s", decoding, 1));
    const auto tokenising = rateOf(options.seconds, stop, [&](std::size_t call) -> Result<void> {
        return (*tokenizer)->encode(material.texts[call % material.texts.size()]).ids.empty()
                   ? fail(ErrorCode::Internal, "The tokenizer gave no token")
                   : Result<void>();
    });
    report.speeds.push_back(speed("tokenise, one core", "texts/s", tokenising, 1));
    return {};
}

/// Text and picture pairs through towers and head.
Result<void> scorePairs(
    const Engine& engine, const Material& material, std::size_t first, std::size_t count, int threads)
{
    std::vector<TokenIds> texts;
    std::vector<std::span<const std::uint8_t>> squares;
    for (std::size_t index = first; index < first + count; ++index) {
        texts.push_back(material.tokens[index % material.tokens.size()]);
        squares.emplace_back(material.squares[index % material.squares.size()].rgb);
    }
    const auto text = engine.encodeText(texts, threads);
    if (!text) {
        return fail(text.error());
    }
    const auto image = engine.encodeImages(squares, threads);
    if (!image) {
        return fail(image.error());
    }
    const std::vector<Presence> present(count, {true, true});
    return engine.classify(*text, *image, present, threads).map([](const Matrix&) {});
}

void benchEngine(const BenchOptions& options,
                 const EngineLibrary& library,
                 const Checkpoint& checkpoint,
                 const Material& material,
                 const CommandContext& context,
                 BenchReport& report)
{
    const int threads = options.model.threads > 0 ? options.model.threads
                                                  : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    for (const auto& [title, precision] : {std::pair("fp32", Precision::Fp32), std::pair("bf16", Precision::Bf16)}) {
        EngineOptions engineOptions;
        engineOptions.device = options.model.device;
        engineOptions.precision = precision;
        const auto engine = library.open(checkpoint, engineOptions);
        for (const std::size_t batch : {std::size_t{1}, kBatch}) {
            const Result<double> rate =
                engine ? rateOf(options.seconds, context.stop,
                                [&](std::size_t call) {
                                    return scorePairs(**engine, material, call * batch, batch, threads);
                                })
                       : Result<double>(fail(engine.error()));
            report.speeds.push_back(speed(std::string("engine ") + title + ", batch " + std::to_string(batch),
                                          "pairs/s", rate, static_cast<double>(batch),
                                          engine ? (*engine)->facts().kernels : ""));
        }
    }
}

Result<void> benchEndToEnd(const BenchOptions& options,
                           const Material& material,
                           const CommandContext& context,
                           BenchReport& report)
{
    const auto classifier = openClassifier(options.model, context.stop);
    if (!classifier) {
        return fail(classifier.error());
    }
    report.machine.emplace_back("device", classifier->engine().device);
    report.machine.emplace_back("model", classifier->info().name);
    const auto rate = rateOf(options.seconds, context.stop, [&](std::size_t) -> Result<void> {
        for (const auto& prediction : classifier->predict(material.samples, context.stop)) {
            if (!prediction) {
                return fail(prediction.error());
            }
        }
        return {};
    });
    report.speeds.push_back(speed("end to end from files, " + classifier->engine().precision, "items/s", rate,
                                  static_cast<double>(material.samples.size())));
    return {};
}

Result<BenchReport> measured(const BenchOptions& options, const CommandContext& context)
{
    BenchReport report;
    const auto library = engineLibrary();
    if (!library) {
        return fail(library.error());
    }
    const EngineDiagnosis diagnosis = (*library)->diagnose();
    report.machine = {{"modscope", std::string(version()) + " " + std::string(sourceRevision())},
                      {"libtorch", diagnosis.torchVersion},
                      {"instruction sets", diagnosis.instructionSets},
                      {"cores", std::to_string(std::thread::hardware_concurrency())}};
    auto material = readMaterial(options, context.stop);
    if (!material) {
        return fail(material.error());
    }
    const auto model = resolveModel(options.model.model);
    const auto opening = classifierOptions(options.model, context.stop);
    if (!model || !opening) {
        return fail(!model ? model.error() : opening.error());
    }
    const auto checkpoint = openCheckpoint(*model, opening->checkpoint, context.stop);
    if (!checkpoint) {
        return fail(checkpoint.error());
    }
    if (auto done = benchSteps(options, *checkpoint, context.stop, *material, report); !done) {
        return fail(done.error());
    }
    benchEngine(options, **library, *checkpoint, *material, context, report);
    if (auto done = benchEndToEnd(options, *material, context, report); !done) {
        return fail(done.error());
    }
    return report;
}

ExitCode bench(const BenchOptions& options, const CommandContext& context)
{
    std::optional<BenchReport> before;
    if (!options.versus.empty()) {
        auto read = readBenchReport(options.versus);
        if (!read) {
            return report(read.error());
        }
        before = std::move(*read);
    }
    const auto now = measured(options, context);
    if (!now) {
        return report(now.error());
    }
    if (context.stop.stop_requested()) {
        return report({ErrorCode::Cancelled, "The benchmark was cancelled"});
    }
    return print(options.json ? toJson(*now) : toTable(*now, before));
}

} // namespace

void addBench(CLI::App& program, Command& chosen)
{
    auto options = std::make_shared<BenchOptions>();
    CLI::App* command = program.add_subcommand("bench", "Measure decoding, tokenising, the engine and the whole way");
    command
        ->add_option("PATH", options->data, "Pictures, folders and tables to measure with (default: the demo samples)")
        ->type_name("");
    command->add_option("--seconds", options->seconds, "How long each measurement takes (default: 2)")
        ->type_name("S")
        ->check(CLI::Range(0.01, 600.0).description(""));
    auto* json = command->add_flag("--json", options->json, "JSON, to keep or to compare with later");
    command->add_option("--vs", options->versus, "Compare with the JSON report of another run")
        ->type_name("FILE")
        ->excludes(json);
    addModelOptions(*command, options->model);
    addEngineOptions(*command, options->model);
    command->footer("Rates depend on what else the machine does: compare runs made one after the other.\n"
                    "\n"
                    "Example:\n"
                    "  modscope-cli bench --json > before.json; modscope-cli bench --vs before.json");
    command->callback(
        [options, &chosen] { chosen = [options](const CommandContext& context) { return bench(*options, context); }; });
}

} // namespace modscope::cli
