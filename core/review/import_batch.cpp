#include "core/review/import_batch.h"

#include <algorithm>
#include <array>

namespace modscope {

namespace {

/// Whether an error is about the rows given, so that others can still come in.
bool isOfRows(ErrorCode code)
{
    constexpr std::array kOfRows = {ErrorCode::InvalidArgument, ErrorCode::Mismatch,      ErrorCode::NoContent,
                                    ErrorCode::NotFound,        ErrorCode::LimitExceeded, ErrorCode::ParseError};
    return std::find(kOfRows.begin(), kOfRows.end(), code) != kOfRows.end();
}

class HalvedBatch {
public:
    HalvedBatch(ReviewStore& store,
                std::span<const NewItem> items,
                const std::string& name,
                const std::function<void(const ImportOutcome&)>& each,
                const std::function<void(std::size_t, const Error&)>& refuse)
        : m_store(store), m_items(items), m_name(name), m_each(each), m_refuse(refuse)
    {}

    Result<void> bringIn(std::size_t first, std::size_t count)
    {
        if (count == 0) {
            return {};
        }
        const auto outcome = m_store.import(m_items.subspan(first, count), m_name);
        if (outcome) {
            m_each(*outcome);
            return {};
        }
        if (!isOfRows(outcome.error().code)) {
            return fail(outcome.error());
        }
        if (count == 1) {
            m_refuse(first, outcome.error());
            return {};
        }
        const std::size_t half = count / 2;
        auto ahead = bringIn(first, half);
        return ahead ? bringIn(first + half, count - half) : ahead;
    }

private:
    ReviewStore& m_store;
    std::span<const NewItem> m_items;
    const std::string& m_name;
    const std::function<void(const ImportOutcome&)>& m_each;
    const std::function<void(std::size_t, const Error&)>& m_refuse;
};

} // namespace

Result<void> importBatch(ReviewStore& store,
                         std::span<const NewItem> items,
                         const std::string& name,
                         const std::function<void(const ImportOutcome&)>& each,
                         const std::function<void(std::size_t, const Error&)>& refuse)
{
    return HalvedBatch(store, items, name, each, refuse).bringIn(0, items.size());
}

} // namespace modscope
