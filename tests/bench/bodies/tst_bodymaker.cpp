// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <regex>
#include <set>

#include "app/collector/envelope/envelope.h"
#include "app/collector/event/facts.h"
#include "models/json/document.h"
#include "tests/bench/bodies/bodymaker.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::bench;

namespace {

collector::EventFacts factsOf(std::string_view event)
{
    const auto document = json::Document::parse(event);
    if (!document)
        throw std::runtime_error("no JSON: " + document.error().detail.toStdString());
    if (document->mends().any())
        throw std::runtime_error("JSON that had to be mended");
    collector::ReceiveContext context;
    context.received = core::TimePoint(std::chrono::seconds(BodyOptions().timeEnd));
    auto facts = collector::extractFacts(document->root(), context);
    if (!facts)
        throw std::runtime_error("no event: " + facts.error().detail.toStdString());
    return std::move(*facts);
}

BodyMaker makerOf(const BodyOptions& options)
{
    return {loadRecordings(RECORDINGS), options};
}

/// In how many of eight parts of two events bytes differ, and how many bytes in all.
std::pair<std::size_t, std::size_t> distance(std::string_view a, std::string_view b)
{
    std::array<std::size_t, 8> parts{};
    for (std::size_t i = 0; i < a.size(); ++i)
        parts[i * parts.size() / a.size()] += a[i] != b[i] ? 1 : 0;
    return {static_cast<std::size_t>(
                std::count_if(parts.begin(), parts.end(), [](std::size_t n) { return n > 0; })),
        std::accumulate(parts.begin(), parts.end(), std::size_t(0))};
}

} // namespace

class TestBodyMaker : public QObject
{
    Q_OBJECT

private slots:
    /// What the benches promise of their templates.
    void recordings()
    {
        const auto recordings = loadRecordings(RECORDINGS);
        QVERIFY(recordings.size() >= 200);
        std::map<std::string, std::size_t> sdks;
        std::set<std::string> hashes;
        std::size_t sum = 0;
        for (const RecordedEvent& recording : recordings) {
            ++sdks[recording.sdk()];
            QVERIFY2(recording.eventSize >= 3'000 && recording.eventSize <= 30'000, recording.name.c_str());
            QVERIFY2(collector::parseEnvelope(recording.envelope), recording.name.c_str());
            sum += recording.eventSize;
            // Different faults, not one fault recorded again and again.
            QVERIFY2(hashes.insert(factsOf(recording.event()).hashes.front()).second, recording.name.c_str());
        }
        QCOMPARE(sdks.size(), std::size_t(5));
        for (const auto& [sdk, count] : sdks)
            QVERIFY2(count >= 40, sdk.c_str());
        const double mean = double(sum) / double(recordings.size());
        QVERIFY2(mean > 9'000 && mean < 11'500, std::to_string(mean).c_str());
    }

    void isDeterministic()
    {
        const BodyMaker one = makerOf({});
        const BodyMaker two = makerOf({});
        BodyOptions other;
        other.seed = 2;
        const BodyMaker three = makerOf(other);
        std::string a;
        std::string b;
        std::size_t same = 0;
        for (const std::uint64_t n : {0, 7, 70'000, 3, 999'999}) {
            (void)one.make(n, a);
            (void)two.make(n, b);
            QVERIFY(a == b);
            (void)three.make(n, b);
            same += a == b ? 1 : 0;
        }
        QCOMPARE(same, std::size_t(0));
    }

