// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/journal.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <map>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>
#include <zlib.h>

#include "models/core/logging.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::uint32_t magic = 0x56414a31; // "VAJ1"
constexpr std::size_t alignment = 16;
/// Files grow by so much at once.
constexpr std::int64_t growth = 256 << 10;
/// No record is longer; a head that says so is none.
constexpr std::uint32_t mostBytes = 64 << 20;

struct Head
{
    std::uint32_t magic = 0;
    std::uint32_t size = 0; ///< of the body
    std::uint64_t salt = 0;
    std::uint64_t number = 0;
    std::uint32_t bodySum = 0;
    std::uint32_t headSum = 0; ///< of all before it
};
static_assert(sizeof(Head) == 32 && sizeof(Head) % alignment == 0);

std::uint32_t sumOf(const void* bytes, std::size_t size)
{
    return static_cast<std::uint32_t>(
        crc32_z(0, static_cast<const unsigned char*>(bytes), size)); // zlib's is quick enough
}

std::uint32_t sumOf(const Head& head)
{
    return sumOf(&head, offsetof(Head, headSum));
}

std::size_t padded(std::size_t size)
{
    return (size + alignment - 1) / alignment * alignment;
}

std::string nameOf(const std::string& database, std::size_t index)
{
    return database + "-arrivals" + std::to_string(index);
}

void appendRecord(std::string& out, std::uint64_t salt, std::uint64_t number, std::string_view body)
{
    Head head;
    head.magic = magic;
    head.size = static_cast<std::uint32_t>(body.size());
    head.salt = salt;
    head.number = number;
    head.bodySum = sumOf(body.data(), body.size());
    head.headSum = sumOf(head);
    out.append(reinterpret_cast<const char*>(&head), sizeof head);
    out.append(body);
    out.resize(padded(out.size()));
}

/// Calls `found(head, body, end)` for every intact record, in the order of their places.
template<class Found>
void scan(std::string_view bytes, Found found)
{
    for (std::size_t at = 0; at + sizeof(Head) <= bytes.size();) {
        Head head;
        std::memcpy(&head, bytes.data() + at, sizeof head);
        const bool isHead = head.magic == magic && head.size <= mostBytes && head.headSum == sumOf(head) &&
                            head.size <= bytes.size() - at - sizeof head;
        const std::string_view body = isHead ? bytes.substr(at + sizeof head, head.size) : std::string_view();
        if (!isHead || head.bodySum != sumOf(body.data(), body.size())) {
            at += alignment;
            continue;
        }
        at += padded(sizeof head + head.size);
        found(head, body, at);
    }
}

bool holdsOthers(std::string_view bytes, std::uint64_t salt)
{
    bool out = false;
    scan(bytes, [&](const Head& head, std::string_view, std::size_t) { out = out || head.salt != salt; });
    return out;
}

} // namespace

