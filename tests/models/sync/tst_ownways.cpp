// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Accounts go to their servers each by a way of its own: what one server asks for holds up no other.

#include <QTest>

#include "tests/models/sync/hubbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestOwnWays final : public QObject
{
    Q_OBJECT

private slots:
    void aPauseIsOneAccounts();
};

void TestOwnWays::aPauseIsOneAccounts()
{
    HubBench bench;
    bench.acme.addMany(3, bench.acme.nowMs);
    bench.openWithAccount();
    Acme strict;
    strict.nowMs = bench.acme.nowMs;
    strict.addMany(3, strict.nowMs);
    const auto second = outcome(bench.hub->accounts().add(strict.url(), u"sntryu_9876543210"_s, {}));
    QVERIFY(second);
    const auto showing = [&bench](const domain::AccountId& account) {
        auto feed = bench.hub->makeIssueFeed();
        sync::IssueQuery query = bench.query();
        query.scopes = {domain::Scope(account)};
        feed->setQuery(query);
        return feed;
    };
    const auto slowDown = FaultServer::json(R"({"message":"slow down"})", 429).with("Retry-After", "600");
    strict.listReplies({slowDown, slowDown, slowDown, slowDown, slowDown, slowDown, slowDown, slowDown});
    const auto held = showing(second->id);
    QTRY_VERIFY_WITH_TIMEOUT(held->state().error && !held->state().loading, patience);
    QCOMPARE(held->state().error->kind, ErrorKind::RateLimited);
    // Another look sends nothing there, whoever looks.
    const int asked = strict.listRequests();
    const auto again = showing(second->id);
    QTRY_VERIFY_WITH_TIMEOUT(again->state().error && !again->state().loading, patience);
    QCOMPARE(again->state().error->cause, core::ErrorCause::HeldBack);
    QVERIFY(again->state().error->retryAfter.value_or(std::chrono::seconds(0)) > std::chrono::seconds(500));
    QCOMPARE(strict.listRequests(), asked);
    // The other account knows nothing of it.
    const auto free = showing(bench.account);
    QTRY_VERIFY_WITH_TIMEOUT(
        free->state().asOf && !free->state().fromCache && !free->state().loading, patience);
    QVERIFY(!free->state().error);
    QCOMPARE(free->rows().size(), 3);
    // It ends by the time that passes, and not by the date.
    bench.clock.set(bench.clock.now() + std::chrono::hours(1));
    again->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!again->state().loading, patience);
    QCOMPARE(strict.listRequests(), asked);
    strict.listReplies({});
    bench.clock.advance(std::chrono::hours(1));
    again->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(again->state().asOf && !again->state().error, patience);
    QVERIFY(strict.listRequests() > asked);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOwnWays)
#include "tst_ownways.moc"
