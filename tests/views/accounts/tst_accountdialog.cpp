// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Adding an account, against real sockets: each way in which a server can be wrong gets words of its own, and
// the token is shown and said nowhere.

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/models/sync/hubbench.h"
#include "tests/support/main.h"
#include "views/accounts/accountdialog.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;
using namespace vedette;
using namespace vedette::views;
using tests::FaultServer;
using Fault = FaultServer::Reply::Fault;

namespace {

constexpr int patience = 20'000;
const QString token = u"sntryu_secret0123456789abcdef"_s;

} // namespace

class TestAccountDialog final : public QObject
{
    Q_OBJECT

public:
    TestAccountDialog()
        : m_theme(*qApp)
    {}

private slots:
    void init();
    void cleanup();

    void addsAnAccount();
    void namesTheServerBeforeTheToken();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void refusesTokens_data();
    void refusesTokens();
    void silenceIsSaidToo();
    void versionsStayText();
    void escapeLeavesAtOnce();
    void renewsAToken();
    void signsOutWithTheSecondClick();

private:
    void open();
    [[nodiscard]] QString textOf(const char* name) const
    {
        return m_dialog->findChild<QLabel*>(QLatin1StringView(name))->text();
    }
    [[nodiscard]] QLineEdit* field(const char* name) const
    {
        return m_dialog->findChild<QLineEdit*>(QLatin1StringView(name));
    }
    void enter(const QString& url, const QString& secret) const
    {
        field("accountUrl")->setText(url);
        field("accountToken")->setText(secret);
    }
    [[nodiscard]] QPushButton* addButton() const
    {
        return m_dialog->findChild<QPushButton*>(u"addAccountButton"_s);
    }
    void verifyNoSecret() const;

    Theme m_theme;
    std::unique_ptr<tests::HubBench> m_bench;
    std::unique_ptr<QDialog> m_dialog;
};

void TestAccountDialog::init()
{
    m_bench = std::make_unique<tests::HubBench>();
    m_bench->acme.addMany(1, m_bench->acme.nowMs);
    m_bench->open();
    open();
}

void TestAccountDialog::cleanup()
{
    m_dialog.reset();
    m_bench.reset();
}

