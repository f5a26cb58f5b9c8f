// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/common/program.h"

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/collector/envelope/envelope.h"
#include "models/json/document.h"
#include "tests/bench/common/httpanswer.h"

namespace vedette::bench {

Program::Program(const std::vector<std::string>& command, bool readLine)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    m_pid = ::fork();
    if (m_pid == 0) {
        const int nowhere = ::open("/dev/null", O_RDWR); // NOLINT(cppcoreguidelines-pro-type-vararg)
        ::dup2(nowhere, 0);
        ::dup2(readLine ? ends[1] : nowhere, 1);
        if (!readLine)
            ::dup2(nowhere, 2);
        std::vector<char*> words;
        for (const std::string& word : command)
            words.push_back(const_cast<char*>(word.c_str())); // NOLINT: how exec is typed
        words.push_back(nullptr);
        ::execvp(words.front(), words.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    m_out = ends[0]; // stays open, so that nobody writes into the void
    char byte = 0;
    while (readLine && ::read(m_out, &byte, 1) == 1 && byte != '\n')
        m_line += byte;
}

Program::~Program()
{
    ::kill(m_pid, SIGTERM);
    int status = 0;
    ::waitpid(m_pid, &status, 0);
    ::close(m_out);
}

bool Program::isRunning() const
{
    return ::kill(m_pid, 0) == 0;
}

double Program::statusMb(std::string_view field) const
{
    std::ifstream status("/proc/" + std::to_string(m_pid) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field))
            return double(std::stoll(line.substr(field.size()))) * 1024 / 1e6;
    }
    return 0;
}

double Program::cpuSeconds() const
{
    std::ifstream stat("/proc/" + std::to_string(m_pid) + "/stat");
    std::string text;
    std::getline(stat, text);
    text.erase(0, text.rfind(')') + 2);
    std::size_t at = 0;
    for (int field = 3; field < 14; ++field) // 14 and 15 are user and system time
        at = text.find(' ', at) + 1;
    std::size_t used = 0;
    const long long user = std::stoll(text.substr(at), &used);
    const long long system = std::stoll(text.substr(at + used));
    return double(user + system) / double(::sysconf(_SC_CLK_TCK));
}

Collect::Collect(const std::string& program, const std::string& folder)
    : m_folder(folder)
    , m_program({program, "collect", "--listen", "127.0.0.1:0", "--data-dir", folder}, true)
{
    const auto ready = json::Document::parse(m_program.line());
    const auto dsn = ready ? ready->root()["dsn"].string() : std::nullopt;
    const auto parsed = dsn ? collector::parseDsn(*dsn) : std::nullopt;
    if (!parsed)
        throw std::runtime_error("vedette collect did not start: " + m_program.line());
    const std::string url(ready->root()["url"].string().value_or(""));
    m_port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    m_token = ready->root()["token"].string().value_or("");
    m_organization = ready->root()["organization"].string().value_or("");
    m_key = parsed->key;
    m_ingestPath = "/api/" + parsed->project + "/envelope/?sentry_key=" + m_key;
}

void Collect::waitUntilCounted() const
{
    HttpReader reader(m_port, m_token);
    (void)reader.get("/api/0/organizations/" + m_organization + "/issues/?limit=1");
}

std::uint64_t bytesIn(const std::string& folder)
{
    std::uint64_t sum = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            sum += entry.file_size();
    }
    return sum;
}

} // namespace vedette::bench
