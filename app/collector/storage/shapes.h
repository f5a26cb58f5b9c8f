// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <SQLiteCpp/Statement.h>

namespace SQLite {
class Database;
}

namespace vedette::collector {

struct EventFacts;

/// A packed text (event/aspects.h) that an issue has not had before.
struct NewShape
{
    std::int64_t issue = 0;
    std::string frames; ///< either of the two may be empty
    std::string aspects;
};

/// Remembers which shapes the issues have had, so that a repeated event writes nothing: one look-up in memory
/// for its frames and one for its aspects. At most 16 different stacks and 64 different sets of aspects are
/// kept of an issue; events of further ones are not found by stack.* and the like, but by all else. On the
/// write lane only.
class ShapeMemory final
{
public:
    /// What of the event is new.
    NewShape note(std::int64_t issue, const EventFacts& facts);
    void clear();

private:
    bool isNew(std::int64_t issue, const std::string& packed, std::uint32_t kind, std::uint32_t maxShapes);

    std::unordered_set<std::uint64_t> m_known;                 ///< by issue, kind and text
    std::unordered_map<std::uint64_t, std::uint32_t> m_counts; ///< by issue and kind
};

/// A frame of a shape, by the hash that its row is found by. The text is the shape's.
struct ShapeFrame
{
    std::int64_t hash = 0;
    std::string_view record; ///< packed (event/aspects.h)
};

/// The frames of many shapes, each once, in the order of their hashes: so looked up, and added, a page of the
/// index serves many of them. Valid as long as the shapes are.
[[nodiscard]] std::vector<ShapeFrame> framesOf(const std::vector<NewShape>& shapes);

/// Hangs shapes on their issues, within the transaction that is open; twice is as good as once. Throws
/// SQLite::Exception. On the write lane only.
class ShapeWriter final
{
public:
    explicit ShapeWriter(SQLite::Database& db);
    void write(const NewShape& shape);
    /// Looks a frame up, or adds it, for shapes that are written next.
    void learn(const ShapeFrame& frame);
    /// Forgets what it looked up: after a rollback, and after anybody else wrote to the database.
    void forget() { m_frames.clear(); }

private:
    std::int64_t frameId(std::int64_t hash, const std::vector<std::string_view>& fields);
    std::int64_t aspectId(std::string_view key, std::string_view value);

    /// Frames that were looked up lately, by their hash: libraries' are in most stacks. Bounded.
    std::unordered_map<std::int64_t, std::int64_t> m_frames;
    SQLite::Statement m_findFrame;
    SQLite::Statement m_addFrame;
    SQLite::Statement m_findAspect;
    SQLite::Statement m_addAspect;
    SQLite::Statement m_hangFrame;
    SQLite::Statement m_hangAspect;
    SQLite::Statement m_frameCount;
    SQLite::Statement m_aspectCount;
};

} // namespace vedette::collector
