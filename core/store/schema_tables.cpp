#include "core/store/schema.h"

#include <array>

namespace modscope {

namespace {

// {id} is a 64-bit primary key, {keyed} a table kept in its key's order where the database can. Numbers of few values
// stand for the enumerations of core/review. No column is ever NULL: what is absent is empty, 0, or a confidence of -1.
// `item` and what hangs on it (opinion, declined, event_item.live) are a projection of `event`; `content` and `score`
// are facts; docs/formats.md describes them all.
constexpr std::array kFirst = {
    std::string_view("CREATE TABLE modscope_schema(version INTEGER PRIMARY KEY, applied BIGINT NOT NULL)"),
    std::string_view("CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL)"),
    std::string_view("CREATE TABLE project_label(place {id}, name TEXT NOT NULL UNIQUE)"),
    std::string_view("CREATE TABLE reviewer(id {id}, pseudonym TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,"
                     " role TEXT NOT NULL)"),
    std::string_view(
        "CREATE TABLE model(id {id}, name TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, labels TEXT NOT NULL,"
        " thresholds TEXT NOT NULL)"),
    std::string_view("CREATE TABLE source(id {id}, name TEXT NOT NULL UNIQUE)"),
    // The narrow half of an item, read for every queue: what it is short for is in `content`.
    std::string_view("CREATE TABLE item(id {id}, source BIGINT NOT NULL, created BIGINT NOT NULL,"
                     " imported BIGINT NOT NULL, has_text INTEGER NOT NULL, has_picture INTEGER NOT NULL,"
                     " duplicates BIGINT NOT NULL DEFAULT 0, state INTEGER NOT NULL DEFAULT 0,"
                     " escalated INTEGER NOT NULL DEFAULT 0, audit INTEGER NOT NULL DEFAULT 0,"
                     " golden INTEGER NOT NULL DEFAULT 0, golden_answers TEXT NOT NULL DEFAULT '',"
                     " skips INTEGER NOT NULL DEFAULT 0, first_by BIGINT NOT NULL DEFAULT 0,"
                     " version BIGINT NOT NULL DEFAULT 0, touched BIGINT NOT NULL)"),
    std::string_view("CREATE INDEX item_touched ON item(touched)"),
    std::string_view("CREATE INDEX item_imported ON item(imported)"),
    std::string_view("CREATE INDEX item_duplicates ON item(duplicates) WHERE duplicates > 0"),
    std::string_view("CREATE TABLE content(item {id}, item_key TEXT NOT NULL UNIQUE, text TEXT NOT NULL,"
                     " ocr_text TEXT NOT NULL, image_path TEXT NOT NULL, image_sha256 TEXT NOT NULL,"
                     " external_id TEXT NOT NULL, pdq TEXT NOT NULL, pdq_quality INTEGER NOT NULL,"
                     " join_hash BIGINT NOT NULL)"),
    std::string_view("CREATE INDEX content_join ON content(join_hash)"),
    std::string_view("CREATE TABLE score(item BIGINT NOT NULL REFERENCES item(id),"
                     " model BIGINT NOT NULL REFERENCES model(id), probabilities TEXT NOT NULL,"
                     " text_only TEXT NOT NULL, image_only TEXT NOT NULL, PRIMARY KEY (item, model)){keyed}"),
    std::string_view("CREATE TABLE opinion(item BIGINT NOT NULL REFERENCES item(id), place INTEGER NOT NULL, reviewer "
                     "BIGINT NOT NULL,"
                     " event BIGINT NOT NULL, time BIGINT NOT NULL, answers TEXT NOT NULL, reason TEXT NOT NULL,"
                     " note TEXT NOT NULL, policy TEXT NOT NULL, confidence DOUBLE PRECISION NOT NULL,"
                     " seconds_visible DOUBLE PRECISION NOT NULL, seconds_revealed DOUBLE PRECISION NOT NULL,"
                     " disclosure INTEGER NOT NULL, blind INTEGER NOT NULL, suggestion_shown INTEGER NOT NULL,"
                     " PRIMARY KEY (item, place)){keyed}"),
    std::string_view("CREATE TABLE declined(item BIGINT NOT NULL REFERENCES item(id), reviewer BIGINT NOT NULL, until "
                     "BIGINT NOT NULL,"
                     " PRIMARY KEY (item, reviewer)){keyed}"),
    std::string_view("CREATE TABLE lease(item {id}, holder BIGINT NOT NULL, token TEXT NOT NULL, epoch TEXT NOT NULL,"
                     " ends BIGINT NOT NULL, version BIGINT NOT NULL)"),
    std::string_view("CREATE TABLE event(seq {id}, time BIGINT NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,"
                     " refers_to BIGINT NOT NULL, json TEXT NOT NULL, previous_hash TEXT NOT NULL,"
                     " hash TEXT NOT NULL, token TEXT NOT NULL UNIQUE)"),
    std::string_view("CREATE INDEX event_actor ON event(actor, kind, seq)"),
    std::string_view("CREATE TABLE event_item(item BIGINT NOT NULL, seq BIGINT NOT NULL, live INTEGER NOT NULL,"
                     " PRIMARY KEY (item, seq)){keyed}"),
    std::string_view("CREATE INDEX event_item_seq ON event_item(seq)"),
    // One row: where the chain ends. Whoever writes an event locks it.
    std::string_view("CREATE TABLE chain(id INTEGER PRIMARY KEY, seq BIGINT NOT NULL, time BIGINT NOT NULL,"
                     " hash TEXT NOT NULL)"),
    std::string_view("CREATE TABLE numbering(id INTEGER PRIMARY KEY)"),
    std::string_view("CREATE TABLE duplicate_group(id {id}, relation TEXT NOT NULL)"),
    std::string_view("CREATE TABLE not_duplicate(one BIGINT NOT NULL, other BIGINT NOT NULL, PRIMARY KEY (one, other))"
                     "{keyed}"),
    std::string_view("CREATE TABLE policy(version TEXT PRIMARY KEY, markdown TEXT NOT NULL, published BIGINT NOT NULL,"
                     " event BIGINT NOT NULL)"),
    std::string_view("CREATE TABLE saved_queue(name TEXT PRIMARY KEY, filter TEXT NOT NULL, ordering TEXT NOT NULL)"),
    std::string_view("CREATE TABLE import(name TEXT PRIMARY KEY, row_count BIGINT NOT NULL)"),
    std::string_view("CREATE TABLE exposure(reviewer BIGINT NOT NULL, day TEXT NOT NULL,"
                     " seconds_revealed DOUBLE PRECISION NOT NULL, severity_seconds DOUBLE PRECISION NOT NULL,"
                     " megapixel_seconds DOUBLE PRECISION NOT NULL, items BIGINT NOT NULL, revealed BIGINT NOT NULL,"
                     " PRIMARY KEY (reviewer, day)){keyed}"),
};

constexpr std::array kSchemaSteps = {std::span<const std::string_view>(kFirst)};

} // namespace

SchemaSteps schemaSteps()
{
    return kSchemaSteps;
}

} // namespace modscope
