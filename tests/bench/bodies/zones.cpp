// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/bodies/zones.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tests/bench/bodies/jsonspans.h"

namespace vedette::bench {
namespace {

using Kind = JsonSpan::Kind;

template<std::size_t N>
bool isOneOf(std::string_view key, const std::array<std::string_view, N>& keys)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

class Zoner final
{
public:
    explicit Zoner(std::string_view text)
        : m_text(text)
    {}

    void add(Zone zone, const JsonSpan* value)
    {
        if (!value)
            return;
        if (value->kind == Kind::String || value->kind == Kind::Number)
            m_out.texts.push_back({zone, value->begin, value->end, value->kind == Kind::Number});
        for (const JsonSpan& item : value->items)
            add(zone, &item);
        for (const auto& [key, member] : value->members) {
            // An answer of 734 or a browser of another make is no variation but nonsense.
            constexpr std::array<std::string_view, 10> kept = {"status_code", "method", "Host", "host",
                "User-Agent", "user-agent", "content-type", "Content-Type", "accept", "SERVER_PORT"};
            if (!isOneOf(key, kept))
                add(zone, &member);
        }
    }

    void header(const JsonSpan& root)
    {
        if (const JsonSpan* sent = root.member("sent_at"))
            m_out.sentAt = {Zone::Time, sent->begin, sent->end, false};
        if (const JsonSpan* trace = root.member("trace"))
            add(Zone::Data, trace->member("trace_id"));
    }

    void event(const JsonSpan& root)
    {
        for (const auto& [key, value] : root.members) {
            if (key == "exception")
                eachOf(value, [this](const JsonSpan& exception) { this->exception(exception); });
            else if (key == "threads")
                eachOf(value, [this](const JsonSpan& thread) { frames(thread.member("stacktrace")); });
            else if (key == "stacktrace")
                frames(&value);
            else if (key == "message" || key == "logentry")
                message(value);
            else if (key == "fingerprint" || key == "transaction")
                add(Zone::Code, &value);
            else if (key == "breadcrumbs")
                eachOf(value, [this](const JsonSpan& crumb) { this->crumb(crumb); });
            else if (key == "contexts")
                contexts(value);
            else if (key == "extra" || key == "request")
                add(Zone::Data, &value);
            else if (key == "user")
                user(value);
            else if (key == "tags")
                add(Zone::Tag, &value);
            else if (key == "server_name")
                add(Zone::Server, &value);
            else if (key == "timestamp")
                m_out.time = {Zone::Time, value.begin, value.end, value.kind == Kind::Number};
            else if (key == "event_id")
                m_out.eventId = textOf(&value);
            else if (key == "release")
                m_out.release = textOf(&value);
        }
    }

    ZonedEvent take() { return std::move(m_out); }

private:
    std::string textOf(const JsonSpan* value) const
    {
        return value && value->kind == Kind::String
                   ? std::string(m_text.substr(value->begin, value->end - value->begin))
                   : std::string();
    }

    /// A list, bare or under `values`.
    template<class Do>
    static void eachOf(const JsonSpan& value, Do act)
    {
        const JsonSpan* list = value.kind == Kind::Object ? value.member("values") : &value;
        if (list)
            std::for_each(list->items.begin(), list->items.end(), act);
    }

    void exception(const JsonSpan& exception)
    {
        add(Zone::Code, exception.member("type"));
        add(Zone::Code, exception.member("module"));
        // In a chain of causes, each that has no frames is told by what it says.
        const std::size_t first = m_out.texts.size();
        add(Zone::Title, exception.member("value"));
        const std::size_t last = m_out.texts.size();
        if (!frames(exception.member("stacktrace")))
            setGroups(first, last);
    }

    /// Whether there are any.
    bool frames(const JsonSpan* stack)
    {
        const JsonSpan* list = stack ? stack->member("frames") : nullptr;
        if (!list || list->items.empty())
            return false;
        for (const JsonSpan& frame : list->items) {
            add(Zone::Data, frame.member("vars"));
            const JsonSpan* inApp = frame.member("in_app");
            if (!inApp || m_text[inApp->begin] != 't' ||
                textOf(frame.member("filename")).find("/modules/@sentry/") != std::string::npos)
                continue;
            for (const char* key :
                {"function", "module", "filename", "abs_path", "context_line", "pre_context", "post_context"})
                add(Zone::Code, frame.member(key));
            add(Zone::Line, frame.member("lineno"));
            add(Zone::Line, frame.member("colno"));
        }
        return true;
    }

    void setGroups(std::size_t first, std::size_t last)
    {
        for (std::size_t i = first; i < last; ++i)
            m_out.texts[i].groups = true;
    }

    void message(const JsonSpan& value)
    {
        const std::size_t first = m_out.texts.size();
        if (value.kind == Kind::String)
            add(Zone::Title, &value);
        add(Zone::Title, value.member("message"));
        add(Zone::Title, value.member("formatted"));
        setGroups(first, m_out.texts.size());
        add(Zone::Data, value.member("params"));
    }

    void crumb(const JsonSpan& crumb)
    {
        add(Zone::Data, crumb.member("message"));
        add(Zone::Data, crumb.member("data"));
        add(Zone::Time, crumb.member("timestamp"));
    }

    void contexts(const JsonSpan& value)
    {
        constexpr std::array<std::string_view, 7> machine = {
            "os", "device", "runtime", "browser", "culture", "cloud_resource", "trace"};
        for (const auto& [key, context] : value.members) {
            if (!isOneOf(key, machine))
                add(Zone::Data, &context);
            else if (key == "trace") {
                for (const char* id : {"trace_id", "span_id", "parent_span_id"})
                    add(Zone::Data, context.member(id));
            }
        }
    }

    void user(const JsonSpan& value)
    {
        add(Zone::User, &value);
        m_out.userId = textOf(value.member("id"));
        m_out.userName = textOf(value.member("username"));
    }

    std::string_view m_text;
    ZonedEvent m_out;
};

} // namespace

ZonedEvent zonesOf(const RecordedEvent& event)
{
    Zoner zoner(event.envelope);
    zoner.header(jsonSpans(event.envelope, 0));
    zoner.event(jsonSpans(event.envelope, event.eventAt));
    return zoner.take();
}

} // namespace vedette::bench
