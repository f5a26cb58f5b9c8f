// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSignalSpy>
#include <QTest>

#include <stdexcept>

#include "models/core/lane.h"
#include "models/core/mailbox.h"
#include "models/core/ondone.h"
#include "models/core/runon.h"
#include "tests/support/main.h"

using namespace vedette::core;
using namespace Qt::Literals::StringLiterals;

class TestLane final : public QObject
{
    Q_OBJECT

private slots:
    void jobsRunInOrderOffTheCallersThread();
    void destroyingFinishesWhatIsQueued();
    void aThrowingJobDoesNotEndTheLane();
    void resultsComeHomeOnceAndInOrder();
    void anExceptionBecomesAnError();
    void aDeadContextIsNotCalled();
    void aProducerThatDiesIsACancel();
};

void TestLane::jobsRunInOrderOffTheCallersThread()
{
    std::vector<int> seen;
    bool onLane = false;
    {
        Lane lane("order");
        for (int i = 0; i < 100; ++i)
            lane.post([&seen, i] { seen.push_back(i); });
        lane.post([&] { onLane = lane.isCurrent(); });
        QVERIFY(!lane.isCurrent());
    }
    QVERIFY(onLane);
    QCOMPARE(seen.size(), std::size_t(100));
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
}

void TestLane::destroyingFinishesWhatIsQueued()
{
    int done = 0;
    {
        Lane lane("finish");
        for (int i = 0; i < 1000; ++i)
            lane.post([&done] { ++done; });
    }
    QCOMPARE(done, 1000);
}

void TestLane::aThrowingJobDoesNotEndTheLane()
{
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"a job on lane throws failed: on purpose"_s));
    bool after = false;
    {
        Lane lane("throws");
        lane.post([] { throw std::runtime_error("on purpose"); });
        lane.post([&after] { after = true; });
    }
    QVERIFY(after);
}

void TestLane::resultsComeHomeOnceAndInOrder()
{
    Mailbox home;
    Lane lane("home");
    QObject context;
    QList<int> seen;
    for (int i = 0; i < 50; ++i) {
        onDone(runOn(lane, home, [i]() -> Result<int> { return i * i; }), &context,
            [&seen](const Result<int>& result) { seen << result.value_or(-1); });
    }
    QTRY_COMPARE(seen.size(), 50);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(seen[i], i * i);
}

void TestLane::anExceptionBecomesAnError()
{
    Mailbox home;
    Lane lane("error");
    QObject context;
    std::optional<Error> error;
    onDone(runOn(lane, home, []() -> Result<int> { throw std::runtime_error("broken page"); }), &context,
        [&error](const Result<int>& result) { error = result.error(); });
    QTRY_VERIFY(error.has_value());
    QCOMPARE(error->kind, ErrorKind::Internal);
    QCOMPARE(error->detail, u"broken page"_s);
}

void TestLane::aDeadContextIsNotCalled()
{
    Mailbox home;
    Lane lane("dead");
    bool called = false;
    bool marker = false;
    QObject living;
    {
        QObject context;
        onDone(runOn(lane, home, []() -> Result<int> { return 1; }), &context,
            [&called](const Result<int>&) { called = true; });
    }
    onDone(runOn(lane, home, []() -> Result<int> { return 2; }), &living,
        [&marker](const Result<int>&) { marker = true; });
    QTRY_VERIFY(marker);
    QVERIFY(!called);
}

void TestLane::aProducerThatDiesIsACancel()
{
    QObject context;
    std::optional<Error> error;
    {
        QPromise<Result<int>> promise;
        promise.start();
        onDone(promise.future(), &context, [&error](const Result<int>& result) { error = result.error(); });
    }
    QTRY_VERIFY(error.has_value());
    QCOMPARE(error->kind, ErrorKind::Cancelled);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestLane)
#include "tst_lane.moc"
