#include "core/review/export.h"
#include "core/review/iso_time.h"

#include <nlohmann/json.hpp>

namespace modscope {

namespace {

using ManifestJson = nlohmann::ordered_json; // keys in the order of reading

constexpr std::string_view kFormat = "modscope-export";
constexpr int kVersion = 1;

ManifestJson modelsJson(const std::vector<ScoringModel>& models)
{
    ManifestJson list = ManifestJson::array();
    for (const ScoringModel& model : models) {
        list.push_back({{"id", model.id},
                        {"name", model.name},
                        {"sha256", model.sha256},
                        {"labels", model.labels},
                        {"thresholds", model.thresholds}});
    }
    return list;
}

std::vector<ScoringModel> modelsFrom(const ManifestJson& list)
{
    std::vector<ScoringModel> models;
    for (const ManifestJson& one : list) {
        models.push_back({one.at("id").get<ModelId>(), one.at("name").get<std::string>(),
                          one.at("sha256").get<std::string>(), one.at("labels").get<std::vector<std::string>>(),
                          one.at("thresholds").get<std::vector<float>>()});
    }
    return models;
}

ExportManifest read(const ManifestJson& json)
{
    ExportManifest manifest;
    manifest.notes = json.at("notes").get<bool>();
    manifest.spreadsheetSafe = json.at("spreadsheet_safe").get<bool>();
    manifest.file = json.at("file").get<std::string>();
    manifest.sha256 = json.at("sha256").get<std::string>();
    manifest.rows = json.at("rows").get<std::uint64_t>();
    manifest.items = json.at("items").get<std::uint64_t>();
    manifest.changedCells = json.at("apostrophes_added").get<std::uint64_t>();
    manifest.leftOut = json.at("left_out").get<std::map<std::string, std::uint64_t>>();
    manifest.columns = json.at("columns").get<std::vector<std::string>>();
    manifest.labels = json.at("labels").get<std::vector<std::string>>();
    manifest.models = modelsFrom(json.at("models"));
    manifest.reviewers = json.at("reviewers").get<std::vector<std::string>>();
    manifest.events = json.at("events").get<EventSeq>();
    manifest.chainHead = json.at("chain_head").get<std::string>();
    manifest.written = json.at("written_ms").get<TimeMs>();
    return manifest;
}

} // namespace

std::string toJson(const ExportManifest& manifest)
{
    const ManifestJson json = {{"format", kFormat},
                               {"version", kVersion},
                               {"profile", name(manifest.profile)},
                               {"notes", manifest.notes},
                               {"spreadsheet_safe", manifest.spreadsheetSafe},
                               {"file", manifest.file},
                               {"sha256", manifest.sha256},
                               {"rows", manifest.rows},
                               {"items", manifest.items},
                               {"apostrophes_added", manifest.changedCells},
                               {"left_out", manifest.leftOut},
                               {"columns", manifest.columns},
                               {"labels", manifest.labels},
                               {"models", modelsJson(manifest.models)},
                               {"reviewers", manifest.reviewers},
                               {"agreement", ManifestJson::parse(agreementJson(manifest.agreement, manifest.labels))},
                               {"events", manifest.events},
                               {"chain_head", manifest.chainHead},
                               {"written", isoTime(manifest.written)},
                               {"written_ms", manifest.written}};
    return json.dump(2, ' ', false, ManifestJson::error_handler_t::replace) + "\n";
}

Result<ExportManifest> manifestFromJson(std::string_view text)
{
    const ManifestJson json = ManifestJson::parse(text, nullptr, false);
    try {
        if (!json.is_object() || json.at("format") != kFormat) {
            return fail(ErrorCode::ParseError, "not a manifest of an export");
        }
        if (json.at("version").get<int>() != kVersion) {
            return fail(ErrorCode::Unsupported, "the manifest has version " + json.at("version").dump() +
                                                    ", this program reads version " + std::to_string(kVersion));
        }
        ExportManifest manifest = read(json);
        const auto profile = exportProfileNamed(json.at("profile").get<std::string>());
        if (!profile) {
            return fail(profile.error());
        }
        manifest.profile = *profile;
        auto agreement = agreementFromJson(json.at("agreement").dump());
        if (!agreement) {
            return fail(agreement.error());
        }
        manifest.agreement = std::move(*agreement);
        return manifest;
    } catch (const ManifestJson::exception& error) {
        return fail(ErrorCode::ParseError, std::string("the manifest is not complete: ") + error.what());
    }
}

} // namespace modscope
