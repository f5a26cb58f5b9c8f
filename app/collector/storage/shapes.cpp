// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/shapes.h"

#include <algorithm>
#include <string_view>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/event/aspects.h"
#include "app/collector/event/facts.h"
#include "app/collector/storage/statementuse.h"

namespace vedette::collector {
namespace {

constexpr std::uint32_t maxStacks = 16;
constexpr std::uint32_t maxAspectSets = 64;
constexpr std::size_t maxRemembered = 200'000;
constexpr std::size_t maxFramesRemembered = 50'000; // those of one round of counters, with many new issues
constexpr std::size_t frameFields = 5;
/// Of an issue, whatever came between two starts.
constexpr std::int64_t maxFrames = 480;
constexpr std::int64_t maxAspects = 640;

enum Kind : std::uint32_t
{
    Frames,
    Aspects
};

/// FNV-1a with 64 bits: the database holds it, so it must be the same in every build.
std::uint64_t fnv(std::string_view text, std::uint64_t hash = 14695981039346656037U)
{
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211U;
    }
    return hash;
}

/// Negative ones are of migration 0008.
std::int64_t hashOf(const std::vector<std::string_view>& fields)
{
    std::uint64_t hash = fnv({});
    for (const std::string_view field : fields)
        hash = fnv(std::string_view("\x1f", 1), fnv(field, hash));
    return static_cast<std::int64_t>(hash >> 1U);
}

/// False where the issue is gone or holds enough.
bool hasRoom(SQLite::Statement& count, std::int64_t issue, std::int64_t most)
{
    Use use(count);
    use->bind(1, issue);
    return use->executeStep() && use->getColumn(0).getInt64() < most;
}

void hang(SQLite::Statement& statement, std::int64_t issue, std::int64_t what)
{
    Use use(statement);
    use->bind(1, issue);
    use->bind(2, what);
    use->exec();
}

} // namespace

NewShape ShapeMemory::note(std::int64_t issue, const EventFacts& facts)
{
    if (m_known.size() > maxRemembered)
        clear();
    NewShape shape;
    shape.issue = issue;
    if (isNew(issue, facts.frames, Frames, maxStacks))
        shape.frames = facts.frames;
    if (isNew(issue, facts.aspects, Aspects, maxAspectSets))
        shape.aspects = facts.aspects;
    return shape;
}

void ShapeMemory::clear()
{
    m_known.clear();
    m_counts.clear();
}

bool ShapeMemory::isNew(
    std::int64_t issue, const std::string& packed, std::uint32_t kind, std::uint32_t maxShapes)
{
    if (packed.empty())
        return false;
    const std::uint64_t place = static_cast<std::uint64_t>(issue) * 2 + kind;
    const std::uint64_t key = std::hash<std::string_view>{}(packed) ^ (place * 0x9e3779b97f4a7c15U);
    if (m_known.contains(key))
        return false;
    std::uint32_t& count = m_counts[place];
    if (count >= maxShapes)
        return false;
    ++count;
    m_known.insert(key);
    return true;
}

std::vector<ShapeFrame> framesOf(const std::vector<NewShape>& shapes)
{
    std::vector<ShapeFrame> out;
    for (const NewShape& shape : shapes) {
        for (const auto& fields : unpackRecords(shape.frames)) {
            if (fields.size() != frameFields)
                continue;
            const char* const end = fields.back().data() + fields.back().size();
            out.push_back({hashOf(fields),
                {fields.front().data(), static_cast<std::size_t>(end - fields.front().data())}});
        }
    }
    const auto less = [](const ShapeFrame& a, const ShapeFrame& b) { return a.hash < b.hash; };
    std::sort(out.begin(), out.end(), less);
    const auto same = [](const ShapeFrame& a, const ShapeFrame& b) { return a.hash == b.hash; };
    out.erase(std::unique(out.begin(), out.end(), same), out.end());
    return out;
}

ShapeWriter::ShapeWriter(SQLite::Database& db)
    : m_findFrame(db, "SELECT id FROM frames WHERE hash = ?")
    , m_addFrame(db, "INSERT INTO frames (hash, filename, abs_path, function, module, package) "
                     "VALUES (?, ?, ?, ?, ?, ?) RETURNING id")
    , m_findAspect(db, "SELECT id FROM aspects WHERE key = ? AND value = ?")
    , m_addAspect(db, "INSERT INTO aspects (key, value) VALUES (?, ?) RETURNING id")
    , m_hangFrame(db, "INSERT OR IGNORE INTO issue_frames (issue_id, frame_id) VALUES (?, ?)")
    , m_hangAspect(db, "INSERT OR IGNORE INTO issue_aspects (issue_id, aspect_id) VALUES (?, ?)")
    , m_frameCount(db, "SELECT (SELECT count(*) FROM issue_frames f WHERE f.issue_id = i.id) FROM issues i "
                       "WHERE i.id = ?")
    , m_aspectCount(db, "SELECT (SELECT count(*) FROM issue_aspects a WHERE a.issue_id = i.id) FROM issues i "
                        "WHERE i.id = ?")
{}

std::int64_t ShapeWriter::frameId(std::int64_t bound, const std::vector<std::string_view>& fields)
{
    if (m_frames.size() > maxFramesRemembered)
        m_frames.clear();
    if (const auto known = m_frames.find(bound); known != m_frames.end())
        return known->second;
    {
        Use find(m_findFrame);
        find->bind(1, bound);
        if (find->executeStep())
            return m_frames[bound] = find->getColumn(0).getInt64();
    }
    Use add(m_addFrame);
    add->bind(1, bound);
    for (std::size_t i = 0; i < frameFields; ++i)
        add->bind(static_cast<int>(i) + 2, std::string(fields[i]));
    add->executeStep();
    return m_frames[bound] = add->getColumn(0).getInt64();
}

std::int64_t ShapeWriter::aspectId(std::string_view key, std::string_view value)
{
    for (SQLite::Statement* statement : {&m_findAspect, &m_addAspect}) {
        Use use(*statement);
        use->bind(1, std::string(key));
        use->bind(2, std::string(value));
        if (use->executeStep())
            return use->getColumn(0).getInt64();
    }
    return 0;
}

void ShapeWriter::learn(const ShapeFrame& frame)
{
    frameId(frame.hash, unpackRecords(frame.record).front());
}

void ShapeWriter::write(const NewShape& shape)
{
    if (!shape.frames.empty() && hasRoom(m_frameCount, shape.issue, maxFrames)) {
        for (const auto& fields : unpackRecords(shape.frames)) {
            if (fields.size() == frameFields)
                hang(m_hangFrame, shape.issue, frameId(hashOf(fields), fields));
        }
    }
    if (!shape.aspects.empty() && hasRoom(m_aspectCount, shape.issue, maxAspects)) {
        for (const auto& fields : unpackRecords(shape.aspects)) {
            if (fields.size() == 2)
                hang(m_hangAspect, shape.issue, aspectId(fields[0], fields[1]));
        }
    }
}

} // namespace vedette::collector
