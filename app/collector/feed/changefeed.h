// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "app/collector/feed/listener.h"
#include "app/collector/storage/changes.h"

namespace vedette::collector {

/// Tells whoever listens what changes, as server-sent events:
///
///   id: EPOCH.NUMBER        where to go on: `Last-Event-ID` of the next request
///   event: issue            or project, collector; reset: much may have changed, ask for everything
///   data: {"issues":["7"],"many":false}
///
/// Changes that come close together are told as one. The last messages are kept, so that a short break loses
/// nothing; who comes back later, or after the collector was started anew (another EPOCH), is told to reset.
/// A comment now and then keeps the connection alive and shows a client that is gone. Any thread.
class ChangeFeed final
{
public:
    /// A stored event on its way to those who read along.
    struct ReadEvent
    {
        std::int64_t row = 0; ///< events.id
        std::string envelope; ///< JSON: [header, [[item header, payload]]], on one line; empty: passed over
    };
    /// At most `most` events behind `row`, oldest first. Called on the feed's thread; an empty answer where
    /// the store cannot be read.
    using EventReader = std::function<std::vector<ReadEvent>(std::int64_t row, std::size_t most)>;

    struct Options
    {
        std::chrono::milliseconds gather{200};       ///< changes within so long become one message
        std::chrono::milliseconds heartbeat{15'000}; ///< a client waits three times as long
        std::size_t kept = 1'000;                    ///< messages
        std::size_t listeners = 32;                  ///< of each kind
        std::size_t waitingBytes = 256UL * 1024;     ///< for one listener
        std::size_t waitingEventBytes = 8'000'000;   ///< for one that reads events along
    };

    ChangeFeed();
    explicit ChangeFeed(const Options& options);
    ~ChangeFeed();
    ChangeFeed(const ChangeFeed&) = delete;
    ChangeFeed& operator=(const ChangeFeed&) = delete;

    /// Takes a commit's changes; quick.
    void note(const Changes& changes);

    /// A new listener, who is told what it missed since `lastEventId` first; null where too many listen.
    [[nodiscard]] std::shared_ptr<BodyStream> listen(std::optional<std::string_view> lastEventId);

    /// A new listener to the events themselves, in the form of Spotlight's stream: those behind `row`
    /// (events.id). Null where too many listen.
    [[nodiscard]] std::shared_ptr<BodyStream> listenToEvents(std::int64_t row);
    /// Where events come from. It is not called any more once this is called with nothing.
    void setEventReader(EventReader reader);

private:
    struct Message
    {
        std::uint64_t number = 0;
        std::string text;
    };
    struct EventListener
    {
        std::weak_ptr<Listener> listener;
        std::int64_t row = 0;
    };

    void run();
    void tell(const Changes& changes);
    void add(std::string_view type, const std::string& data, std::string& out);
    void tellEvents();
    void beat();
    [[nodiscard]] std::string resetText() const;
    [[nodiscard]] std::optional<std::string> missedSince(std::string_view lastEventId) const;

    const Options m_options;
    const std::string m_epoch;

    std::mutex m_readerMutex; ///< held while events are read
    EventReader m_reader;

    std::mutex m_mutex; ///< of what follows
    std::condition_variable m_wake;
    Changes m_noted;
    std::deque<Message> m_messages;
    std::uint64_t m_number = 0; ///< of the last message
    std::vector<std::weak_ptr<Listener>> m_listeners;
    std::vector<EventListener> m_eventListeners;
    bool m_stop = false;

    std::thread m_thread;
};

} // namespace vedette::collector
