#include "core/store/open_store.h"

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

// One reviewer as a process, for the tests that kill it: claims and decides until nothing is left.
// Usage: store_worker LOCATION NAME ITEMS SEED
// Prints "claimed ID" for each claim and "decided ID" once the store has answered; exit code 3 for a store's error.

namespace {

using namespace modscope;

int failed(const Error& error)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return 3;
}

/// Offered in an order of its own, a few at a time, so that workers meet at the same items often but not always.
std::vector<ItemId> candidates(std::mt19937_64& random, ItemId items)
{
    std::uniform_int_distribution<ItemId> start(1, items);
    std::vector<ItemId> ids;
    ItemId id = start(random);
    for (int i = 0; i < 64; ++i) {
        ids.push_back(id);
        id = id % items + 1;
    }
    return ids;
}

std::vector<ItemId> all(ItemId items)
{
    std::vector<ItemId> ids;
    for (ItemId id = 1; id <= items; ++id) {
        ids.push_back(id);
    }
    return ids;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 5) {
        return 2;
    }
    StoreOptions options;
    options.location = argv[1];
    options.reviewerName = argv[2];
    const ItemId items = std::atoll(argv[3]);
    std::mt19937_64 random(std::strtoull(argv[4], nullptr, 10));
    auto store = openStore(options);
    if (!store) {
        return failed(store.error());
    }
    for (;;) {
        auto lease = (*store)->claim(candidates(random, items));
        if (lease && !*lease) {
            lease = (*store)->claim(all(items));
        }
        if (!lease) {
            return failed(lease.error());
        }
        if (!*lease) {
            return 0;
        }
        std::printf("claimed %lld\n", static_cast<long long>((*lease)->item));
        std::fflush(stdout);
        EventDraft draft;
        draft.items = {(*lease)->item};
        draft.decision.answers = {random() % 2 == 0 ? Answer::Yes : Answer::No, Answer::Unsure};
        const auto outcome = (*store)->commit(draft, **lease);
        if (!outcome) {
            return failed(outcome.error());
        }
        std::printf("decided %lld\n", static_cast<long long>((*lease)->item));
        std::fflush(stdout);
    }
}
