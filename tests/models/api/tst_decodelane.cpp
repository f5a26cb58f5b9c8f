// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Decoding off the GUI thread, by the very steps that the client takes, for the thread sanitizer: bytes go to
// the lane, domain values come home and belong to home alone.

#include <QTest>

#include "models/api/clientprivate.h"
#include "models/api/decode/decode.h"
#include "tests/models/api/decodefixtures.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
namespace decode = vedette::api::decode;

class TestDecodeLane final : public QObject
{
    Q_OBJECT

private slots:
    void valuesBelongToHome();
    void faultsComeHome();
};

namespace {

constexpr std::size_t limit = 20'000'000;

template<class T>
QFuture<core::Result<T>> decodeOn(
    core::Lane& lane, core::Mailbox& home, const QByteArray& bytes, const api::Decoder<T>& decode)
{
    return core::runOn(
        lane, home, [body = bytes.toStdString(), decode] { return api::decodeBody<T>(body, limit, decode); });
}

} // namespace

void TestDecodeLane::valuesBelongToHome()
{
    core::Mailbox home;
    core::Lane first("first");
    core::Lane second("second");
    QObject context;
    const QByteArray event = tests::apiFixture("event.json");
    const QByteArray row = tests::apiFixture("issue-row.json");
    QByteArray page = "[";
    for (int i = 0; i < 50; ++i)
        page += row + ',';
    page += row + ']';
    int events = 0;
    int pages = 0;
    QList<domain::Issue> kept;
    for (int i = 0; i < 100; ++i) {
        core::onDone(decodeOn<domain::Event>(i % 2 ? first : second, home, event, decode::event), &context,
            [&events](core::Result<domain::Event> result) {
                QVERIFY(result);
                result->exceptions.last().stacktrace.frames.last().function += u"!"_s;
                events += int(result->exceptions.size() == 2);
            });
        core::onDone(decodeOn<QList<domain::Issue>>(i % 2 ? second : first, home, page, decode::issues),
            &context, [&pages, &kept](core::Result<QList<domain::Issue>> result) {
                QVERIFY(result);
                (*result)[7].title += u"!"_s;
                kept = *result;
                ++pages;
            });
    }
    QTRY_COMPARE_WITH_TIMEOUT(events, 100, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(pages, 100, 60'000);
    QCOMPARE(kept.size(), 51);
}

void TestDecodeLane::faultsComeHome()
{
    core::Mailbox home;
    core::Lane lane("faults");
    QObject context;
    const QList<std::pair<QByteArray, core::ErrorKind>> bodies = {{"<html>", core::ErrorKind::NotSentry},
        {"  ", core::ErrorKind::Malformed}, {"{", core::ErrorKind::Malformed},
        {"{}", core::ErrorKind::Malformed}};
    QList<core::ErrorKind> kinds;
    for (const auto& [body, kind] : bodies) {
        core::onDone(decodeOn<QList<domain::Issue>>(lane, home, body, decode::issues), &context,
            [&kinds](const core::Result<QList<domain::Issue>>& result) { kinds << result.error().kind; });
    }
    QTRY_COMPARE(kinds.size(), bodies.size());
    for (qsizetype i = 0; i < bodies.size(); ++i)
        QCOMPARE(kinds[i], bodies[i].second);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDecodeLane)
#include "tst_decodelane.moc"