void TestAccountDialog::open()
{
    m_dialog = std::make_unique<AddAccountDialog>(*m_bench->hub);
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestAccountDialog::verifyNoSecret() const
{
    QCOMPARE(field("accountToken")->echoMode(), QLineEdit::Password);
    for (const QLabel* label : m_dialog->findChildren<QLabel*>())
        QVERIFY2(!label->text().contains(u"secret0123"_s), qPrintable(label->text()));
}

void TestAccountDialog::addsAnAccount()
{
    QSignalSpy added(qobject_cast<AddAccountDialog*>(m_dialog.get()), &AddAccountDialog::added);
    QVERIFY(!addButton()->isEnabled());
    enter(m_bench->acme.url().toString(), u"  "_s + token + u' ');
    field("accountName")->setText(u"Work"_s);
    QVERIFY(addButton()->isEnabled());
    QTest::keyClick(field("accountToken"), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(added.size(), 1, patience);
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(m_bench->hub->accounts().accounts().size(), 1);
    QCOMPARE(m_bench->hub->accounts().accounts().first().name, u"Work"_s);
}

void TestAccountDialog::namesTheServerBeforeTheToken()
{
    field("accountUrl")->setFocus();
    QTest::keyClicks(
        field("accountUrl"), m_bench->acme.url().toString() + u"/organizations/acme/issues/7/"_s);
    QTest::keyClick(field("accountUrl"), Qt::Key_Tab);
    QTRY_VERIFY_WITH_TIMEOUT(textOf("serverLine").contains(u"Sentry"_s), patience);
    QVERIFY(field("accountToken")->hasFocus());
    for (const FaultServer::Request& request : m_bench->acme.server.requests())
        QVERIFY(request.header("Authorization").isEmpty());
}

void TestAccountDialog::saysWhatIsWrong_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::addColumn<QString>("words");
    FaultServer::Reply limited = FaultServer::json("{}", 429);
    limited.with("Retry-After", "120");
    QTest::newRow("a web page") << FaultServer::html() << u"web page"_s;
    QTest::newRow("401 of a gateway") << FaultServer::json(R"({"detail":"no"})", 401) << u"token"_s;
    QTest::newRow("429") << limited << u"pause of 120 s"_s;
    QTest::newRow("500") << FaultServer::json("{}", 500) << u"fault of its own (500)"_s;
    QTest::newRow("other JSON") << FaultServer::json(R"([1, {"version": 7}])") << u"no Sentry"_s;
    QTest::newRow("no JSON") << FaultServer::json("{\"version\": ") << u"no Sentry"_s;
    QTest::newRow("a reset") << FaultServer::fault(Fault::Reset, {}, -1) << u"cannot be reached"_s;
    QTest::newRow("no HTTP") << FaultServer::fault(Fault::Raw, "SSH-2.0-x\r\n") << u"cannot"_s;
}

void TestAccountDialog::saysWhatIsWrong()
{
    QFETCH(const FaultServer::Reply, reply);
    QFETCH(const QString, words);
    FaultServer server;
    server.script("/api/0/", reply);
    enter(server.url().toString(), token);
    QTest::mouseClick(addButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(field("accountToken")->isEnabled(), patience);
    QVERIFY2(textOf("accountStatus").contains(words), qPrintable(textOf("accountStatus")));
    QVERIFY2(!textOf("accountStatus").contains(u"keeps trying"_s), "nobody does, for a dialog");
    QVERIFY(m_dialog->isVisible());
    QVERIFY(field("accountToken")->hasFocus()); // to be typed again, and nothing else is lost
    QCOMPARE(field("accountUrl")->text(), server.url().toString());
    QVERIFY(m_bench->hub->accounts().accounts().isEmpty());
    verifyNoSecret();
}

void TestAccountDialog::refusesTokens_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("words");
    QTest::newRow("wrong") << u"sntryu_wrong"_s << u"does not accept the token"_s;
    QTest::newRow("of another kind") << u"sntrys_eyJpYXQiOjF9_abc"_s << u"sntrys_"_s;
}

void TestAccountDialog::refusesTokens()
{
    QFETCH(const QString, secret);
    QFETCH(const QString, words);
    m_bench->acme.refuseTokens(true);
    enter(m_bench->acme.url().toString(), secret);
    QTest::mouseClick(addButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(field("accountToken")->isEnabled(), patience);
    QVERIFY2(textOf("accountStatus").contains(words), qPrintable(textOf("accountStatus")));
    QVERIFY(m_dialog->isVisible());
}

void TestAccountDialog::silenceIsSaidToo()
{
    m_dialog.reset();
    m_bench->options.requestTimeout = std::chrono::milliseconds(300);
    m_bench->open();
    open();
    FaultServer server;
    server.script("/api/0/", FaultServer::fault(Fault::Hang));
    enter(server.url().toString(), token);
    QTest::mouseClick(addButton(), Qt::LeftButton);
    QVERIFY(!addButton()->isEnabled()); // once is enough
    QTRY_VERIFY_WITH_TIMEOUT(textOf("accountStatus").contains(u"did not answer in time"_s), patience);
    QVERIFY(addButton()->isEnabled());
}

void TestAccountDialog::versionsStayText()
{
    FaultServer server;
    server.script(
        "/api/0/", FaultServer::json(R"({"version":"<b>9</b>\nsecond line","auth":null,"user":null})"));
    enter(server.url().toString(), QString());
    QTest::keyClick(field("accountUrl"), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!textOf("serverLine").contains(u"Looking"_s), patience);
    for (const QLabel* label : m_dialog->findChildren<QLabel*>()) {
        if (!label->objectName().isEmpty())
            QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(!label->text().contains(u"\nsecond"_s));
    }
}

void TestAccountDialog::escapeLeavesAtOnce()
{
    FaultServer server;
    server.script("/api/0/", FaultServer::fault(Fault::Hang));
    enter(server.url().toString(), token);
    QTest::mouseClick(addButton(), Qt::LeftButton);
    QTRY_VERIFY(!server.requests().isEmpty());
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
    m_dialog.reset();
    QTRY_COMPARE(server.openConnections(), 0); // the request went with the dialog
    QVERIFY(m_bench->hub->accounts().accounts().isEmpty());
}

void TestAccountDialog::renewsAToken()
{
    m_bench->openWithAccount();
    const domain::Account account = m_bench->hub->accounts().accounts().first();
    m_dialog = std::make_unique<AddAccountDialog>(*m_bench->hub, account);
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    QVERIFY(field("accountUrl")->isReadOnly());
    QVERIFY(field("accountToken")->text().isEmpty()); // the old one is not shown to anybody
    field("accountToken")->setText(token);
    QTest::mouseClick(addButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!m_dialog->isVisible(), patience);
    QCOMPARE(m_bench->hub->accounts().accounts().size(), 1);
    QCOMPARE(tests::outcome(m_bench->tokens.read(account.id, secrets::tokenName)).value(), token);
}

void TestAccountDialog::signsOutWithTheSecondClick()
{
    m_dialog.reset();
    m_bench->openWithAccount();
    AccountsDialog dialog(*m_bench->hub);
    dialog.open();
    auto* list = dialog.findChild<QListWidget*>(u"accountsList"_s);
    auto* remove = dialog.findChild<QPushButton*>(u"removeAccount"_s);
    QCOMPARE(list->count(), 1);
    QTest::mouseClick(remove, Qt::LeftButton);
    QCOMPARE(m_bench->hub->accounts().accounts().size(), 1);
    QVERIFY(remove->text().contains(u"Really"_s));
    QTest::mouseClick(remove, Qt::LeftButton);
    QTRY_VERIFY(m_bench->hub->accounts().accounts().isEmpty());
    QCOMPARE(list->count(), 0);
    QVERIFY(!remove->isEnabled());
}

VEDETTE_TEST_MAIN(QApplication, TestAccountDialog)
#include "tst_accountdialog.moc"
