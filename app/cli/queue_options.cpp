#include "app/cli/queue_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace modscope::cli {

namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::filesystem::path desktopStore()
{
    const std::string data = variable("XDG_DATA_HOME");
    const std::filesystem::path base =
        data.empty() ? std::filesystem::path(variable("HOME")) / ".local/share" : std::filesystem::path(data);
    return base / "modscope" / "review.db";
}

} // namespace

void addQueueStoreOptions(CLI::App& command, QueueStoreOptions& options)
{
    command
        .add_option("--store", options.store,
                    "A file, sqlite:///absolute/path.db or postgresql://user@host:port/database "
                    "(default: the desktop's own)")
        ->type_name("STORE")
        ->check(utf8Only().description(""));
    command.add_option("--reviewer", options.reviewer, "Who works, by name (default: the account's name)")
        ->type_name("NAME")
        ->check(utf8Only().description(""));
}

void addQueueSelection(CLI::App& command, QueueSelection& selection)
{
    command
        .add_option("--filter", selection.filter,
                    "Which items: 'state:decided class:Religion -is:golden' (default: all)")
        ->type_name("FILTER")
        ->check(utf8Only().description(""));
    command
        .add_option("--order", selection.order,
                    "What --limit keeps: oldest (default), risk, uncertainty, disagreement, duplicates")
        ->type_name("ORDER");
    command.add_option("--limit", selection.limit, "At most so many items (default: all)")->type_name("N");
}

StoreOptions storeOptions(const QueueStoreOptions& options)
{
    StoreOptions result;
    result.location = options.store.empty() ? desktopStore().string() : options.store;
    result.reviewerName = options.reviewer.empty() ? variable("USER") : options.reviewer;
    if (result.reviewerName.empty()) {
        result.reviewerName = "reviewer"; // as the desktop calls somebody without an account's name
    }
    return result;
}

Result<std::unique_ptr<ReviewStore>> openQueue(const QueueStoreOptions& options, std::optional<Project> create)
{
    StoreOptions opening = storeOptions(options);
    opening.create = std::move(create);
    if (opening.create && options.store.empty()) {
        std::error_code ignored; // opening says what is wrong
        std::filesystem::create_directories(std::filesystem::path(opening.location).parent_path(), ignored);
    }
    return openStore(opening);
}

Result<OpenedSelection> openSelection(const QueueStoreOptions& options,
                                      const QueueSelection& selection,
                                      const std::stop_token& stop)
{
    auto filter = parseFilter(selection.filter);
    const auto order = parseOrder(selection.order);
    if (!filter || !order) {
        return fail(filter ? order.error() : filter.error());
    }
    auto store = openQueue(options);
    if (!store) {
        return fail(store.error());
    }
    constexpr std::uint64_t kSeed = 1; // nothing is drawn
    auto session = ReviewSession::open(std::move(*store), kSeed, stop);
    if (!session) {
        return fail(session.error());
    }
    OpenedSelection opened{std::move(*session), std::nullopt};
    if (filter->terms.empty() && selection.limit == 0) {
        return opened;
    }
    auto items = opened.session.list({{}, std::move(*filter), *order}, selection.limit, stop);
    if (!items) {
        return fail(items.error());
    }
    std::sort(items->begin(), items->end());
    opened.items = std::move(*items);
    return opened;
}

} // namespace modscope::cli
