// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/collect/collectprocess.h"

#include <signal.h> // NOLINT(modernize-deprecated-headers): kill() is POSIX

#include "app/collector/envelope/envelope.h"
#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::tests {

constexpr int patienceMs = 60'000;

CollectProcess::CollectProcess(const QString& dataDir, const QStringList& arguments)
{
    m_process.start(QStringLiteral(VEDETTE_PROGRAM),
        QStringList{u"collect"_s, u"--data-dir"_s, dataDir} + arguments, QIODevice::ReadOnly);
    // A test waits for a program; the product has no such call.
    while (m_process.waitForReadyRead(patienceMs)) {
        if (m_process.canReadLine())
            break;
    }
    m_line = m_process.readLine();
    const auto ready =
        json::Document::parse(std::string_view(m_line.constData(), std::size_t(m_line.size())));
    if (!ready)
        return;
    const auto dsn = collector::parseDsn(ready->root()["dsn"].string().value_or(""));
    const std::string url(ready->root()["url"].string().value_or(""));
    if (!dsn || url.empty())
        return;
    m_key = dsn->key;
    m_port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

CollectProcess::~CollectProcess()
{
    kill();
}

void CollectProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(patienceMs);
}

int CollectProcess::terminate()
{
    m_process.terminate();
    return waitForEnd();
}

int CollectProcess::waitForEnd()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(patienceMs))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

} // namespace vedette::tests