    /// Each body is a whole envelope around a whole event, as large as its recording, with an id of its own.
    void bodies()
    {
        const BodyMaker maker = makerOf({});
        std::set<std::string> ids;
        std::string envelope;
        for (std::uint64_t n = 0; n < 3'000; ++n) {
            const Body body = maker.make(n, envelope);
            const auto parsed = collector::parseEnvelope(envelope);
            QVERIFY(parsed);
            const collector::EnvelopeItem* item = parsed->firstOf("event");
            QVERIFY(item && item->payload == body.event);
            QCOMPARE(body.event.size(), body.recording->eventSize);
            const collector::EventFacts facts = factsOf(body.event);
            QCOMPARE(facts.eventId, parsed->eventId);
            ids.insert(facts.eventId);
            QVERIFY2(facts.userKey.empty() || facts.userKey == "id:" + std::to_string(100'000 + body.user),
                facts.userKey.c_str());
        }
        QCOMPARE(ids.size(), std::size_t(3'000));
    }

    /// All events of an issue form one group, and different issues different ones.
    void issues_data()
    {
        QTest::addColumn<quint32>("issues");
        QTest::addColumn<quint32>("coverEvery");
        QTest::newRow("a thousand") << 1'000U << 4U;
        QTest::newRow("as for growth") << 100'000U << 1U;
    }
    void issues()
    {
        QFETCH(quint32, issues);
        QFETCH(quint32, coverEvery);
        BodyOptions options;
        options.issues = issues;
        options.coverEvery = coverEvery;
        const BodyMaker maker = makerOf(options);
        std::map<std::uint32_t, std::set<std::string>> groups;
        std::set<std::string> all;
        std::string envelope;
        for (std::uint64_t n = 0; n < 5'000; ++n) {
            // Of many issues every twentieth, twice.
            const Body body =
                maker.make(issues == 1'000 ? n : (n * 20) % issues + n / 5'000 * issues, envelope);
            const std::string hash = factsOf(body.event).hashes.front();
            groups[body.issue].insert(hash);
            all.insert(hash);
        }
        for (const auto& [issue, hashes] : groups)
            QVERIFY2(hashes.size() == 1, maker.recordingOf(issue).name.c_str());
        QVERIFY(groups.size() > (issues == 1'000 ? 990 : 4'900));
        QVERIFY2(double(all.size()) > 0.98 * double(groups.size()), std::to_string(all.size()).c_str());
    }

    /// Some issues are seen far more often than others, and all SDKs about as often.
    void mix()
    {
        const BodyMaker maker = makerOf({});
        std::map<std::uint32_t, std::size_t> issues;
        std::map<std::string, std::size_t> programs;
        std::set<std::uint32_t> users;
        std::string envelope;
        constexpr std::size_t events = 20'000;
        for (std::uint64_t n = 0; n < events; ++n) {
            const Body body = maker.make(n, envelope);
            ++issues[body.issue];
            ++programs[body.recording->program];
            users.insert(body.user);
        }
        QCOMPARE(issues.size(), std::size_t(1'000));
        QVERIFY(issues[0] > 20 * issues[500]);
        QVERIFY(users.size() > 10'000);
        QVERIFY(*users.rbegin() < 50'000);
        for (const auto& [program, count] : programs)
            QVERIFY2(count > events / 8 && count < events * 3 / 8, program.c_str());
    }

    /// What varies is not in one place at the end.
    void variesAllOver()
    {
        BodyOptions options;
        options.issues = 265; // each template at least once
        options.coverEvery = 1;
        const BodyMaker maker = makerOf(options);
        std::string a;
        std::string b;
        std::size_t issueBytes = 0;
        std::size_t allParts = 0;
        std::size_t eventBytes = 0;
        std::size_t bytes = 0;
        for (std::uint64_t n = 0; n < options.issues; ++n) {
            const Body one = maker.make(n, a);
            const Body two = maker.make(n + options.issues, b);
            QCOMPARE(one.issue, two.issue);
            // Of one issue the stack is the same, and most of an event may be its stack.
            const std::size_t events = distance(one.event, two.event).second;
            QVERIFY2(events > 80, one.recording->name.c_str());
            // Of another issue with the same template. A few have little but frames of libraries in the
            // middle.
            const auto [issueParts, issues] = distance(one.event, one.recording->event());
            QVERIFY2(issueParts >= 3 && issues > 200, one.recording->name.c_str());
            eventBytes += events;
            issueBytes += issues;
            allParts += issueParts;
            bytes += one.event.size();
        }
        QVERIFY2(allParts > 7 * options.issues, std::to_string(allParts).c_str());
        QVERIFY2(double(eventBytes) > 0.07 * double(bytes), std::to_string(eventBytes).c_str());
        QVERIFY2(double(issueBytes) > 0.20 * double(bytes), std::to_string(issueBytes).c_str());
        qInfo("of one issue %.1f %% of bytes differ, of two issues %.1f %%",
            100.0 * double(eventBytes) / double(bytes), 100.0 * double(issueBytes) / double(bytes));
    }

    /// A collector refuses an envelope whose header names another key or project than its request.
    void addresses()
    {
        BodyOptions options;
        options.key = "fedcba98765432100123456789abcdef";
        options.project = "4711";
        const BodyMaker maker = makerOf(options);
        std::string envelope;
        std::size_t named = 0;
        for (std::uint64_t n = 0; n < 1'000; ++n) {
            const Body body = maker.make(n, envelope);
            const auto parsed = collector::parseEnvelope(envelope);
            QVERIFY(parsed && parsed->firstOf("event") && parsed->firstOf("event")->payload == body.event);
            if (parsed->dsn.empty())
                continue;
            ++named;
            const auto dsn = collector::parseDsn(parsed->dsn);
            QVERIFY(dsn && dsn->key == options.key && dsn->project == options.project);
        }
        QVERIFY(named > 100);
    }

    void times()
    {
        BodyOptions options;
        options.timeBegin = 1'794'000'000;
        options.timeEnd = 1'795'000'000;
        const BodyMaker maker = makerOf(options);
        std::string envelope;
        std::int64_t least = options.timeEnd;
        std::int64_t most = options.timeBegin;
        for (std::uint64_t n = 0; n < 500; ++n) {
            const Body body = maker.make(n, envelope);
            const auto at = std::chrono::duration_cast<std::chrono::seconds>(
                factsOf(body.event).timestamp.time_since_epoch());
            QVERIFY(at.count() >= options.timeBegin && at.count() <= options.timeEnd);
            least = std::min(least, std::int64_t(at.count()));
            most = std::max(most, std::int64_t(at.count()));
            const auto parsed = collector::parseEnvelope(envelope);
            QVERIFY(parsed && parsed->sentAt);
            QCOMPARE(
                std::chrono::duration_cast<std::chrono::seconds>(parsed->sentAt->time_since_epoch()).count(),
                options.timeEnd);
        }
        QVERIFY(most - least > 900'000);
    }

    /// No host of anybody's, and no folder of the machine that recorded.
    void tellsOfNobody()
    {
        const std::regex own(R"(/root/|/home/|/tmp/|\b10\.\d+\.\d+\.\d+\b|\b192\.168\.)");
        for (const RecordedEvent& recording : loadRecordings(RECORDINGS))
            QVERIFY2(!std::regex_search(recording.envelope, own), recording.name.c_str());
    }

    void refusesOptions()
    {
        BodyOptions none;
        none.issues = 0;
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, makerOf(none));
        BodyOptions crowd;
        crowd.users = 2'000'000;
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, makerOf(crowd));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, (void)loadRecordings(RECORDINGS "/.."));
    }
};

VEDETTE_TEST_MAIN(QCoreApplication, TestBodyMaker)
#include "tst_bodymaker.moc"
