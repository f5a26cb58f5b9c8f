// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/api/budget.h"
#include "tests/support/main.h"
#include "tests/support/manualclock.h"

using namespace vedette;
using namespace std::chrono_literals;
using api::Budget;

namespace {

const QByteArray list = "GET 0/organizations/*/issues/";
const QByteArray detail = "GET 0/organizations/*/issues/*/";

/// What the hosted service sends with each answer.
api::RateLimit hosted(qint64 remaining, qint64 reset, std::chrono::seconds wait, qint64 concurrent = 10)
{
    api::RateLimit out;
    out.limit = 40;
    out.remaining = remaining;
    out.concurrentRemaining = concurrent;
    out.reset = reset;
    out.wait = wait;
    return out;
}

} // namespace

class TestBudget final : public QObject
{
    Q_OBJECT

private slots:
    void silenceHoldsNobodyBack();
    void nothingLeftHoldsTheRouteUntilReset();
    void noPlaceLeftHoldsTheRoute();
    void whatIsUnderWayIsNotSpentTwice();
    void lateAnswersOfAnEarlierWindow();
    void refusalsHoldTheRoute();
    void refusalsWithoutARouteHoldAll();
    void refusalsDouble();
    void overloadHoldsAll();
    void settingTheDateChangesNothing();
    void routesAreForgottenInTime();

private:
    tests::ManualClock m_clock{core::TimePoint(1'760'000'000s)};
    void answered(Budget& budget, const QByteArray& family, int status, const api::RateLimit& told) const
    {
        budget.began(family);
        budget.ended(family);
        budget.note(family, status, told);
    }
};

void TestBudget::silenceHoldsNobodyBack()
{
    Budget budget(m_clock);
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(budget.waitFor(list), 0ms);
        budget.began(list);
    }
    budget.ended(list);
    budget.note(list, 200, {});
    QCOMPARE(budget.waitFor(list), 0ms);
    QCOMPARE(budget.pause(), 0ms);
}

void TestBudget::nothingLeftHoldsTheRouteUntilReset()
{
    Budget budget(m_clock);
    answered(budget, list, 200, hosted(1, 100, 5s));
    QCOMPARE(budget.waitFor(list), 0ms);
    answered(budget, list, 404, hosted(0, 100, 5s)); // any answer tells, a refusal too
    QCOMPARE(budget.waitFor(list), 5s);
    QCOMPARE(budget.waitFor(detail), 0ms);
    // It is no reason to call the server quiet: nobody was turned away.
    QCOMPARE(budget.pause(), 0ms);
    m_clock.advance(4'999ms);
    QCOMPARE(budget.waitFor(list), 1ms);
    m_clock.advance(1ms);
    QCOMPARE(budget.waitFor(list), 0ms);
    budget.began(list);
    QCOMPARE(budget.waitFor(list), 0ms); // nothing is known of the new window
}

void TestBudget::noPlaceLeftHoldsTheRoute()
{
    Budget budget(m_clock);
    answered(budget, list, 200, hosted(30, 100, 1s, 0));
    QCOMPARE(budget.waitFor(list), 1s);
    QCOMPARE(budget.waitFor(detail), 0ms);
    // Without a Reset: for a second.
    api::RateLimit bare;
    bare.concurrentRemaining = 0;
    answered(budget, detail, 200, bare);
    QCOMPARE(budget.waitFor(detail), 1s);
}

void TestBudget::whatIsUnderWayIsNotSpentTwice()
{
    Budget budget(m_clock);
    for (int i = 0; i < 3; ++i)
        budget.began(list);
    budget.ended(list);
    budget.note(list, 200, hosted(4, 100, 5s));
    // Two are under way and may take two of the four.
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(budget.waitFor(list), 0ms);
        budget.began(list);
    }
    QCOMPARE(budget.waitFor(list), 5s);
    // An answer of the same window gives none back.
    budget.ended(list);
    budget.note(list, 200, hosted(3, 100, 5s));
    QCOMPARE(budget.waitFor(list), 5s);
    // That of the next one does.
    budget.ended(list);
    budget.note(list, 200, hosted(39, 101, 1s));
    QCOMPARE(budget.waitFor(list), 0ms);
}

void TestBudget::lateAnswersOfAnEarlierWindow()
{
    Budget budget(m_clock);
    answered(budget, list, 200, hosted(20, 101, 2s));
    answered(budget, list, 200, hosted(0, 100, 1s));
    QCOMPARE(budget.waitFor(list), 0ms);
}

void TestBudget::refusalsHoldTheRoute()
{
    Budget budget(m_clock);
    answered(budget, list, 429, hosted(0, 100, 8s));
    QVERIFY(budget.waitFor(list) >= 8s && budget.waitFor(list) <= 10s);
    QCOMPARE(budget.pause(), budget.waitFor(list));
    QCOMPARE(budget.waitFor(detail), 0ms);
    m_clock.advance(10s);
    QCOMPARE(budget.waitFor(list), 0ms);
    QCOMPARE(budget.pause(), 0ms);
}

void TestBudget::refusalsWithoutARouteHoldAll()
{
    Budget budget(m_clock);
    api::RateLimit told;
    told.wait = 600s; // more than five minutes, and meant
    answered(budget, list, 429, told);
    QVERIFY(budget.waitFor(list) >= 600s);
    QVERIFY(budget.waitFor(detail) >= 600s && budget.waitFor(detail) <= 660s);
    // A shorter one later does not end it.
    told.wait = 1s;
    answered(budget, detail, 429, told);
    QVERIFY(budget.waitFor(detail) >= 600s);
}

void TestBudget::refusalsDouble()
{
    Budget budget(m_clock);
    for (const auto wait : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}) {
        answered(budget, list, 429, {});
        QVERIFY(budget.pause() >= wait);
        QVERIFY(budget.pause() <= wait + wait / 4 + 1s);
        m_clock.advance(budget.pause());
    }
    answered(budget, list, 200, {});
    answered(budget, list, 429, {});
    QVERIFY(budget.pause() <= 2s);
}

void TestBudget::overloadHoldsAll()
{
    Budget budget(m_clock);
    answered(budget, list, 503, {});
    QCOMPARE(budget.pause(), 0ms);
    api::RateLimit told;
    told.wait = 20s;
    answered(budget, list, 500, told);
    QCOMPARE(budget.pause(), 0ms);
    answered(budget, list, 503, told);
    QVERIFY(budget.waitFor(detail) >= 20s);
}

void TestBudget::settingTheDateChangesNothing()
{
    Budget budget(m_clock);
    answered(budget, list, 429, hosted(0, 100, 8s));
    const auto wait = budget.pause();
    const auto before = m_clock.now();
    for (const auto by : {-24h, 24h}) {
        m_clock.set(before + by);
        QCOMPARE(budget.pause(), wait);
    }
}

void TestBudget::routesAreForgottenInTime()
{
    Budget budget(m_clock);
    answered(budget, list, 429, hosted(0, 100, 3600s));
    for (int i = 0; i < 5'000; ++i)
        answered(budget, "GET made-up-" + QByteArray::number(i), 200, hosted(0, i, 1s));
    m_clock.advance(2s);
    for (int i = 0; i < 1'000; ++i)
        answered(budget, "GET another-" + QByteArray::number(i), 200, {});
    QVERIFY(budget.waitFor(list) > 3'500s); // not what still matters
    QVERIFY(budget.routes() < 1'000);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestBudget)
#include "tst_budget.moc"
