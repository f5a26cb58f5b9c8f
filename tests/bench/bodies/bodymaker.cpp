// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/bodies/bodymaker.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace vedette::bench {
namespace {

constexpr std::uint32_t firstUserId = 100'000;

/// SplitMix64's finish: one to one, so that different numbers stay different.
std::uint64_t mixed(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
}

void putHex(char* to, std::size_t size, std::uint64_t random)
{
    for (std::size_t i = 0; i < size; ++i, random >>= 4U) {
        if (i > 0 && i % 16 == 0)
            random = mixed(
                i + std::uint64_t(std::uint8_t(to[i - 1])) + (std::uint64_t(std::uint8_t(to[i - 2])) << 8U));
        to[i] = "0123456789abcdef"[random & 15U];
    }
}

void putDecimal(char* to, std::size_t size, std::uint64_t number)
{
    for (std::size_t i = size; i-- > 0; number /= 10)
        to[i] = char('0' + number % 10);
}

void putDigits(char* to, std::size_t size, std::uint64_t random)
{
    to[0] = char('1' + random % 9);
    putDecimal(to + 1, size - 1, random / 9);
}

void replaceAll(std::string& text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

/// Writes the key and the project into an envelope's header.
void address(RecordedEvent& recording, const BodyOptions& options)
{
    const std::size_t end = recording.envelope.find('\n');
    std::string header = recording.envelope.substr(0, end);
    replaceAll(header, BodyOptions().key, options.key);
    constexpr std::string_view host = "@collect.example.org/";
    if (const std::size_t at = header.find(host); at != std::string::npos) {
        const std::size_t project = at + host.size();
        header.replace(project, header.find('"', project) - project, options.project);
    }
    recording.eventAt += header.size() - end;
    recording.envelope.replace(0, end, header);
}

/// `2026-11-20` and, where `withClock`, `10:00:00` behind one more byte.
void putTime(char* to, std::int64_t seconds, bool withClock)
{
    const std::int64_t day = seconds >= 0 ? seconds / 86'400 : (seconds - 86'399) / 86'400;
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    putDecimal(to, 4, std::uint64_t(int(date.year())));
    putDecimal(to + 5, 2, unsigned(date.month()));
    putDecimal(to + 8, 2, unsigned(date.day()));
    if (!withClock)
        return;
    const auto clock = std::uint64_t(seconds - day * 86'400);
    putDecimal(to + 11, 2, clock / 3'600);
    putDecimal(to + 14, 2, clock / 60 % 60);
    putDecimal(to + 17, 2, clock % 60);
}

/// What the slots of one event are made from.
class Maker final
{
public:
    Maker(const Words& words, std::uint64_t n, std::uint32_t user, std::array<std::uint64_t, 3> randoms)
        : m_words(words)
        , m_n(n)
        , m_user(user)
        , m_randoms(randoms)
    {
        // Among the words of a length, an issue or a user takes steps of a width of its own from a start of
        // its own: different words stay different, so that no two names become one.
        for (std::size_t length = Words::shortest; length <= Words::longest; ++length) {
            const std::uint32_t count = std::max(2U, words.count(length));
            for (const Scope scope : {Scope::Issue, Scope::User}) {
                const std::uint64_t random = mixed(randoms[std::size_t(scope)] + length);
                m_walks[std::size_t(scope)][length] = {
                    std::uint32_t(random % count), 1 + std::uint32_t((random >> 32U) % (count - 1))};
            }
        }
    }

    void put(const Slot& slot, std::size_t index, char* to) const
    {
        std::uint64_t random = mixed(m_randoms[std::size_t(slot.scope)] ^ (index * 0x9e3779b97f4a7c15U));
        if (slot.choices > 0)
            random = mixed((random % slot.choices) + index * 1'000'003U);
        switch (slot.kind) {
        case Slot::Kind::Word:
            std::memcpy(to, m_words.word(slot.size, wordIndex(slot, random)).data(), slot.size);
            break;
        case Slot::Kind::Digits:
            putDigits(to, slot.size, random);
            break;
        case Slot::Kind::Octet:
            putDigits(
                to, slot.size, slot.size == 3 ? random % 100 * 9 : random); // 100 to 199: a valid address
            break;
        case Slot::Kind::Hex:
            putHex(to, slot.size, random);
            break;
        case Slot::Kind::EventId:
            putHex(to, 16, mixed(m_randoms[0]));
            putHex(to + 16, 16, mixed(m_n ^ 0x5851f42d4c957f2dU));
            break;
        case Slot::Kind::UserId:
            putDecimal(to, slot.size, firstUserId + m_user);
            break;
        }
    }

private:
    struct Walk
    {
        std::uint32_t start = 0;
        std::uint32_t step = 1;
    };

    [[nodiscard]] std::uint32_t wordIndex(const Slot& slot, std::uint64_t random) const
    {
        const std::uint32_t count = m_words.count(slot.size);
        if (slot.scope == Scope::Event)
            return std::uint32_t(random % count);
        const Walk& walk = m_walks[std::size_t(slot.scope)][slot.size];
        return std::uint32_t((walk.start + std::uint64_t(walk.step) * slot.ordinal) % count);
    }

    const Words& m_words;
    std::uint64_t m_n;
    std::uint32_t m_user;
    std::array<std::uint64_t, 3> m_randoms; ///< by scope
    std::array<std::array<Walk, Words::longest + 1>, 3> m_walks{};
};

} // namespace

BodyMaker::BodyMaker(std::vector<RecordedEvent> recordings, const BodyOptions& options)
    : m_recordings(std::move(recordings))
    , m_options(options)
    , m_words(wordsOf(m_recordings))
{
    if (options.issues == 0 || options.users == 0 || options.users > 900'000 ||
        options.timeEnd < options.timeBegin || m_recordings.empty() || options.key.size() != 32)
        throw std::invalid_argument("no such bodies");
    for (RecordedEvent& recording : m_recordings)
        address(recording, options);
    for (std::size_t i = 0; i < m_recordings.size(); ++i) {
        if (i == 0 || m_recordings[i].program != m_recordings[i - 1].program)
            m_forms.emplace_back();
        m_forms.back().push_back(bodyForm(m_recordings[i], m_words));
    }
    for (std::vector<BodyForm>& forms : m_forms) {
        for (std::size_t i = forms.size(); i > 1; --i)
            std::swap(forms[i - 1], forms[mixed(options.seed * 31 + i) % i]);
    }
    m_shares.reserve(options.issues);
    double sum = 0;
    for (std::uint32_t k = 1; k <= options.issues; ++k) {
        sum += std::pow(double(k), -options.skew);
        m_shares.push_back(sum);
    }
}

const BodyForm& BodyMaker::formOf(std::uint32_t issue) const
{
    // Each round of issues begins with another SDK, or the same one would always have the most frequent of
    // five.
    const std::size_t round = issue / m_forms.size();
    const std::vector<BodyForm>& forms = m_forms[(issue + round) % m_forms.size()];
    return forms[round % forms.size()];
}

std::uint32_t BodyMaker::issueOf(std::uint64_t n, std::uint64_t random) const
{
    if (m_options.coverEvery > 0 && n % m_options.coverEvery == 0)
        return std::uint32_t(n / m_options.coverEvery % m_options.issues);
    const double point = double(random >> 11U) / 9007199254740992.0 * m_shares.back(); // 53 bits
    const auto found = std::upper_bound(m_shares.begin(), m_shares.end(), point);
    return std::min(std::uint32_t(found - m_shares.begin()), m_options.issues - 1);
}

std::int64_t BodyMaker::timeOf(std::uint64_t n, std::uint64_t random) const
{
    const auto span = std::uint64_t(m_options.timeEnd - m_options.timeBegin);
    if (m_options.inOrderOver == 0)
        return m_options.timeBegin + std::int64_t(random % (span + 1));
    const double share = std::min(1.0, double(n) / double(m_options.inOrderOver));
    const std::int64_t late = std::int64_t(random % 300);
    return std::max(m_options.timeBegin, m_options.timeBegin + std::int64_t(double(span) * share) - late);
}

Body BodyMaker::make(std::uint64_t n, std::string& out) const
{
    const std::uint64_t random = mixed(mixed(m_options.seed) ^ n);
    Body body;
    body.issue = issueOf(n, mixed(random + 1));
    const double who = double(mixed(random + 2) >> 11U) / 9007199254740992.0;
    body.user = std::uint32_t(who * who * m_options.users); // some come often
    const BodyForm& form = formOf(body.issue);
    const Maker maker(m_words, n, body.user,
        {random, mixed(mixed(m_options.seed + 3) ^ body.issue),
            mixed(mixed(m_options.seed + 4) ^ body.user)});

    thread_local std::string scratch;
    if (scratch.size() < form.scratchSize)
        scratch.resize(form.scratchSize);
    for (std::size_t i = 0; i < form.values.size(); ++i)
        maker.put(form.values[i], i, scratch.data() + form.values[i].scratch);

    out = form.recording->envelope;
    for (const SlotUse& use : form.uses) {
        char* to = out.data() + use.at;
        std::memcpy(to, scratch.data() + form.values[use.slot].scratch, use.size);
        if (use.capital)
            *to = char(*to & ~0x20);
    }
    const std::int64_t when = timeOf(n, mixed(random + 5));
    for (const TimeUse& use : form.times) {
        const std::int64_t seconds = use.isSentAt ? m_options.timeEnd : when + use.delta;
        if (use.form == TimeUse::Form::Epoch)
            putDecimal(out.data() + use.at, 10, std::uint64_t(seconds));
        else
            putTime(out.data() + use.at, seconds, use.form == TimeUse::Form::Instant);
    }
    body.recording = form.recording;
    body.event = std::string_view(out).substr(body.recording->eventAt, body.recording->eventSize);
    return body;
}

} // namespace vedette::bench
