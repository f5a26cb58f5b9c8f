// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is written is read back, every field of it, whatever stands in it.

#include <QTest>

#include "models/store/codec.h"
#include "tests/models/store/randomvalues.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;

class TestCodec final : public QObject
{
    Q_OBJECT

private slots:
    void everythingComesBack_data();
    void everythingComesBack();
    void oldFilesReadAsDefaults();
    void nonsenseIsRefused();
    void seriesStaySmall();
};

void TestCodec::everythingComesBack_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 200; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestCodec::everythingComesBack()
{
    QFETCH(const quint32, seed);
    tests::RandomValues random(seed);
    const domain::AccountId account(u"a1"_s);
    const auto check = [](const auto& value) {
        const auto read = store::decode<std::decay_t<decltype(value)>>(store::encode(value));
        QVERIFY(read.has_value());
        QVERIFY(*read == value);
        const auto unpacked = store::unpacked(store::packed(store::encode(value)));
        QVERIFY(unpacked.has_value());
        QCOMPARE(*unpacked, store::encode(value));
    };
    check(random.issue(account, u"7"_s));
    check(random.detail(account, u"7"_s));
    check(random.event(u"e1"_s, u"7"_s));
    check(random.actor());
    check(random.statusDetails());
    check(random.account(u"a1"_s).credential);
    check(random.network());
    check(random.capabilities());
    check(random.directory());
    check(random.overview());
    check(random.alert(account));
    check(random.error());
    const domain::Series series = random.series();
    QCOMPARE(store::decodeSeries(store::encodeSeries(series)), series);
}

void TestCodec::oldFilesReadAsDefaults()
{
    const auto issue = store::decode<domain::Issue>(R"({"id":"7","title":4,"count":"many","trend":[1,2]})");
    QVERIFY(issue.has_value());
    QCOMPARE(issue->id.value(), u"7"_s);
    QCOMPARE(issue->title, u"4"_s);
    QCOMPARE(issue->count, qint64(0));
    QVERIFY(issue->trend.isEmpty());
    QVERIFY(issue->hasSeen);
    const auto event = store::decode<domain::Event>(R"({"exceptions":{"a":1},"user":null,"request":7})");
    QVERIFY(event.has_value());
    QVERIFY(event->exceptions.isEmpty());
}

void TestCodec::nonsenseIsRefused()
{
    QVERIFY(!store::decode<domain::Issue>("").has_value());
    QVERIFY(!store::decode<domain::Issue>("7").has_value());
    QVERIFY(!store::decode<domain::Event>(R"({"id":)").has_value());
    QVERIFY(!store::unpacked("not zstd at all").has_value());
    QVERIFY(!store::unpacked("").has_value());
    std::string cut = store::packed(std::string(10'000, 'x') + "y");
    cut.resize(cut.size() / 2);
    QVERIFY(!store::unpacked(cut).has_value());
    QVERIFY(store::decodeSeries("").isEmpty());
    QVERIFY(store::decodeSeries("\xff\xff\xff").isEmpty());
    // More points promised than there are bytes: no memory is taken for them.
    const std::string promising = store::encodeSeries({std::chrono::seconds(3600), {}});
    QVERIFY(store::decodeSeries(promising.substr(0, 2) + "\xfe\xff\xff\xff\xff\x7f").points.size() < 10);
}

void TestCodec::seriesStaySmall()
{
    domain::Series day;
    day.step = std::chrono::hours(1);
    const core::TimePoint start{std::chrono::milliseconds(1'763'600'400'000)};
    for (int hour = 0; hour < 24; ++hour)
        day.points.append({start + std::chrono::hours(hour), hour});
    QVERIFY(store::encodeSeries(day).size() < 64);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCodec)
#include "tst_codec.moc"
