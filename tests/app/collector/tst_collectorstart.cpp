// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Where a collector may start: its folder, its token, its address.

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/database.h"
#include "tests/app/collector/collectorworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestCollectorStart final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_world = std::make_unique<CollectorWorld>(); }
    void cleanup() { m_world.reset(); }

    void oneCollectorForAFolder();
    void keepsItsTokenToItself();
    void refusesNewerData();
    void explicitPortsAreMeant();
    void refusesForeignAddresses();

private:
    std::unique_ptr<CollectorWorld> m_world;
};

void TestCollectorStart::oneCollectorForAFolder()
{
    const auto second = Collector::start(m_world->options, m_world->clock);
    QVERIFY(!second.has_value());
    QCOMPARE(second.error().kind, core::ErrorKind::Busy);
    QVERIFY2(second.error().detail.contains(QString::fromStdString((*m_world)->url())),
        qPrintable(second.error().detail));
    const auto holder = Collector::holder(m_world->dataDir());
    QVERIFY(holder.has_value());
    QCOMPARE(holder->url, (*m_world)->url());
    QCOMPARE(holder->pid, std::int64_t(QCoreApplication::applicationPid()));
    m_world->stop();
    QVERIFY(!Collector::holder(m_world->dataDir()).has_value());
    QVERIFY(!Collector::holder(m_world->dataDir() + "/nothing").has_value());
    m_world->start();
}

void TestCollectorStart::keepsItsTokenToItself()
{
    const QString path = QString::fromStdString(m_world->dataDir() + "/collector/token");
    const auto mine =
        QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;
    QCOMPARE(QFileInfo(path).permissions(), mine);
    QCOMPARE(Collector::tokenOf(m_world->dataDir()).value_or(""), (*m_world)->token());
    QCOMPARE((*m_world)->token().size(), std::size_t(64));
    // Loosened by somebody: tightened again.
    QVERIFY(QFile::setPermissions(path, mine | QFileDevice::ReadOther));
    m_world->start();
    QCOMPARE(QFileInfo(path).permissions(), mine);
    QCOMPARE(Collector::tokenOf(m_world->dataDir() + "/nothing").error().kind, core::ErrorKind::NotFound);
    QVERIFY(sameToken("abc", "abc"));
    QVERIFY(!sameToken("abd", "abc"));
    QVERIFY(!sameToken("ab", "abc"));
    QVERIFY(!sameToken("abcd", "abc"));
    QVERIFY(!sameToken("", "abc"));
}

void TestCollectorStart::refusesNewerData()
{
    m_world->stop();
    {
        SQLite::Database db(m_world->dataDir() + "/collector/collector.sqlite", SQLite::OPEN_READWRITE);
        db.exec("PRAGMA user_version = " + std::to_string(schemaVersion() + 1));
    }
    const auto refused = Collector::start(m_world->options, m_world->clock);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, core::ErrorKind::NewerData);
    {
        SQLite::Database db(m_world->dataDir() + "/collector/collector.sqlite", SQLite::OPEN_READWRITE);
        db.exec("PRAGMA user_version = " + std::to_string(schemaVersion()));
    }
    m_world->start();
}

void TestCollectorStart::explicitPortsAreMeant()
{
    const QTemporaryDir other;
    Collector::Options options;
    options.dataDir = other.path().toStdString();
    options.port = m_world->port();
    const auto refused = Collector::start(options, m_world->clock);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, core::ErrorKind::Busy);
    // The default one is the first that is free of eleven. Here two collectors want it.
    options.port.reset();
    const auto first = Collector::start(options, m_world->clock);
    const QTemporaryDir third;
    options.dataDir = third.path().toStdString();
    const auto second = Collector::start(options, m_world->clock);
    if (!first || !second)
        QSKIP("ports 8969 to 8979 are taken on this machine");
    QVERIFY((*first)->url() != (*second)->url());
    for (const auto& running : {first->get(), second->get()}) {
        const int port = std::stoi(running->url().substr(running->url().rfind(':') + 1));
        QVERIFY(port >= 8969 && port <= 8979);
        const RawAnswer answer = request(std::uint16_t(port),
            "GET /api/0/vedette/collector/ HTTP/1.1\r\nHost: localhost:" + std::to_string(port) +
                "\r\nAuthorization: Bearer " + running->token() + "\r\n\r\n");
        const QJsonObject status = QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
        const QJsonObject spotlight = status[u"spotlight"_s].toObject();
        QCOMPARE(spotlight[u"usualPort"_s].toBool(), port == 8969);
        QCOMPARE(spotlight[u"usualPortTaken"_s].toBool(), port != 8969);
    }
}

void TestCollectorStart::refusesForeignAddresses()
{
    const QTemporaryDir other;
    Collector::Options options;
    options.dataDir = other.path().toStdString();
    options.host = "0.0.0.0";
    const auto refused = Collector::start(options, m_world->clock);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, core::ErrorKind::Usage);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCollectorStart)
#include "tst_collectorstart.moc"
