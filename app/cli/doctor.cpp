#include "app/cli/command.h"
#include "app/cli/json_text.h"
#include "app/cli/text_table.h"
#include "app/version.h"
#include "core/nn/engine.h"
#include "core/nn/model_path.h"
#include "core/ocr/ocr_languages.h"

#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <thread>
#include <unistd.h>

namespace modscope::cli {

namespace {

/// One thing that was looked at.
struct Finding {
    enum class State { Good, Note, Missing } state = State::Good;
    std::string subject;
    std::string found;
    std::string advice; ///< what to do about it; empty when nothing need be done
};

using Findings = std::vector<Finding>;
using State = Finding::State;

std::string_view name(State state)
{
    switch (state) {
    case State::Good:
        return "ok";
    case State::Note:
        return "note";
    case State::Missing:
        return "missing";
    }
    return "";
}

std::string gigabytes(std::uint64_t bytes)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f GB", static_cast<double>(bytes) / 1e9);
    return text.data();
}

std::string environment(const char* variable)
{
    const char* value = std::getenv(variable);
    return value != nullptr ? value : "";
}

void checkMachine(Findings& findings)
{
    const auto pages = static_cast<std::uint64_t>(std::max(0L, ::sysconf(_SC_PHYS_PAGES)));
    const auto free = static_cast<std::uint64_t>(std::max(0L, ::sysconf(_SC_AVPHYS_PAGES)));
    const auto pageBytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    findings.push_back({State::Good, "processor cores", std::to_string(std::thread::hardware_concurrency()), ""});
    findings.push_back(
        {State::Good, "memory", gigabytes(pages * pageBytes) + ", " + gigabytes(free * pageBytes) + " free", ""});
}

void checkEngine(Findings& findings)
{
    const auto engine = engineLibrary();
    if (!engine) {
        findings.push_back({State::Missing, "engine", engine.error().message,
                            "Nothing can be scored without it. Install the whole package, or name the module with "
                            "$MODSCOPE_ENGINE."});
        return;
    }
    const EngineDiagnosis diagnosis = (*engine)->diagnose();
    findings.push_back({State::Good, "libtorch", diagnosis.torchVersion, ""});
    findings.push_back({State::Good, "instruction sets", diagnosis.instructionSets, ""});
    findings.push_back({State::Good, "engine threads", std::to_string(diagnosis.threads), ""});
    for (const DeviceFacts& device : diagnosis.devices) {
        const std::string memory = device.memoryBytes > 0 ? ", " + gigabytes(device.freeBytes) + " of " +
                                                                gigabytes(device.memoryBytes) + " free"
                                                          : "";
        findings.push_back({State::Good, "device " + device.id, device.name + memory, ""});
    }
    if (!diagnosis.cudaMessage.empty()) {
        findings.push_back(
            {State::Note, "CUDA", diagnosis.cudaMessage, "Only needed for a GPU: scoring works without it."});
    }
}

void checkDemo(Findings& findings)
{
    const auto models = bundledModels();
    if (!models) {
        findings.push_back({State::Missing, "demo models", models.error().message, "Name models with --model DIR."});
        return;
    }
    for (const BundledModel& model : *models) {
        std::error_code ignored;
        const bool there = std::filesystem::is_directory(model.directory, ignored);
        findings.push_back({there ? State::Good : State::Missing, "model " + model.word, model.directory.string(),
                            there ? "" : "Install the package's demo folder again."});
    }
}

void checkFolder(Findings& findings, const std::string& subject, const std::string& folder, const std::string& advice)
{
    if (folder.empty()) {
        findings.push_back({State::Note, subject, "not set", advice});
        return;
    }
    std::error_code error;
    const std::filesystem::directory_iterator readable(folder, error);
    findings.push_back({error ? State::Missing : State::Good, subject, folder + (error ? ": " + error.message() : ""),
                        error ? "Correct the variable, or make the folder readable." : ""});
}

void checkFolders(Findings& findings)
{
    checkFolder(findings, "$MODSCOPE_MODELS", environment("MODSCOPE_MODELS"),
                "Optional: folders with run directories that 'models list' shows.");
    checkFolder(findings, "$MODSCOPE_ENCODERS", environment("MODSCOPE_ENCODERS"),
                "Optional: encoder directories for runs that do not carry their own.");
    const std::string home = environment("HOME");
    const std::string cache = environment("HF_HOME").empty() ? home + "/.cache/huggingface" : environment("HF_HOME");
    std::error_code ignored;
    const bool there = std::filesystem::is_directory(cache + "/hub", ignored);
    findings.push_back({there ? State::Good : State::Note, "Hugging Face cache",
                        there ? cache + "/hub" : "none at " + cache + "/hub",
                        there ? "" : "Optional: encoders downloaded by other programs are found there."});
}

void checkOcr(Findings& findings)
{
    const auto languages = findOcrLanguages();
    if (!languages) {
        findings.push_back({State::Note, "OCR languages", "none", languages.error().message});
        return;
    }
    std::string names;
    for (const std::string& name : languages->names) {
        names += (names.empty() ? "" : ", ") + name;
    }
    findings.push_back({State::Good, "OCR languages", names + " in " + languages->folder.string(), ""});
}

/// Whether a font file with this beginning of its name is below one of the system's font folders.
bool hasFont(std::string_view prefix)
{
    for (const std::string& root : {std::string("/usr/share/fonts"), std::string("/usr/local/share/fonts"),
                                    environment("HOME") + "/.local/share/fonts"}) {
        std::error_code error;
        for (auto entry = std::filesystem::recursive_directory_iterator(
                 root, std::filesystem::directory_options::skip_permission_denied, error);
             !error && entry != end(entry); entry.increment(error)) {
            if (entry->path().filename().string().starts_with(prefix)) {
                return true;
            }
        }
    }
    return false;
}

void checkFonts(Findings& findings)
{
    const std::array<std::array<const char*, 3>, 2> fonts{
        {{"Inter", "Inter", "fonts-inter"}, {"JetBrains Mono", "JetBrainsMono", "fonts-jetbrains-mono"}}};
    for (const auto& [title, prefix, package] : fonts) {
        const bool there = hasFont(prefix);
        findings.push_back(
            {there ? State::Good : State::Note, std::string("font ") + title, there ? "installed" : "not installed",
             there ? "" : std::string("The desktop uses another font. To have it: apt install ") + package});
    }
}

std::string asText(const Findings& findings)
{
    TextTable table({"state", "subject", "found"});
    std::string advice;
    for (const Finding& finding : findings) {
        table.add({std::string(name(finding.state)), finding.subject, finding.found});
        if (!finding.advice.empty()) {
            advice += finding.subject + ": " + finding.advice + "\n";
        }
    }
    return table.text() + (advice.empty() ? "" : "\n") + advice;
}

std::string asJson(const Findings& findings)
{
    Json json = Json::array();
    for (const Finding& finding : findings) {
        json.push_back({{"state", name(finding.state)},
                        {"subject", finding.subject},
                        {"found", finding.found},
                        {"advice", finding.advice}});
    }
    return jsonText(json);
}

ExitCode examine(bool json)
{
    Findings findings;
    findings.push_back(
        {State::Good, "modscope",
         std::string(version()) + " (" + std::string(sourceRevision()) + ") in " + programDirectory().string(), ""});
    checkMachine(findings);
    checkEngine(findings);
    checkDemo(findings);
    checkFolders(findings);
    checkOcr(findings);
    checkFonts(findings);
    const bool complete = std::none_of(findings.begin(), findings.end(),
                                       [](const Finding& finding) { return finding.state == State::Missing; });
    const ExitCode printed = print(json ? asJson(findings) : asText(findings));
    return printed == ExitCode::Done && !complete ? ExitCode::Failed : printed;
}

} // namespace

void addDoctor(CLI::App& program, Command& chosen)
{
    auto json = std::make_shared<bool>(false);
    CLI::App* command =
        program.add_subcommand("doctor", "Show what this machine offers, and what to do about the rest");
    command->add_flag("--json", *json, "JSON instead of a table");
    command->footer("Exit code 1 if something needed is missing; what is optional is only noted.");
    command->callback([json, &chosen] { chosen = [json](const CommandContext&) { return examine(*json); }; });
}

} // namespace modscope::cli
