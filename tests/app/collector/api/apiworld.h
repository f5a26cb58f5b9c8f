// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QTemporaryDir>

#include <memory>
#include <string>

#include "app/collector/collector.h"
#include "tests/support/manualclock.h"
#include "tests/support/rawhttp.h"

namespace vedette::tests {

/// What the web API said.
struct ApiAnswer
{
    int status = 0;
    QJsonValue json; ///< undefined where the body is empty or no JSON
    RawAnswer raw;

    [[nodiscard]] QString header(const char* lowerCaseName) const;
    [[nodiscard]] QString detail() const { return json[QStringLiteral("detail")].toString(); }
};

/// A whole collector on a free port, spoken to over real sockets; its clock stands still.
class ApiWorld final
{
public:
    /// `vfs`: SQLite's file system layer, for faults.
    explicit ApiWorld(const std::string& vfs = {});

    ManualClock clock;
    /// With the token; `path` is what follows the host. `extra` are header lines, each ending in \r\n.
    ApiAnswer call(const QByteArray& method, const QByteArray& path, const QByteArray& body = {},
        const QByteArray& extra = {});
    ApiAnswer get(const QByteArray& path) { return call("GET", path); }
    ApiAnswer put(const QByteArray& path, const QByteArray& body) { return call("PUT", path, body); }
    /// The same without any Authorization.
    ApiAnswer anonymous(const QByteArray& method, const QByteArray& path, const QByteArray& extra = {});

    /// Sends an event through the real ingest; answers its status.
    int send(const QByteArray& event, std::int64_t project = 1);
    /// An error of type `type`, `count` times, each by another user unless `sameUser`; ends the test program
    /// where it is refused. Answers the issue's id.
    QString addIssue(const QByteArray& type, int count = 1, const QByteArray& extra = {});

    /// `/api/0/organizations/{slug}`
    [[nodiscard]] QByteArray org() const;
    [[nodiscard]] collector::Collector& collector() { return *m_collector; }
    /// Where its database lies.
    [[nodiscard]] std::string databasePath() const
    {
        return m_dir.filePath(QStringLiteral("collector/collector.sqlite")).toStdString();
    }
    [[nodiscard]] QByteArray base() const { return QByteArray::fromStdString(m_collector->url()); }

private:
    ApiAnswer exchange(const QByteArray& bytes);

    QTemporaryDir m_dir;
    std::unique_ptr<collector::Collector> m_collector;
    std::uint16_t m_port = 0;
    std::unique_ptr<RawConnection> m_connection; ///< kept alive from call to call
    int m_nextEvent = 1;
};

/// The members `key` of a list's rows.
[[nodiscard]] QStringList column(const QJsonValue& rows, const QString& key);

} // namespace vedette::tests
