// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/folder.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/collector/storage/directory.h"
#include "models/json/document.h"
#include "models/json/writer.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

/// A note for others is no longer than this.
constexpr std::size_t noteBytes = 200;

std::string lockPath(const std::string& folder)
{
    return folder + "/lock";
}

core::Result<std::string> failed(QStringView what, const std::string& path)
{
    return core::fail(core::ErrorKind::Storage,
        u"%1 %2: %3"_s.arg(what, QString::fromStdString(path), QString::fromLocal8Bit(std::strerror(errno))));
}

std::string readAll(int fd)
{
    std::array<char, 1024> buffer{};
    const ssize_t got = ::pread(fd, buffer.data(), buffer.size(), 0);
    return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
}

bool writeAll(int fd, std::string_view text)
{
    return ::pwrite(fd, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

Holder parseHolder(const std::string& text)
{
    Holder holder;
    if (const auto document = json::Document::parse(text)) {
        holder.pid = document->root()["pid"].integer().value_or(0);
        holder.url = std::string(document->root()["url"].string().value_or(""));
        holder.since = std::string(document->root()["since"].string().value_or(""));
    }
    return holder;
}

/// One line about ourselves. Fixed in length, so that it replaces an older one in one write.
std::string note(const std::string& since, const std::string& url)
{
    json::Writer writer;
    writer.beginObject()
        .field("pid", std::int64_t(::getpid()))
        .field("since", since)
        .field("url", url)
        .endObject();
    std::string text = writer.take();
    text.resize(noteBytes, ' ');
    return text;
}

QString busyText(const Holder& holder)
{
    const QString who = u"another collector (process %1, since %2)"_s.arg(
        holder.pid > 0 ? QString::number(holder.pid) : u"unknown"_s,
        holder.since.empty() ? u"an unknown time"_s : QString::fromStdString(holder.since));
    if (holder.url.empty())
        return u"%1 is starting on this data folder"_s.arg(who);
    return u"%1 holds this data folder and answers at %2"_s.arg(who, QString::fromStdString(holder.url));
}

} // namespace

std::string folderOf(const std::string& dataDir)
{
    return dataDir + "/collector";
}

std::string databaseIn(const std::string& folder)
{
    return folder + "/collector.sqlite";
}

core::Result<void> makeFolder(const std::string& path)
{
    for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
        const std::string part = path.substr(0, slash);
        // EROFS and the like are told where the folder is not there already.
        if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST && ::access(part.c_str(), F_OK) != 0)
            return core::fail(failed(u"cannot make", part).error());
        if (slash == std::string::npos)
            return {};
    }
}

FolderLock::~FolderLock()
{
    if (m_fd >= 0)
        ::close(m_fd); // and with it goes the lock; the file stays, else two could hold two files of one name
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
    , m_since(std::move(other.m_since))
{}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept
{
    std::swap(m_fd, other.m_fd);
    std::swap(m_since, other.m_since);
    return *this;
}

core::Result<FolderLock> FolderLock::take(const std::string& folder, const core::Clock& clock)
{
    const std::string path = lockPath(folder);
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return core::fail(failed(u"cannot open", path).error());
    FolderLock lock(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return core::fail(failed(u"cannot lock", path).error());
        const Holder holder = parseHolder(readAll(fd));
        return core::fail(core::ErrorKind::Busy, busyText(holder));
    }
    // Whoever held it before left a note about itself: that goes first, and does on a full disk too. Our own
    // is a courtesy, the lock holds without it.
    lock.m_since = core::formatTime(clock.now());
    if (::ftruncate(fd, 0) != 0)
        return core::fail(failed(u"cannot write", path).error());
    (void)writeAll(fd, note(lock.m_since, {}));
    return lock;
}

void FolderLock::publish(const std::string& url)
{
    (void)writeAll(m_fd, note(m_since, url));
}

std::optional<Holder> folderHolder(const std::string& folder)
{
    const int fd = ::open(lockPath(folder).c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return std::nullopt;
    std::optional<Holder> holder;
    if (::flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        holder = parseHolder(readAll(fd));
    ::close(fd);
    return holder;
}

core::Result<std::string> readOrMakeToken(const std::string& folder)
{
    const std::string path = folder + "/token";
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return failed(u"cannot open", path);
    std::string token = readAll(fd);
    while (!token.empty() && (token.back() == '\n' || token.back() == ' '))
        token.pop_back();
    core::Result<std::string> result = token;
    if (::fchmod(fd, 0600) != 0) {
        result = failed(u"cannot protect", path);
    } else if (token.size() < 32) { // new, or damaged: nobody can guess what it was
        token = randomHex(32);
        if (::ftruncate(fd, 0) != 0 || !writeAll(fd, token + "\n") || ::fsync(fd) != 0)
            result = failed(u"cannot write", path);
        else
            result = token;
    }
    ::close(fd);
    return result;
}

bool sameToken(std::string_view given, std::string_view token)
{
    unsigned difference = given.size() == token.size() ? 0U : 1U;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const char c = i < given.size() ? given[i] : '\0';
        difference |= static_cast<unsigned char>(c) ^ static_cast<unsigned char>(token[i]);
    }
    return difference == 0;
}

} // namespace vedette::collector
