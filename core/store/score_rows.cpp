#include "core/store/score_rows.h"

#include "core/store/text.h"

#include <map>

namespace modscope {

void saveScores(Connection& connection, const std::vector<ScoreRow>& rows)
{
    std::map<std::pair<ItemId, ModelId>, const ItemScores*> last;
    for (const ScoreRow& row : rows) {
        last[{row.item, row.scores.model}] = &row.scores;
    }
    std::vector<std::int64_t> items;
    std::vector<std::int64_t> models;
    std::vector<std::string> probabilities;
    std::vector<std::string> textOnly;
    std::vector<std::string> imageOnly;
    for (const auto& [place, scores] : last) {
        items.push_back(place.first);
        models.push_back(place.second);
        probabilities.push_back(packFloats(scores->probabilities));
        textOnly.push_back(packFloats(scores->textOnly));
        imageOnly.push_back(packFloats(scores->imageOnly));
    }
    connection.dialect().insert(connection.sql(), "score",
                                {{"item", std::move(items)},
                                 {"model", std::move(models)},
                                 {"probabilities", std::move(probabilities)},
                                 {"text_only", std::move(textOnly)},
                                 {"image_only", std::move(imageOnly)}},
                                " ON CONFLICT (item, model) DO UPDATE SET probabilities = excluded.probabilities,"
                                " text_only = excluded.text_only, image_only = excluded.image_only");
}

} // namespace modscope
