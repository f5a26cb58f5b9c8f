// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Arrivals as the journal keeps them.

#include <QTest>

#include "app/collector/storage/arrival.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;

class TestArrival final : public QObject
{
    Q_OBJECT

private slots:
    void comesBackAsItWas();
    void isNothingButWhole();
    void leavesTheRestToTheDatabase();
};

namespace {

Incoming rich()
{
    Incoming out = incoming(
        3, {.id = 5, .hashes = {4, 2}, .user = 9, .minutes = 7, .release = "1.2", .environment = "prod"});
    out.event->context.sentAt = beginning() - std::chrono::seconds(3);
    out.event->context.userAgent = "Browser/1.0";
    out.event->context.remoteAddress = "10.0.0.7";
    out.event->category = "security";
    out.event->size = 1'234;
    out.furtherEvents.push_back(*incoming(3, {.id = 6}).event);
    out.outcomes = {{"session", "dropped", "", 4}, {"error", "client_discard", "before_send", 2}};
    out.origin = "https://shop.example";
    return out;
}

void compare(const IncomingEvent& is, const IncomingEvent& was)
{
    QCOMPARE(is.payload, was.payload);
    QCOMPARE(is.size, was.size);
    QCOMPARE(is.category, was.category);
    QCOMPARE(is.context.received, was.context.received);
    QCOMPARE(is.context.sentAt, was.context.sentAt);
    QCOMPARE(is.context.userAgent, was.context.userAgent);
    QCOMPARE(is.context.remoteAddress, was.context.remoteAddress);
    QCOMPARE(is.context.envelopeEventId, was.facts.eventId);
    QCOMPARE(is.facts.eventId, was.facts.eventId);
    QCOMPARE(is.facts.hashes, was.facts.hashes);
    QCOMPARE(is.facts.tags, was.facts.tags);
    QCOMPARE(is.facts.userKey, was.facts.userKey);
    QCOMPARE(is.facts.timestamp, was.facts.timestamp);
}

} // namespace

void TestArrival::comesBackAsItWas()
{
    const Incoming was = rich();
    QVERIFY(isJournalled(was));
    const auto is = unpackArrival(packArrival(was), worldFacts);
    QVERIFY(is.has_value());
    QCOMPARE(is->project, was.project);
    QCOMPARE(is->origin, was.origin);
    QCOMPARE(is->outcomes.size(), was.outcomes.size());
    QCOMPARE(is->outcomes[1].reason, was.outcomes[1].reason);
    QCOMPARE(is->outcomes[1].quantity, was.outcomes[1].quantity);
    QVERIFY(is->event.has_value());
    compare(*is->event, *was.event);
    QCOMPARE(is->furtherEvents.size(), std::size_t(1));
    compare(is->furtherEvents.front(), was.furtherEvents.front());
    QVERIFY(!is->forward && is->items.empty());
}

void TestArrival::isNothingButWhole()
{
    const std::string bytes = packArrival(rich());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        QVERIFY2(!unpackArrival(std::string_view(bytes).substr(0, size), worldFacts).has_value(),
            qPrintable(QString::number(size)));
    QVERIFY(!unpackArrival(bytes + "x", worldFacts).has_value());
    // Lengths that lie.
    for (std::size_t at = 0; at + 8 <= 64; at += 8) {
        std::string wrong = bytes;
        wrong.replace(at, 8, "\xff\xff\xff\xff\xff\xff\xff\x7f");
        (void)unpackArrival(wrong, worldFacts);
    }
}

void TestArrival::leavesTheRestToTheDatabase()
{
    Incoming counted;
    counted.outcomes = {{"session", "dropped", "", 1}};
    QVERIFY(!isJournalled(counted));
    Incoming passedOn = incoming(1, {.id = 1});
    passedOn.forward.emplace();
    QVERIFY(!isJournalled(passedOn));
    Incoming withReport = incoming(1, {.id = 1});
    withReport.items.reports.emplace_back();
    QVERIFY(!isJournalled(withReport));
    QVERIFY(isJournalled(incoming(1, {.id = 1})));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestArrival)
#include "tst_arrival.moc"
