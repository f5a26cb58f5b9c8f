// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Organization, people, projects and keys.

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/database.h"
#include "app/collector/storage/directory.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;

class TestDirectory final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void seedsOnce();
    void namesProjects();
    void takesWhatIsGiven();
    void listsActiveKeys();
    void makesSlugs();
    void makesRandomHex();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<SQLite::Database> m_db;
};

void TestDirectory::init()
{
    m_db.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    auto db = openWriter(m_dir->filePath(QStringLiteral("c.sqlite")).toStdString());
    QVERIFY(db.has_value());
    m_db = std::move(*db);
    seedDirectory(*m_db, beginning());
}

void TestDirectory::seedsOnce()
{
    const auto first = firstProject(*m_db);
    QVERIFY(first.has_value());
    QCOMPARE(first->slug, std::string("default"));
    QCOMPARE(first->key.size(), std::size_t(32));
    seedDirectory(*m_db, beginning());
    QCOMPARE(firstProject(*m_db)->key, first->key);
    QCOMPARE(m_db->execAndGet("SELECT count(*) FROM users WHERE is_self AND username <> '' AND name <> ''")
                 .getInt(),
        1);
    QCOMPARE(m_db->execAndGet("SELECT count(*) FROM team_projects").getInt(), 1);
    QCOMPARE(m_db->execAndGet("SELECT count(*) FROM team_members").getInt(), 1);
    QVERIFY(!organizationSlug(*m_db).empty());
}

void TestDirectory::namesProjects()
{
    QCOMPARE(addProject(*m_db, {"", "Web Shop"}, beginning()).slug, std::string("web-shop"));
    QCOMPARE(addProject(*m_db, {"", "Web  Shop!"}, beginning()).slug, std::string("web-shop-2"));
    QCOMPARE(addProject(*m_db, {"WEB-SHOP", ""}, beginning()).slug, std::string("web-shop-3"));
    QVERIFY(projectBySlug(*m_db, "web-shop-2").has_value());
    QVERIFY(!projectBySlug(*m_db, "nothing").has_value());
}

void TestDirectory::takesWhatIsGiven()
{
    const std::string key(32, 'f');
    const ProjectKey made = addProject(*m_db,
        {.slug = "given", .name = "Given", .platform = "go", .colour = "#123456", .id = 77, .key = key},
        beginning());
    QCOMPARE(made.project, std::int64_t(77));
    QCOMPARE(made.key, key);
    QCOMPARE(m_db->execAndGet("SELECT name || platform || colour FROM projects WHERE id = 77").getString(),
        std::string("Givengo#123456"));
    QVERIFY_THROWS_EXCEPTION(
        std::exception, addProject(*m_db, {.slug = "again", .name = "Again", .key = key}, beginning()));
}

void TestDirectory::listsActiveKeys()
{
    const auto first = firstProject(*m_db);
    const std::string second = addKey(*m_db, first->project, "Second", beginning());
    QCOMPARE(activeKeys(*m_db).size(), std::size_t(2));
    QCOMPARE(activeKeys(*m_db).at(second), first->project);
    m_db->exec("UPDATE project_keys SET active = 0 WHERE public = '" + first->key + "'");
    QVERIFY(!activeKeys(*m_db).count(first->key));
    QCOMPARE(firstProject(*m_db)->key, second);
}

void TestDirectory::makesSlugs()
{
    QCOMPARE(slugOf("Hello, World"), std::string("hello-world"));
    QCOMPARE(slugOf("--a--"), std::string("a"));
    QCOMPARE(slugOf("\xe6\x97\xa5\xe6\x9c\xac"), std::string("project"));
    QCOMPARE(slugOf(""), std::string("project"));
    QCOMPARE(slugOf(std::string(80, 'x')).size(), std::size_t(50));
}

void TestDirectory::makesRandomHex()
{
    QCOMPARE(randomHex(16).size(), std::size_t(32));
    QVERIFY(randomHex(16) != randomHex(16));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDirectory)
#include "tst_directory.moc"
