#include "app/cli/command.h"
#include "app/cli/image_root_options.h"
#include "app/cli/model_options.h"
#include "app/cli/output.h"
#include "app/cli/progress_line.h"
#include "app/cli/sample_source.h"
#include "app/cli/similar_report.h"
#include "core/similarity/embedding.h"

#include <CLI/CLI.hpp>
#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace modscope::cli {

namespace {

struct SimilarOptions {
    SampleRequest request;
    RelationThresholds thresholds;
    ModelOptions model;
    bool text = true;
    std::string format = "table";
    std::string output;
};

/// Everything that was asked for, with what could not even be read as an item.
Result<std::vector<SimilarItem>> readItems(const SimilarOptions& options, const std::stop_token& stop)
{
    auto source = SampleSource::open(options.request, stop);
    if (!source) {
        return fail(source.error());
    }
    std::vector<SimilarItem> items;
    while (!stop.stop_requested()) {
        auto next = source->next();
        if (!next) {
            return fail(next.error());
        }
        if (!*next) {
            return items;
        }
        SourceItem& item = **next;
        SimilarItem similar{std::move(item.sample), std::move(item.place), std::move(item.error), {}};
        if (!similar.error && !similar.sample.hasImage()) {
            similar.error = Error{ErrorCode::NoContent, similar.place + ": has no picture to compare"};
        }
        items.push_back(std::move(similar));
    }
    return fail(ErrorCode::Cancelled, "Cancelled after " + std::to_string(items.size()) + " items");
}

/// An empty text may be one that nobody has typed yet, so it counts as not known.
void hash(SimilarItem& item, bool withText)
{
    auto print = fingerprintFile(item.sample.imagePath);
    if (!print) {
        item.error = print.error();
        return;
    }
    if (withText && item.sample.hasText()) {
        auto text = ComparableText::from(item.sample.text);
        if (!text) {
            item.error = text.error();
            return;
        }
        print->text = std::move(*text);
    }
    item.print = std::move(*print);
}

/// Decodes and hashes on all cores.
Result<void> hashAll(std::vector<SimilarItem>& items, bool withText, const CommandContext& context)
{
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> done = 0;
    const auto work = [&](bool shows) {
        ProgressLine progress("Hashing", context.quiet || !shows);
        for (std::size_t at = next++; at < items.size() && !context.stop.stop_requested(); at = next++) {
            if (!items[at].error) {
                hash(items[at], withText);
            }
            ++done;
            progress.update(done, static_cast<double>(done) / static_cast<double>(items.size()));
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned thread = 1; thread < std::thread::hardware_concurrency(); ++thread) {
            others.emplace_back([&work] { work(false); });
        }
        work(true);
    }
    if (context.stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "Cancelled after " + std::to_string(done) + " pictures");
    }
    return {};
}

/// What the model's image encoder makes of the pictures, [D] of unit length.
Result<void> encodeAll(std::vector<SimilarItem>& items, const ModelOptions& model, const CommandContext& context)
{
    constexpr std::size_t kBatch = 16;
    const auto classifier = openClassifier(model, context.stop);
    if (!classifier) {
        return fail(classifier.error());
    }
    ProgressLine progress("Encoding", context.quiet);
    std::vector<Image> squares;
    std::vector<SimilarItem*> batch;
    for (std::size_t at = 0; at < items.size(); ++at) {
        if (context.stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Cancelled after " + std::to_string(at) + " pictures");
        }
        if (!items[at].error) {
            auto picture = classifier->preparePicture(items[at].sample);
            if (picture) {
                squares.push_back(std::move(picture->square));
                batch.push_back(&items[at]);
            } else {
                items[at].error = picture.error();
            }
        }
        if (batch.size() == kBatch || (at + 1 == items.size() && !batch.empty())) {
            const auto features = classifier->encodeSquares(squares);
            if (!features) {
                return fail(features.error());
            }
            for (std::size_t row = 0; row < batch.size(); ++row) {
                const auto values = features->row(row);
                auto unit = unitLength({values.begin(), values.end()});
                if (!unit) {
                    return fail(unit.error().code, batch[row]->sample.imagePath.string() + ": " + unit.error().message);
                }
                batch[row]->print.embedding = std::move(*unit);
            }
            squares.clear();
            batch.clear();
        }
        progress.update(at + 1, static_cast<double>(at + 1) / static_cast<double>(items.size()));
    }
    return {};
}

