// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

#include <QProcess>
#include <QStringList>

namespace vedette::tests {

/// `vedette collect` as a program of its own.
class CollectProcess final
{
public:
    /// Starts it on that folder; `arguments` come behind. Waits for its ready line or its end.
    explicit CollectProcess(const QString& dataDir,
        const QStringList& arguments = {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
    ~CollectProcess();
    Q_DISABLE_COPY_MOVE(CollectProcess)

    [[nodiscard]] bool isReady() const { return m_port != 0; }
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] const std::string& key() const { return m_key; }
    [[nodiscard]] const QByteArray& readyLine() const { return m_line; }
    /// SIGKILL, as when the machine's memory runs out.
    void kill();
    /// SIGTERM; returns the exit code, or -1 where it did not end by itself.
    int terminate();
    /// The exit code of one that ended by itself.
    int waitForEnd();
    [[nodiscard]] QByteArray errorText() { return m_process.readAllStandardError(); }

private:
    QProcess m_process;
    QByteArray m_line;
    std::string m_key;
    std::uint16_t m_port = 0;
};

} // namespace vedette::tests
