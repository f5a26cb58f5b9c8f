// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/bodies/form.h"
#include "tests/bench/bodies/recordings.h"
#include "tests/bench/bodies/words.h"

namespace vedette::bench {

struct BodyOptions
{
    /// The client key, 32 hex digits, and the project that the envelopes' headers name: some SDKs write the
    /// DSN there, and a collector refuses an envelope whose header contradicts its request.
    std::string key = "0123456789abcdef0123456789abcdef";
    std::string project = "1";
    std::uint64_t seed = 1;
    std::uint32_t issues = 1'000; ///< 100,000 for growth; at least 1
    std::uint32_t users = 50'000; ///< 1 to 900,000
    /// The exponent of Zipf's law: the k-th issue is seen as often as 1 / k^skew. 0: all alike.
    double skew = 1.0;
    /// Every so many-th event goes round all issues in turn instead, so that after `issues * coverEvery`
    /// events each was seen. 1: all events do, 0: none.
    std::uint32_t coverEvery = 4;
    /// When events happened, seconds since 1970: evenly from `timeBegin` to `timeEnd`, which is also when
    /// they were sent. A collector corrects the times of a sender whose clock is wrong, so pass the present
    /// as `timeEnd`.
    std::int64_t timeBegin = 1'795'000'000;
    std::int64_t timeEnd = 1'795'000'000;
    /// Where this is not 0, events happen in order instead, as they do in life: so many of them fill the
    /// time, each up to five minutes late, and all that follow are at its end.
    std::uint64_t inOrderOver = 0;
};

/// An event as it is made.
struct Body
{
    std::string_view event;  ///< its JSON, within the envelope
    std::uint32_t issue = 0; ///< 0 to issues - 1, the most frequent first; all of its events group together
    std::uint32_t user = 0;  ///< 0 to users - 1; `user.id` is this plus 100,000
    const RecordedEvent* recording = nullptr;
};

/// Makes any number of events from the recordings. For a bench:
///
///     const BodyMaker maker(loadRecordings(folder), options);   // folder: tests/bench/bodies/templates
///     std::string envelope;
///     for (std::uint64_t n = 0; n < events; ++n) {
///         const Body body = maker.make(n, envelope);            // POST `envelope` to /api/PROJECT/envelope/
///     }                                                         // or `body.event` to /api/PROJECT/store/
///
/// The n-th event is a function of the options and n alone, in any order and on any thread. Its envelope has
/// the framing of its SDK (item headers without `length` from JavaScript and Ruby). What varies stands all
/// over the body, and stays as wide as it was, so that an event is exactly as large as its recording: its
/// issue decides the names, source lines and line numbers of the application's frames, the exception's type,
/// the transaction and the words of the message; its user who it happened to; and the event itself ids,
/// times, numbers, addresses and names in messages, breadcrumbs, locals, extra, contexts, request and tags.
/// Libraries' frames and what an SDK tells of itself are the same for all, as they are in life. It makes more
/// than 500 MB/s on one core (./dev bench bodies): a sender need not prepare its bodies.
class BodyMaker final
{
public:
    /// Throws std::invalid_argument for options outside their ranges.
    BodyMaker(std::vector<RecordedEvent> recordings, const BodyOptions& options);
    BodyMaker(const BodyMaker&) = delete;
    BodyMaker& operator=(const BodyMaker&) = delete;

    /// Writes the n-th envelope to `out`, into which the result points.
    Body make(std::uint64_t n, std::string& out) const;

    /// The recording that an issue's events are made of. The SDKs take turns: issues and events of each are
    /// alike many.
    [[nodiscard]] const RecordedEvent& recordingOf(std::uint32_t issue) const
    {
        return *formOf(issue).recording;
    }
    [[nodiscard]] const std::vector<RecordedEvent>& recordings() const { return m_recordings; }

private:
    [[nodiscard]] const BodyForm& formOf(std::uint32_t issue) const;
    [[nodiscard]] std::int64_t timeOf(std::uint64_t n, std::uint64_t random) const;
    [[nodiscard]] std::uint32_t issueOf(std::uint64_t n, std::uint64_t random) const;

    std::vector<RecordedEvent> m_recordings;
    BodyOptions m_options;
    Words m_words;
    std::vector<std::vector<BodyForm>> m_forms; ///< by program, shuffled
    std::vector<double> m_shares;               ///< of the issues 0 to k, of all events
};

} // namespace vedette::bench