ExitCode similar(const SimilarOptions& options, const CommandContext& context)
{
    auto output = Output::open(options.output);
    if (!output) {
        return report(output.error());
    }
    auto items = readItems(options, context.stop);
    if (!items) {
        return report(items.error());
    }
    if (auto hashed = hashAll(*items, options.text, context); !hashed) {
        return report(hashed.error());
    }
    if (!options.model.model.empty()) {
        if (auto encoded = encodeAll(*items, options.model, context); !encoded) {
            return report(encoded.error());
        }
    }
    const auto found = SimilarReport::make(*items, options.thresholds, context.stop);
    if (!found) {
        return report(found.error());
    }
    for (const std::string& message : found->messages()) {
        say(message);
    }
    if (auto written = output->write(options.format == "json" ? found->json() : found->table()); !written) {
        return report(written.error());
    }
    if (auto finished = output->finish(); !finished) {
        return report(finished.error());
    }
    if (!context.quiet) {
        say(found->summary());
    }
    return found->failed() > 0 ? ExitCode::SomeFailed : ExitCode::Done;
}

} // namespace

void addSimilar(CLI::App& program, Command& chosen)
{
    auto options = std::make_shared<SimilarOptions>();
    CLI::App* command = program.add_subcommand("similar", "Find duplicates: the same meme, template or a framed copy");
    command
        ->add_option("PATH", options->request.paths,
                     "Pictures, folders (searched for pictures), tables (.csv, .jsonl); - reads JSON Lines")
        ->type_name("")
        ->required();
    command
        ->add_option("--max-distance", options->thresholds.templateBits,
                     "Bits of 256 that two pictures of a group may differ in (default 31)")
        ->type_name("BITS")
        ->check(CLI::Range(0, 64).description(""));
    options->model.model.clear();
    CLI::Option* model =
        command
            ->add_option("--model", options->model.model,
                         "Compare pictures by this model's image encoder too: a run directory, 'demo' or 'demo2'")
            ->type_name("DIR");
    command
        ->add_option("--min-cosine", options->thresholds.embeddingCosine,
                     "List pairs that the model sees at least so alike (0 to 1; depends on the model: look at pairs "
                     "you know)")
        ->type_name("C")
        ->check(CLI::Range(0.0, 1.0).description(""))
        ->needs(model);
    command->add_flag_callback(
        "--text", [options] { options->text = true; }, "Compare texts, where they are known (default)");
    command->add_flag_callback(
        "--no-text", [options] { options->text = false; }, "Leave texts out; then only equal files are the same meme");
    command->add_option("--format", options->format, "table (default) or json")
        ->type_name("FORMAT")
        ->check(CLI::IsMember({"table", "json"}).description(""));
    command->add_flag_callback(
        "--json", [options] { options->format = "json"; }, "The same as --format json");
    command->add_option("--output,-o", options->output, "Write to FILE, which appears only when all is done")
        ->type_name("FILE");
    addImageRootOptions(*command, options->request.table.imageRoot, options->request.table.allowOutsideRoot);
    command->footer(
        "Within a group every two pictures are at most --max-distance bits apart. The first of a group is the\n"
        "one nearest to all others; the relation of each is to it:\n"
        "  same meme          picture and text, or equal files\n"
        "  same template      the picture with another text, or a text that is not known\n"
        "  cropped or framed  near once a uniform border is taken away\n"
        "With --min-cosine, pairs that are in no group together but alike to the model are listed after the groups.\n"
        "\n"
        "Examples:\n"
        "  modscope-cli similar memes/\n"
        "  modscope-cli similar memes/ --model runs/fusion --min-cosine 0.95\n"
        "  modscope-cli similar memes.csv --json --output duplicates.json");
    command->callback([options, &chosen] {
        chosen = [options](const CommandContext& context) { return similar(*options, context); };
    });
}

} // namespace modscope::cli
