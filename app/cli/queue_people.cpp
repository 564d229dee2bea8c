#include "app/cli/json_text.h"
#include "app/cli/queue_options.h"
#include "app/cli/text_table.h"

#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>
#include <memory>

namespace modscope::cli {

namespace {

struct QueuePeopleOptions {
    QueueStoreOptions store;
    std::string add;
    std::string role = "reviewer";
    bool json = false;
};

ExitCode printPeople(const std::vector<Reviewer>& people, bool json)
{
    TextTable table({"name", "role", "pseudonym"});
    Json list = Json::array();
    for (const Reviewer& one : people) {
        const std::string role(name(one.role));
        table.add({one.name, role, one.pseudonym});
        list.push_back({{"name", one.name}, {"role", role}, {"pseudonym", one.pseudonym}});
    }
    return print(json ? jsonText(Json{{"people", std::move(list)}}) : table.text());
}

ExitCode queuePeople(const QueuePeopleOptions& options, const CommandContext& context)
{
    auto store = openQueue(options.store);
    if (!store) {
        return report(store.error());
    }
    if (!options.add.empty()) {
        const auto role = roleNamed(options.role);
        const auto added = role ? (*store)->addReviewer(options.add, *role) : fail(role.error());
        if (!added) {
            return report(added.error());
        }
        if (!context.quiet) {
            say("'" + added->name + "' is " + added->pseudonym + " now, with the role " + options.role);
        }
    }
    const auto people = (*store)->reviewers();
    return people ? printPeople(*people, options.json) : report(people.error());
}

} // namespace

void addQueuePeople(CLI::App& queue, Command& chosen)
{
    auto options = std::make_shared<QueuePeopleOptions>();
    CLI::App* command = queue.add_subcommand("people", "List who works on a store, or add somebody");
    addQueueStoreOptions(*command, options->store);
    CLI::Option* add = command->add_option("--add", options->add, "Add somebody; only a lead may")
                           ->type_name("NAME")
                           ->check(utf8Only().description(""));
    command->add_option("--role", options->role, "Of who is added: reviewer (default), lead or auditor")
        ->type_name("ROLE")
        ->needs(add)
        ->check(CLI::IsMember({"reviewer", "lead", "auditor"}).description(""));
    command->add_flag("--json", options->json, "Print JSON");
    command->footer(
        "Exports and events carry pseudonyms; names stay in the store. Two people cannot have one name, nor\n"
        "names that look alike. A role is for ever: what somebody did is checked by it later.\n"
        "\n"
        "Example:\n"
        "  modscope-cli queue people --add Max --role reviewer");
    command->callback([options, &chosen] {
        chosen = [options](const CommandContext& context) { return queuePeople(*options, context); };
    });
}

} // namespace modscope::cli
