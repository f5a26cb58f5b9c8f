// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/eventaspects.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QVariant>

#include "models/store/searchparts.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

constexpr qsizetype mostAspects = 1'000;
constexpr qsizetype longest = 500;
constexpr qsizetype mostFrames = 250; ///< of each stack, from the crash on

/// Collects pairs, each once and within bounds.
class Aspects final
{
public:
    void add(const QString& key, const QString& value)
    {
        if (value.isEmpty() || m_pairs.size() >= mostAspects)
            return;
        std::pair<QString, QString> pair(key, value.left(longest));
        if (m_seen.contains(pair))
            return;
        m_seen.insert(pair);
        m_pairs.append(std::move(pair));
    }
    /// Scalars alone; what has parts of its own is no value to compare with.
    void add(const QString& key, const QJsonValue& value)
    {
        if (value.isString() || value.isDouble())
            add(key, value.toVariant().toString());
        else if (value.isBool())
            add(key, value.toBool() ? u"true"_s : u"false"_s);
    }
    [[nodiscard]] QList<std::pair<QString, QString>> take() { return std::move(m_pairs); }

private:
    QSet<std::pair<QString, QString>> m_seen;
    QList<std::pair<QString, QString>> m_pairs;
};

void addFrames(Aspects& out, const domain::Stacktrace& stack)
{
    const qsizetype first = std::max<qsizetype>(0, stack.frames.size() - mostFrames);
    for (qsizetype i = stack.frames.size() - 1; i >= first; --i) {
        const domain::Frame& frame = stack.frames[i];
        out.add(u"stack.filename"_s, frame.filename);
        out.add(u"stack.abs_path"_s, frame.absPath);
        out.add(u"stack.function"_s, frame.function);
        out.add(u"stack.module"_s, frame.module);
        out.add(u"stack.package"_s, frame.package);
    }
}

void addFlags(Aspects& out, const domain::Context& context)
{
    for (const auto& [key, value] : context.values) {
        if (key != u"values")
            continue;
        const QJsonArray flags = value.toArray();
        for (const QJsonValue& flag : flags)
            out.add(u"flags."_s + flag[u"flag"_s].toString(), flag[u"result"_s]);
    }
}

void addContext(Aspects& out, const domain::Context& context)
{
    const QString& kind = context.type.isEmpty() ? context.alias : context.type;
    if (kind == u"flags") {
        addFlags(out, context);
        return;
    }
    for (const auto& [key, value] : context.values) {
        if (kind == u"trace" && key == u"trace_id")
            out.add(u"trace"_s, eventIdText(value.toString()).value_or(value.toString()));
        else if (kind == u"response" && key == u"status_code")
            out.add(u"http.status_code"_s, value);
        else if (kind == u"os" || kind == u"device")
            out.add(kind + u'.' + key, value);
    }
}

void addThreads(Aspects& out, const domain::Event& event)
{
    for (const domain::Thread& thread : event.threads)
        addFrames(out, thread.stacktrace);
}

} // namespace

QList<std::pair<QString, QString>> aspectsOf(const domain::Event& event)
{
    Aspects out;
    out.add(u"title"_s, event.title);
    out.add(u"culprit"_s, event.culprit);
    out.add(u"message"_s, event.message);
    out.add(u"location"_s, event.location);
    out.add(u"platform.name"_s, event.platform);
    out.add(u"sdk.name"_s, event.sdkName);
    out.add(u"sdk.version"_s, event.sdkVersion);
    bool isHandled = true;
    for (const domain::ExceptionValue& exception : event.exceptions) {
        out.add(u"error.type"_s, exception.type);
        out.add(u"error.value"_s, exception.value);
        out.add(u"error.mechanism"_s, exception.mechanism.type);
        isHandled = isHandled && exception.mechanism.handled.value_or(true);
        addFrames(out, exception.stacktrace);
    }
    out.add(u"error.handled"_s, isHandled ? u"true"_s : u"false"_s);
    if (event.stacktrace)
        addFrames(out, *event.stacktrace);
    if (event.exceptions.isEmpty() && !event.stacktrace)
        addThreads(out, event);
    if (event.request)
        out.add(u"http.method"_s, event.request->method);
    for (const auto& [key, value] : event.user.data) {
        if (key != u"geo")
            continue;
        const QJsonObject geo = value.toObject();
        for (auto part = geo.begin(); part != geo.end(); ++part)
            out.add(u"geo."_s + part.key(), part.value());
    }
    for (const domain::Context& context : event.contexts)
        addContext(out, context);
    return out.take();
}

QString identityOf(const domain::EventUser& user)
{
    if (!user.id.isEmpty())
        return u"id:"_s + user.id;
    if (!user.username.isEmpty())
        return u"username:"_s + user.username;
    if (!user.email.isEmpty())
        return u"email:"_s + user.email;
    return user.ipAddress.isEmpty() ? QString() : u"ip:"_s + user.ipAddress;
}

} // namespace vedette::store