/// One file, by SQLite's layer.
class Journal::File final
{
public:
    File(const Place& place, std::size_t index)
        : m_vfs(sqlite3_vfs_find(place.vfs.empty() ? nullptr : place.vfs.c_str()))
        , m_name(nameOf(place.database, index))
    {}
    ~File() { close(); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    /// `flags` beside the kind of file. Answers a code of SQLite's, like all the others.
    int open(int flags)
    {
        if (!m_vfs)
            return SQLITE_CANTOPEN;
        m_memory.resize((static_cast<std::size_t>(m_vfs->szOsFile) + sizeof(void*) - 1) / sizeof(void*));
        int given = 0;
        // As a log: it gets the permissions of its database, and its entry in the folder is synced with it.
        const int code = m_vfs->xOpen(m_vfs, m_name.c_str(), file(), flags | SQLITE_OPEN_WAL, &given);
        if (code != SQLITE_OK)
            m_memory.clear();
        return code;
    }
    void close()
    {
        if (!m_memory.empty() && file()->pMethods)
            file()->pMethods->xClose(file());
        m_memory.clear();
    }
    void remove()
    {
        close();
        if (m_vfs)
            m_vfs->xDelete(m_vfs, m_name.c_str(), 0);
    }
    /// What cannot be read is zeros, and `isBad` set.
    int readAll(std::string& out, bool& isBad)
    {
        sqlite3_int64 size = 0;
        if (const int code = file()->pMethods->xFileSize(file(), &size); code != SQLITE_OK)
            return code;
        out.assign(static_cast<std::size_t>(size), '\0');
        constexpr sqlite3_int64 piece = 1 << 20;
        constexpr sqlite3_int64 sector = 4'096;
        for (sqlite3_int64 at = 0; at < size; at += piece) {
            const sqlite3_int64 end = std::min(at + piece, size);
            if (read(out, at, end))
                continue;
            for (sqlite3_int64 i = at; i < end; i += sector) {
                const sqlite3_int64 to = std::min(i + sector, end);
                if (!read(out, i, to)) {
                    std::fill(out.begin() + i, out.begin() + to, '\0');
                    isBad = true;
                }
            }
        }
        return SQLITE_OK;
    }
    int write(std::string_view bytes, std::int64_t at)
    {
        constexpr std::size_t piece = 64 << 10; // SQLite's own layer takes less than 128 KB at once
        while (!bytes.empty()) {
            const std::string_view part = bytes.substr(0, piece);
            if (const int code =
                    file()->pMethods->xWrite(file(), part.data(), static_cast<int>(part.size()), at);
                code != SQLITE_OK)
                return code;
            bytes.remove_prefix(part.size());
            at += static_cast<std::int64_t>(part.size());
        }
        return SQLITE_OK;
    }
    int sync() { return file()->pMethods->xSync(file(), SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY); }

    [[nodiscard]] core::Error error(int code) const
    {
        return {core::ErrorKind::Storage, 0,
            u"cannot write %1: %2"_s.arg(
                QString::fromStdString(m_name), QString::fromUtf8(sqlite3_errstr(code))),
            {}};
    }

private:
    sqlite3_file* file()
    {
        return reinterpret_cast<sqlite3_file*>(
            m_memory.data()); // NOLINT: of the size that the layer asks for
    }

    bool read(std::string& out, sqlite3_int64 from, sqlite3_int64 to)
    {
        const int code =
            file()->pMethods->xRead(file(), out.data() + from, static_cast<int>(to - from), from);
        return code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ;
    }

    sqlite3_vfs* m_vfs;
    const std::string m_name; ///< the layer keeps a pointer to it
    std::vector<void*> m_memory;
};

Journal::Journal(Place place)
    : m_place(std::move(place))
{}

Journal::~Journal()
{
    const bool isAllFiled =
        std::max(m_spans[0].last, m_spans[1].last) <= m_filed && !m_spans[0].isBad && !m_spans[1].isBad;
    for (const auto& file : m_files) {
        if (file && isAllFiled)
            file->remove();
    }
}

JournalMark readJournalMark(SQLite::Database& db)
{
    const auto number = [&db](const char* key) {
        SQLite::Statement query(db, "SELECT value FROM meta WHERE key = ?");
        query.bind(1, key);
        return query.executeStep() ? static_cast<std::uint64_t>(query.getColumn(0).getInt64()) : 0;
    };
    return {number("arrivals_salt"), number("arrivals_filed")};
}

core::Result<std::unique_ptr<Journal>> Journal::open(
    Place place, std::uint64_t filed, std::vector<Record>& left)
{
    std::unique_ptr<Journal> journal(new Journal(std::move(place)));
    journal->m_filed = filed;
    journal->m_next = filed + 1;
    std::map<std::uint64_t, std::string> found;
    for (std::size_t i = 0; i < 2; ++i) {
        journal->m_files[i] = std::make_unique<File>(journal->m_place, i);
        File& file = *journal->m_files[i];
        Span& span = journal->m_spans[i];
        std::string bytes;
        int code = file.open(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        if (code == SQLITE_OK)
            code = file.readAll(bytes, span.isBad);
        if (code == SQLITE_OK && holdsOthers(bytes, journal->m_place.salt)) {
            file.close();
            const std::string name = nameOf(journal->m_place.database, i);
            qCWarning(core::lcCore, "%s is of another database: it is kept as %s-former", name.c_str(),
                name.c_str());
            bytes.clear();
            code = std::rename(name.c_str(), (name + "-former").c_str()) == 0
                       ? file.open(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
                       : SQLITE_CANTOPEN;
        }
        if (code != SQLITE_OK) {
            const core::Error error = file.error(code);
            journal->m_spans[0].isBad = true; // whatever is there stays
            return core::fail(error);
        }
        span.bytes = static_cast<std::int64_t>(bytes.size());
        scan(bytes, [&](const Head& head, std::string_view body, std::size_t end) {
            journal->m_next = std::max(journal->m_next, head.number + 1);
            if (head.number <= filed)
                return;
            span.last = std::max(span.last, head.number);
            span.end = std::max(span.end, static_cast<std::int64_t>(end));
            found.emplace(head.number, std::string(body));
        });
    }
    const auto& spans = journal->m_spans;
    journal->m_current = spans[0].isBad || (!spans[1].isBad && spans[1].last > spans[0].last) ? 1 : 0;
    if (spans[journal->m_current].isBad)
        return core::fail(journal->m_files[0]->error(SQLITE_IOERR_READ));
    left.clear();
    for (auto& [number, body] : found)
        left.push_back({number, std::move(body)});
    return journal;
}

core::Result<std::uint64_t> Journal::append(const std::vector<std::string>& bodies)
{
    if (auto clean = scrub(); !clean)
        return core::fail(clean.error());
    const std::uint64_t first = m_next;
    takeTurn();
    m_buffer.clear();
    for (const std::string& body : bodies)
        appendRecord(m_buffer, m_place.salt, m_next++, body); // numbers of what fails are not given again
    const auto size = static_cast<std::int64_t>(m_buffer.size());
    if (auto room = makeRoom(size); !room)
        return core::fail(room.error());
    Span& span = m_spans[m_current];
    File& file = *m_files[m_current];
    int code = file.write(m_buffer, span.end);
    if (code == SQLITE_OK)
        code = file.sync();
    if (constexpr std::size_t kept = 1 << 20; m_buffer.capacity() > kept)
        std::string().swap(m_buffer);
    if (code != SQLITE_OK) {
        m_remnant = size;
        return core::fail(file.error(code));
    }
    span.end += size;
    span.last = m_next - 1;
    return first;
}

/// What a failed append has written is nobody's any more: whoever sent it was told, or it went another way.
core::Result<void> Journal::scrub()
{
    if (m_remnant == 0)
        return {};
    File& file = *m_files[m_current];
    const std::string zeros(static_cast<std::size_t>(m_remnant), '\0');
    if (const int code = file.write(zeros, m_spans[m_current].end); code != SQLITE_OK)
        return core::fail(file.error(code));
    m_remnant = 0;
    return {};
}

void Journal::takeTurn()
{
    if (m_spans[m_current].end < turnBytes)
        return;
    // Sooner its own beginning than the other file: then one is enough where little comes.
    for (const std::size_t index : {m_current, 1 - m_current}) {
        if (m_spans[index].last <= m_filed && !m_spans[index].isBad) {
            m_current = index;
            m_spans[index].end = 0;
            return;
        }
    }
}

core::Result<void> Journal::makeRoom(std::int64_t bytes)
{
    Span& span = m_spans[m_current];
    if (span.end + bytes <= span.bytes)
        return {};
    const std::int64_t wanted = (span.end + bytes + growth - 1) / growth * growth;
    const std::string zeros(static_cast<std::size_t>(wanted - span.bytes), '\0');
    File& file = *m_files[m_current];
    if (const int code = file.write(zeros, span.bytes); code != SQLITE_OK)
        return core::fail(file.error(code));
    span.bytes = wanted;
    return {};
}

void Journal::setFiled(std::uint64_t number)
{
    std::uint64_t before = m_filed;
    while (before < number && !m_filed.compare_exchange_weak(before, number)) {
    }
}

std::uint64_t Journal::newestIn(const Place& place)
{
    std::uint64_t newest = 0;
    for (std::size_t i = 0; i < 2; ++i) {
        File file(place, i);
        std::string bytes;
        bool isBad = false;
        if (file.open(SQLITE_OPEN_READONLY) != SQLITE_OK || file.readAll(bytes, isBad) != SQLITE_OK)
            continue;
        scan(bytes, [&](const Head& head, std::string_view, std::size_t) {
            if (head.salt == place.salt)
                newest = std::max(newest, head.number);
        });
    }
    return newest;
}

std::uint64_t Journal::saltBeside(const std::string& database)
{
    std::uint64_t salt = 0;
    for (std::size_t i = 0; i < 2 && salt == 0; ++i) {
        File file({database, {}, 0}, i);
        std::string bytes;
        bool isBad = false;
        if (file.open(SQLITE_OPEN_READONLY) != SQLITE_OK || file.readAll(bytes, isBad) != SQLITE_OK)
            continue;
        scan(bytes,
            [&](const Head& head, std::string_view, std::size_t) { salt = salt == 0 ? head.salt : salt; });
    }
    return salt;
}

core::Result<void> Journal::moveAside(const std::string& database, const std::string& former)
{
    for (std::size_t i = 0; i < 2; ++i) {
        const std::string name = nameOf(database, i);
        if (::rename(name.c_str(), nameOf(former, i).c_str()) != 0 && errno != ENOENT) {
            return core::fail(
                core::ErrorKind::Storage, u"cannot rename %1: %2"_s.arg(QString::fromStdString(name),
                                              QString::fromLocal8Bit(std::strerror(errno))));
        }
    }
    return {};
}

} // namespace vedette::collector
