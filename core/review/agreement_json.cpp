#include "core/review/review_agreement.h"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace modscope {

namespace {

using AgreementObject = nlohmann::ordered_json; // keys in the order of reading

using Coefficient = std::pair<const char*, Estimate AgreementReport::*>;
constexpr std::array<Coefficient, 6> kCoefficients = {{{"observed", &AgreementReport::observed},
                                                       {"cohen_kappa", &AgreementReport::cohenKappa},
                                                       {"fleiss_kappa", &AgreementReport::fleissKappa},
                                                       {"krippendorff_alpha", &AgreementReport::krippendorffAlpha},
                                                       {"gwet_ac1", &AgreementReport::gwetAc1},
                                                       {"pabak", &AgreementReport::pabak}}};

AgreementObject estimateJson(const Estimate& estimate)
{
    AgreementObject object;
    object["value"] = estimate.value ? AgreementObject(*estimate.value) : AgreementObject();
    object["lower"] = estimate.interval ? AgreementObject(estimate.interval->lower) : AgreementObject();
    object["upper"] = estimate.interval ? AgreementObject(estimate.interval->upper) : AgreementObject();
    object["undefined_draws"] = estimate.undefinedDraws;
    return object;
}

Estimate estimateFrom(const AgreementObject& object)
{
    Estimate estimate;
    if (!object.at("value").is_null()) {
        estimate.value = object.at("value").get<double>();
    }
    if (!object.at("lower").is_null()) {
        estimate.interval = Interval{object.at("lower").get<double>(), object.at("upper").get<double>()};
    }
    estimate.undefinedDraws = object.at("undefined_draws").get<std::size_t>();
    return estimate;
}

AgreementReport reportFrom(const AgreementObject& object)
{
    AgreementReport report;
    report.units = object.at("units").get<std::size_t>();
    report.pairableUnits = object.at("pairable_units").get<std::size_t>();
    report.pairableRatings = object.at("pairable_ratings").get<std::size_t>();
    report.ratingsPerCategory = {object.at("no").get<std::size_t>(), object.at("yes").get<std::size_t>()};
    for (const auto& [key, member] : kCoefficients) {
        report.*member = estimateFrom(object.at(key));
    }
    return report;
}

} // namespace

std::string agreementJson(const LabelSetAgreement& agreement, const std::vector<std::string>& labels)
{
    AgreementObject classes = AgreementObject::array();
    for (std::size_t label = 0; label < labels.size(); ++label) {
        const AgreementReport& report = agreement.labels[label];
        AgreementObject one{{"class", labels[label]},
                            {"units", report.units},
                            {"pairable_units", report.pairableUnits},
                            {"pairable_ratings", report.pairableRatings},
                            {"no", report.ratingsPerCategory.at(0)},
                            {"yes", report.ratingsPerCategory.at(1)}};
        for (const auto& [key, member] : kCoefficients) {
            one[key] = estimateJson(report.*member);
        }
        classes.push_back(std::move(one));
    }
    const AgreementObject object{{"classes", std::move(classes)}, {"masi_alpha", estimateJson(agreement.masiAlpha)}};
    return object.dump(-1, ' ', false, AgreementObject::error_handler_t::replace);
}

Result<LabelSetAgreement> agreementFromJson(std::string_view json)
{
    const AgreementObject object = AgreementObject::parse(json, nullptr, false);
    try {
        LabelSetAgreement agreement;
        for (const AgreementObject& one : object.at("classes")) {
            agreement.labels.push_back(reportFrom(one));
        }
        agreement.masiAlpha = estimateFrom(object.at("masi_alpha"));
        return agreement;
    } catch (const AgreementObject::exception& error) {
        return fail(ErrorCode::ParseError, std::string("the agreement is not complete: ") + error.what());
    }
}

} // namespace modscope
