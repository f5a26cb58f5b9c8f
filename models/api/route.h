// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <string>
#include <utility>

namespace vedette::api {

/// One request before it is sent: verb, path and query below a base URL, body. Path segments and query values
/// come from servers too and are always encoded; a segment that could climb out of its place (`..`, empty)
/// makes the route invalid, and it is never sent.
class Route final
{
public:
    enum class Verb
    {
        Get,
        Post,
        Put,
        Delete
    };

    /// A path below `/api/`, which always ends in a slash: without it servers redirect, and a redirected PUT
    /// loses its body (contract, head).
    static Route get(const QStringList& segments) { return Route(Verb::Get, segments, {}); }
    static Route post(const QStringList& segments, std::string body)
    {
        return Route(Verb::Post, segments, std::move(body));
    }
    static Route put(const QStringList& segments, std::string body)
    {
        return Route(Verb::Put, segments, std::move(body));
    }
    static Route remove(const QStringList& segments) { return Route(Verb::Delete, segments, {}); }

    /// Adds `name=value`, also when the value is empty.
    Route& with(const char* name, const QString& value);
    Route& with(const char* name, qint64 value) { return with(name, QString::number(value)); }
    /// Adds it only where there is a value.
    Route& withSome(const char* name, const QString& value);
    Route& withEach(const char* name, const QStringList& values);
    /// Sends it without the token.
    Route& withoutToken();

    [[nodiscard]] bool isValid() const { return m_valid; }
    [[nodiscard]] bool usesToken() const { return m_usesToken; }
    [[nodiscard]] Verb verb() const { return m_verb; }
    /// What a server counts together: verb and path, with the names of things (organizations, projects,
    /// issues, events, keys) left out.
    [[nodiscard]] const QByteArray& family() const { return m_family; }
    [[nodiscard]] const std::string& body() const { return m_body; }
    /// The whole URL below a base, with the base's path prefix kept.
    [[nodiscard]] QUrl url(const QUrl& base) const;

private:
    Route(Verb verb, const QStringList& segments, std::string body);

    Verb m_verb;
    bool m_valid = true;
    bool m_usesToken = true;
    QByteArray m_path;
    QByteArray m_family;
    QByteArray m_query;
    std::string m_body;
};

/// The origin of a URL, comparable: scheme, host, port. Empty for what is not http or https.
[[nodiscard]] QString originOf(const QUrl& url);

} // namespace vedette::api
