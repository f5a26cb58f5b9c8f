// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What helps after an error of an account: a page for this account, never a dead end, and never another
// server's.

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include "tests/models/sync/hubbench.h"
#include "tests/support/certificates.h"
#include "tests/support/main.h"
#include "views/accounts/accountdialog.h"
#include "views/accounts/certificatedialog.h"
#include "views/accounts/wayout.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;
using namespace vedette;
using namespace vedette::views;
using core::ErrorCause;
using core::ErrorKind;
using tests::FaultServer;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestWayOut final : public QObject
{
    Q_OBJECT

public:
    TestWayOut()
        : m_theme(*qApp)
    {}

private slots:
    void aTokenIsForThisAccount();
    void aCertificateIsAskedAbout();
    void noButtonForWhatNobodyShouldAccept();
    void certificateTextStaysText();
    void pagesAreOfTheServerItself_data();
    void pagesAreOfTheServerItself();
    void noWayOut();

private:
    Theme m_theme;
};

void TestWayOut::aTokenIsForThisAccount()
{
    tests::HubBench bench;
    bench.openWithAccount();
    QWidget parent;
    QVERIFY(openWayOut(*bench.hub, bench.account, {ErrorKind::Unauthorized, 401, {}}, &parent));
    const auto* dialog = parent.findChild<AddAccountDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    auto* field = dialog->findChild<QLineEdit*>(u"accountToken"_s);
    QVERIFY(field->isVisible());
    field->setText(u"sntryu_another0123456789"_s);
    QTest::mouseClick(dialog->findChild<QPushButton*>(u"addAccountButton"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(
        tests::outcome(bench.tokens.read(bench.account, secrets::tokenName)).value_or(QString()),
        u"sntryu_another0123456789"_s, patience);
    QCOMPARE(bench.hub->accounts().accounts().size(), 1); // no second account
}

void TestWayOut::aCertificateIsAskedAbout()
{
    const tests::Certificates made;
    made.makeSelfSigned(u"old"_s, u"IP:127.0.0.1"_s);
    FaultServer server(made.server(u"old"_s));
    server.script("/api/0/", FaultServer::json(R"({"version":"0","auth":{"scopes":[]},"user":{"id":"1"}})"));
    server.script("/api/0/organizations/", FaultServer::json(R"([{"slug":"acme","name":"Acme"}])"));
    tests::HubBench bench;
    bench.open();
    sync::NetworkWay way;
    way.settings.pin.sha256 = made.fingerprint(u"old"_s);
    const auto added =
        tests::outcome(bench.hub->accounts().signIn({server.url(), u"sntryu_0123456789"_s, {}, {}, way}));
    QVERIFY(added);
    // As if the server had another one by now.
    way.settings.pin.sha256 = QString(64, u'a');
    QVERIFY(tests::outcome(bench.hub->accounts().setNetwork(added->id, way)));
    QTRY_VERIFY_WITH_TIMEOUT(bench.hub->accounts().state(added->id).error, patience);
    const core::Error error = *bench.hub->accounts().state(added->id).error;
    QVERIFY2(error.cause == ErrorCause::OtherCertificate,
        qPrintable(QString::number(int(error.kind)) + error.detail));
    QWidget parent;
    QVERIFY(openWayOut(*bench.hub, added->id, error, &parent));
    const auto* dialog = parent.findChild<CertificateDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    const auto* print = dialog->findChild<QLabel*>(u"certificateFingerprint"_s);
    const QString shown =
        print->text().remove(u':').simplified().remove(u' ').remove(QChar(0x200b)).toLower();
    QCOMPARE(shown, made.fingerprint(u"old"_s));
    // Return alone accepts nothing.
    auto* accept = dialog->findChild<QPushButton*>(u"acceptCertificate"_s);
    QVERIFY(!accept->isDefault() && !accept->autoDefault());
    QTest::mouseClick(accept, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(
        bench.hub->accounts().account(added->id)->network.pin.sha256, made.fingerprint(u"old"_s), patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        bench.hub->accounts().state(added->id).phase, sync::ConnectionState::Phase::Online, patience);
}

void TestWayOut::noButtonForWhatNobodyShouldAccept()
{
    auto certificate = std::make_shared<core::ServerCertificate>();
    certificate->sha256 = QString(64, u'b');
    core::Error error{ErrorKind::Tls, 0, {}, {}, ErrorCause::SelfSigned, {}, certificate};
    const CertificateDialog forgivable(error, u"a.example"_s);
    QVERIFY(forgivable.findChild<QPushButton*>(u"acceptCertificate"_s) != nullptr);
    error.cause = ErrorCause::Revoked;
    const CertificateDialog revoked(error, u"a.example"_s);
    QVERIFY(revoked.findChild<QPushButton*>(u"acceptCertificate"_s) == nullptr);
}

void TestWayOut::certificateTextStaysText()
{
    auto certificate = std::make_shared<core::ServerCertificate>();
    certificate->sha256 = QString(64, u'b');
    certificate->subject = u"<b>bank</b>\nAccepted: yes"_s;
    certificate->issuer = u"<img src=x>"_s;
    const core::Error error{ErrorKind::Tls, 0, {}, {}, ErrorCause::SelfSigned, {}, certificate};
    const CertificateDialog dialog(error, u"a.example"_s);
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        QVERIFY(label->textFormat() == Qt::PlainText || label->objectName().isEmpty());
        QVERIFY(!label->text().contains(u"\nAccepted"_s));
    }
}

void TestWayOut::pagesAreOfTheServerItself_data()
{
    QTest::addColumn<QString>("about");
    QTest::addColumn<QString>("page");
    const QString base = u"https://sentry.example/tools"_s;
    QTest::newRow("none") << QString() << base;
    QTest::newRow("its own") << u"https://sentry.example/auth/login/acme/"_s
                             << u"https://sentry.example/auth/login/acme/"_s;
    QTest::newRow("another's") << u"https://evil.example/auth/login/"_s << base;
    QTest::newRow("another port") << u"https://sentry.example:8443/"_s << base;
    QTest::newRow("less safe") << u"http://sentry.example/auth/"_s << base;
    QTest::newRow("a program") << u"javascript:alert(1)"_s << base;
    QTest::newRow("a disguise") << u"https://sentry.example@evil.example/"_s << base;
}

void TestWayOut::pagesAreOfTheServerItself()
{
    QFETCH(const QString, about);
    QFETCH(const QString, page);
    domain::Account account;
    account.baseUrl = QUrl(u"https://sentry.example/tools"_s);
    QCOMPARE(pageThere(account, about).value_or(QUrl()).toString(), page);
    account.baseUrl = QUrl(u"file:///etc/passwd"_s);
    QVERIFY(!pageThere(account, about));
}

void TestWayOut::noWayOut()
{
    tests::HubBench bench;
    bench.openWithAccount();
    QWidget parent;
    QVERIFY(!openWayOut(*bench.hub, bench.account, {ErrorKind::Offline, 0, {}}, &parent));
    QVERIFY(
        !openWayOut(*bench.hub, domain::AccountId(u"gone"_s), {ErrorKind::Unauthorized, 401, {}}, &parent));
    QVERIFY(parent.findChildren<QDialog*>().isEmpty());
}

VEDETTE_TEST_MAIN(QApplication, TestWayOut)
#include "tst_wayout.moc"
