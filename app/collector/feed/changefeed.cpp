// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/feed/changefeed.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <pthread.h>

#include "app/collector/storage/directory.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

/// Where a client that lost us should try again, and the mark that shows it that we are there.
constexpr std::string_view greeting = ": vedette\nretry: 1000\n\n";
constexpr std::size_t eventsAtOnce = 50;

template<class T>
bool isGone(const std::weak_ptr<T>& known)
{
    return known.expired();
}

} // namespace

ChangeFeed::ChangeFeed()
    : ChangeFeed(Options())
{}

ChangeFeed::ChangeFeed(const Options& options)
    : m_options(options)
    , m_epoch(randomHex(6))
    , m_thread([this] { run(); })
{}

ChangeFeed::~ChangeFeed()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void ChangeFeed::note(const Changes& changes)
{
    if (changes.isEmpty())
        return;
    {
        const std::lock_guard lock(m_mutex);
        const bool wasEmpty = m_noted.isEmpty();
        m_noted.merge(changes);
        if (!wasEmpty)
            return; // the thread is awake, and gathers
    }
    m_wake.notify_all();
}

std::string ChangeFeed::resetText() const
{
    return "id: " + m_epoch + "." + std::to_string(m_number) + "\nevent: reset\ndata: {}\n\n";
}

std::optional<std::string> ChangeFeed::missedSince(std::string_view lastEventId) const
{
    const std::size_t dot = lastEventId.find('.');
    if (dot == std::string_view::npos || lastEventId.substr(0, dot) != m_epoch)
        return {};
    const std::string_view digits = lastEventId.substr(dot + 1);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const std::uint64_t oldest = m_messages.empty() ? m_number + 1 : m_messages.front().number;
    if (error != std::errc() || end != digits.data() + digits.size() || number > m_number ||
        number + 1 < oldest)
        return {};
    std::string out;
    for (const Message& message : m_messages) {
        if (message.number > number)
            out += message.text;
    }
    return out;
}

std::shared_ptr<BodyStream> ChangeFeed::listen(std::optional<std::string_view> lastEventId)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_listeners, isGone<Listener>);
    if (m_listeners.size() >= m_options.listeners)
        return nullptr;
    auto listener = std::make_shared<Listener>(resetText(), m_options.waitingBytes);
    listener->say(greeting);
    if (!lastEventId || lastEventId->empty()) {
        // An id without data is no event, and yet where a client goes on from.
        listener->say("id: " + m_epoch + "." + std::to_string(m_number) + "\n\n");
    } else if (const auto missed = missedSince(*lastEventId)) {
        listener->say(*missed);
    } else {
        listener->say(resetText());
    }
    m_listeners.push_back(listener);
    return listener;
}

std::shared_ptr<BodyStream> ChangeFeed::listenToEvents(std::int64_t row)
{
    std::shared_ptr<Listener> listener;
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_eventListeners, [](const EventListener& known) { return known.listener.expired(); });
        if (m_eventListeners.size() >= m_options.listeners)
            return nullptr;
        listener = std::make_shared<Listener>("event: reset\ndata: {}\n\n", m_options.waitingEventBytes);
        listener->say(greeting);
        m_eventListeners.push_back({listener, row});
        m_noted.events = true; // what came since that row
    }
    m_wake.notify_all();
    return listener;
}

void ChangeFeed::setEventReader(EventReader reader)
{
    const std::lock_guard lock(m_readerMutex);
    m_reader = std::move(reader);
}

void ChangeFeed::run()
{
    pthread_setname_np(pthread_self(), "collector-feed");
    std::unique_lock lock(m_mutex);
    auto nextBeat = std::chrono::steady_clock::now() + m_options.heartbeat;
    while (!m_stop) {
        const auto wanted = [this] { return m_stop || !m_noted.isEmpty(); };
        if (!m_wake.wait_until(lock, nextBeat, wanted)) {
            beat();
            nextBeat = std::chrono::steady_clock::now() + m_options.heartbeat;
            continue;
        }
        // What belongs together comes together: one message then, one question of each client.
        m_wake.wait_for(lock, m_options.gather, [this] { return m_stop; });
        const Changes changes = std::exchange(m_noted, {});
        tell(changes);
        if (changes.events && !m_eventListeners.empty()) {
            lock.unlock();
            tellEvents();
            lock.lock();
        }
    }
}

void ChangeFeed::add(std::string_view type, const std::string& data, std::string& out)
{
    Message message;
    message.number = ++m_number;
    message.text = "id: " + m_epoch + "." + std::to_string(message.number) + "\nevent: ";
    message.text.append(type).append("\ndata: ").append(data).append("\n\n");
    out += message.text;
    m_messages.push_back(std::move(message));
    if (m_messages.size() > m_options.kept)
        m_messages.pop_front();
}

void ChangeFeed::tell(const Changes& changes)
{
    std::string out;
    if (!changes.issues.empty() || changes.manyIssues) {
        json::Writer data;
        data.beginObject().key("issues").beginArray();
        for (const std::int64_t id : changes.issues)
            data.string(std::to_string(id));
        data.endArray().field("many", changes.manyIssues).endObject();
        add("issue", data.take(), out);
    }
    if (changes.projects)
        add("project", "{}", out);
    if (changes.collector)
        add("collector", "{}", out);
    if (out.empty())
        return;
    for (const auto& known : m_listeners) {
        if (const auto listener = known.lock())
            listener->say(out);
    }
}

void ChangeFeed::tellEvents()
{
    const std::lock_guard reading(m_readerMutex);
    if (!m_reader)
        return;
    std::vector<EventListener> listeners;
    {
        const std::lock_guard lock(m_mutex);
        listeners = m_eventListeners;
    }
    bool more = false;
    for (EventListener& entry : listeners) {
        const auto listener = entry.listener.lock();
        if (!listener)
            continue;
        const std::vector<ReadEvent> events = m_reader(entry.row, eventsAtOnce);
        more = more || events.size() == eventsAtOnce;
        for (const ReadEvent& event : events) {
            entry.row = event.row;
            if (event.envelope.empty())
                continue;
            listener->say("id: " + std::to_string(event.row) +
                          "\nevent: application/x-sentry-envelope\ndata: " + event.envelope + "\n\n");
        }
    }
    const std::lock_guard lock(m_mutex);
    for (const EventListener& read : listeners) {
        for (EventListener& entry : m_eventListeners) {
            if (!entry.listener.owner_before(read.listener) && !read.listener.owner_before(entry.listener))
                entry.row = read.row;
        }
    }
    m_noted.events = m_noted.events || more;
}

void ChangeFeed::beat()
{
    for (const auto& known : m_listeners) {
        if (const auto listener = known.lock())
            listener->say(":\n\n");
    }
    for (const EventListener& known : m_eventListeners) {
        if (const auto listener = known.listener.lock())
            listener->say(":\n\n");
    }
}

} // namespace vedette::collector
