// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace vedette::bench {

/// A program that runs while this lives; ended with SIGTERM and waited for.
class Program final
{
public:
    /// Its first line on standard output is kept, the rest goes where ours goes, or nowhere.
    Program(const std::vector<std::string>& command, bool readLine);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    [[nodiscard]] const std::string& line() const { return m_line; }
    [[nodiscard]] bool isRunning() const;
    /// What is resident. MB are millions of bytes.
    [[nodiscard]] double residentMb() const { return statusMb("VmRSS:"); }
    /// The most that was resident so far.
    [[nodiscard]] double mostResidentMb() const { return statusMb("VmHWM:"); }
    /// Seconds of processor time so far.
    [[nodiscard]] double cpuSeconds() const;

private:
    /// A size of the process by its name in proc(5)'s status, with the colon.
    [[nodiscard]] double statusMb(std::string_view field) const;

    pid_t m_pid = -1;
    int m_out = -1;
    std::string m_line;
};

/// `vedette collect` on a folder of its own.
class Collect final
{
public:
    Collect(const std::string& program, const std::string& folder);

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] const std::string& token() const { return m_token; }
    /// The first project's client key.
    [[nodiscard]] const std::string& key() const { return m_key; }
    [[nodiscard]] const std::string& organization() const { return m_organization; }
    [[nodiscard]] std::string database() const { return m_folder + "/collector/collector.sqlite"; }
    /// Where envelopes go, with the key.
    [[nodiscard]] const std::string& ingestPath() const { return m_ingestPath; }
    [[nodiscard]] double residentMb() const { return m_program.residentMb(); }
    [[nodiscard]] double mostResidentMb() const { return m_program.mostResidentMb(); }
    [[nodiscard]] double cpuSeconds() const { return m_program.cpuSeconds(); }
    /// Returns when whatever was acknowledged is in the tables, counted and indexed: a list that is read
    /// shows it.
    void waitUntilCounted() const;

private:
    std::string m_folder;
    Program m_program;
    std::uint16_t m_port = 0;
    std::string m_token;
    std::string m_key;
    std::string m_organization;
    std::string m_ingestPath;
};

/// Bytes of all files below a folder.
[[nodiscard]] std::uint64_t bytesIn(const std::string& folder);

} // namespace vedette::bench
