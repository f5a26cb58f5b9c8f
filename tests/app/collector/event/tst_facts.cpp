// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QTest>

#include "tests/app/collector/event/eventfixtures.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// What ingest takes from an event: names, places, tags, users, times. Contract sections 12 and 13.
class TestFacts final : public QObject
{
    Q_OBJECT

private slots:
    void fixtures_data();
    void fixtures();
    void tags_data();
    void tags();
    void titles_data();
    void titles();
    void users_data();
    void users();
    void times_data();
    void times();
    void levels_data();
    void levels();
    void eventIds();
    void wrongTypesAreDropped();
    void longTextsAreCutVisibly();
    void notAnEvent();
};

void TestFacts::fixtures_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("culprit");
    QTest::addColumn<QString>("location");
    QTest::addColumn<bool>("unhandled");
    const auto row = [](const char* name, const char* type, const char* title, const char* culprit,
                         const char* location, bool unhandled) {
        QTest::newRow(name) << QString::fromUtf8(type) << QString::fromUtf8(title)
                            << QString::fromUtf8(culprit) << QString::fromUtf8(location) << unhandled;
    };
    row("node-chained", "error", "CheckoutError: payment of order 991 failed", "POST /checkout",
        "/srv/shop/dist/routes.js", true);
    row("browser-chrome", "error", "TypeError: cart is null", "Object.parse [as read](/assets/app.js)",
        "/assets/app.js", false);
    row("browser-message", "default", "cart 4711 restored for ann@example.org", "", "", false);
    row("python-locals", "error", "KeyError: 'user'", "jobs.mail in send_mail", "jobs/mail.py", true);
    row("python-exception-group", "error", "ExceptionGroup: both (2 sub-exceptions)", "__main__ in <module>",
        "both.py", true);
    row("java-lambda", "error", "NullPointerException: name is null",
        "org.example.Users$$EnhancerBySpringCGLIB$$1a2b3c in find", "Users.java", false);
    row("native-a", "error", "engine::(anonymous namespace)::fail(char const*)", "", "", true);
    row("go-bare-lists", "error", "*fs.PathError: open ./test.txt: no such file or directory", "main in main",
        "/app/main.go", false);
    row("php-message", "default", "login of ann failed", "http://localhost:8080/login", "", false);
    row("ruby-rails", "error", "NoMethodError: undefined method `title' for nil:NilClass",
        "BooksController#index", "app/views/books/index.html.erb", true);
    row("dotnet-tag-pairs", "default", "[API] GET failed after 31", "", "", false);
    row("csp-report", "csp", "Blocked 'image' from 'cdn.example.net'", "img-src", "cdn.example.net", false);
    row("custom-fingerprint", "error", "KeyError: 'x'", "mail in send", "mail.py", false);
    row("null-frames", "error", "Last: mixed", "run in run", "run.py", false);
    row("cocoa-threads", "error",
        "NSInvalidArgumentException: -[Cart total]: unrecognized selector sent to instance 0x6000",
        "-[CartView pay:]", "", true);
    row("empty", "default", "<unlabeled event>", "", "", false);
}

void TestFacts::fixtures()
{
    QFETCH(QString, type);
    QFETCH(QString, title);
    QFETCH(QString, culprit);
    QFETCH(QString, location);
    QFETCH(bool, unhandled);
    const collector::EventFacts facts = factsOf(ownEvent(QString::fromUtf8(QTest::currentDataTag())));
    QCOMPARE(QString::fromStdString(facts.type), type);
    QCOMPARE(QString::fromStdString(facts.title), title);
    QCOMPARE(QString::fromStdString(facts.culprit), culprit);
    QCOMPARE(QString::fromStdString(facts.location), location);
    QCOMPARE(facts.unhandled, unhandled);
    QCOMPARE(facts.eventId.size(), std::size_t(32));
    QVERIFY(!facts.hashes.empty());
    for (const std::string& hash : facts.hashes)
        QCOMPARE(hash.size(), std::size_t(32));
    QVERIFY(QJsonDocument::fromJson(QByteArray::fromStdString(facts.metadataJson)).isObject());
}

void TestFacts::tags_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QStringList>("tags");
    QTest::newRow("derived, all of them")
        << ownEvent(u"node-chained"_s)
        << QStringList{u"beta=true"_s, u"browser=Safari 17.1"_s, u"browser.name=Safari"_s,
               u"environment=production"_s, u"handled=no"_s, u"level=error"_s,
               u"mechanism=onunhandledrejection"_s, u"os=Debian GNU/Linux 12"_s,
               u"os.name=Debian GNU/Linux"_s, u"plan=gold"_s, u"release=shop@2.4.0"_s, u"retry=2"_s,
               u"runtime=node v18.19.0"_s, u"runtime.name=node"_s, u"server_name=web-3"_s,
               u"transaction=POST /checkout"_s, u"url=https://shop.example.org/checkout"_s};
    QTest::newRow("a user is told by the key alone")
        << QByteArray(R"({"user":{"id":"7"},"tags":{"user":"mine"}})") << QStringList{u"level=error"_s};
    QTest::newRow("without a user, its tag is one like others")
        << QByteArray(R"({"tags":{"user":"mine"}})") << QStringList{u"level=error"_s, u"user=mine"_s};
    QTest::newRow("pairs and objects, the last of doubled ones")
        << ownEvent(u"dotnet-tag-pairs"_s)
        << QStringList{u"alpha=2"_s, u"kind=api"_s, u"level=error"_s, u"release=2026.6.2.0"_s, u"zone=eu"_s};
    QTest::newRow("device") << ownEvent(u"cocoa-threads"_s)
                            << QStringList{u"device=iPhone15,2"_s, u"device.family=iPhone"_s, u"handled=no"_s,
                                   u"level=fatal"_s, u"mechanism=nsexception"_s, u"os=iOS 17.1"_s,
                                   u"os.name=iOS"_s};
    QTest::newRow("a context under another name")
        << QByteArray(R"({"contexts":{"client_os":{"name":"Windows","version":"11"},
               "server-runtime":{"type":"runtime","name":"Mono","version":"6"}}})")
        << QStringList{u"client_os=Windows 11"_s, u"client_os.name=Windows"_s, u"level=error"_s,
               u"server-runtime=Mono 6"_s, u"server-runtime.name=Mono"_s};
    QTest::newRow("a field wins over its tag, a tag over what follows")
        << QByteArray(
               R"({"level":"info","tags":{"level":"x","os.name":"mine"},"contexts":{"os":{"name":"BSD"}}})")
        << QStringList{u"level=info"_s, u"os.name=mine"_s};
    QTest::newRow("nulls, empty texts and containers are none")
        << QByteArray(R"({"tags":{"a":null,"b":"","c":{"x":1},"d":[1],"":"e"," f ":" g "}})")
        << QStringList{u"f=g"_s, u"level=error"_s};
    QTest::newRow("the sender's browser stands for a page's")
        << QByteArray(R"({"platform":"javascript"})")
        << QStringList{
               u"browser=Firefox 120.0"_s, u"browser.name=Firefox"_s, u"level=error"_s, u"os.name=Linux"_s};
}

void TestFacts::tags()
{
    QFETCH(QByteArray, event);
    QFETCH(QStringList, tags);
    collector::ReceiveContext context = arrival();
    context.userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0";
    QCOMPARE(tagList(factsOf(event, context)), tags);
}

void TestFacts::titles_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QString>("title");
    QTest::newRow("type alone") << QByteArray(R"({"exception":{"type":"E"}})") << u"E"_s;
    QTest::newRow("value alone") << QByteArray(R"({"exception":{"value":"v"}})") << u"Error: v"_s;
    QTest::newRow("first line") << QByteArray(R"({"exception":[{"type":"E","value":"\n a\nb"}]})")
                                << u"E: a"_s;
    QTest::newRow("a number as value")
        << QByteArray(R"({"exception":[{"type":"E","value":5}]})") << u"E: 5"_s;
    QTest::newRow("an object as value")
        << QByteArray(R"({"exception":[{"type":"E","value":{"code":1}}]})") << u"E: {\"code\":1}"_s;
    QTest::newRow("logentry before message")
        << QByteArray(R"({"logentry":{"formatted":"a"},"message":"b"})") << u"a"_s;
    QTest::newRow("logentry as text") << QByteArray(R"({"logentry":"a"})") << u"a"_s;
    QTest::newRow("an empty logentry is none") << QByteArray(R"({"logentry":{},"message":"b"})") << u"b"_s;
    QTest::newRow("percent parameters")
        << QByteArray(R"({"logentry":{"message":"%s of %(x)d: 100%%","params":["a"]}})")
        << u"a of %(x)d: 100%"_s;
    QTest::newRow("named parameters")
        << QByteArray(
               R"({"logentry":{"message":"%(who)s took {ms} and {@rest}","params":{"who":"ann","ms":7}}})")
        << u"ann took 7 and {@rest}"_s;
    QTest::newRow("numbered parameters")
        << QByteArray(R"({"logentry":{"message":"{1} {0:N2} {}","params":["a","b"]}})") << u"b a a"_s;
    QTest::newRow("an exception goes first")
        << QByteArray(R"({"message":"m","exception":[{"type":"E","value":"v"}]})") << u"E: v"_s;
    QTest::newRow("message cut at 100")
        << QByteArray("{\"message\":\"" + QByteArray(150, 'a') + "\"}") << QString(97, u'a') + u"..."_s;
    QTest::newRow("the fault's function stands for a made-up type")
        << QByteArray(R"({"platform":"native","exception":[{"type":"SIGSEGV","value":"Segfault",
            "mechanism":{"synthetic":true},"stacktrace":{"frames":[{"function":"main"},{"function":"crash"}]}}]})")
        << u"crash"_s;
    QTest::newRow("made up, without a function")
        << QByteArray(R"({"platform":"native","exception":[{"type":"SIGSEGV","value":"Segfault",
            "mechanism":{"synthetic":true},"stacktrace":{"frames":[{"instruction_addr":"0x1"}]}}]})")
        << u"SIGSEGV: Segfault"_s;
    QTest::newRow("csp with underscores")
        << QByteArray(R"({"csp":{"effective_directive":"script-src","blocked_uri":"inline"}})")
        << u"Blocked unsafe inline 'script'"_s;
}

void TestFacts::titles()
{
    QFETCH(QByteArray, event);
    QFETCH(QString, title);
    QCOMPARE(QString::fromStdString(factsOf(event).title), title);
}

void TestFacts::users_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QString>("key");
    QTest::newRow("id, a number") << QByteArray(R"({"id":7,"email":"a@b"})") << u"id:7"_s;
    QTest::newRow("id, large") << QByteArray(R"({"id":18446744073709551615})")
                               << u"id:18446744073709551615"_s;
    QTest::newRow("email") << QByteArray(R"({"id":null,"email":"a@b","username":"u"})") << u"email:a@b"_s;
    QTest::newRow("username") << QByteArray(R"({"id":"","username":"u","ip_address":"10.0.0.1"})")
                              << u"username:u"_s;
    QTest::newRow("address") << QByteArray(R"({"ip_address":"10.0.0.1"})") << u"ip:10.0.0.1"_s;
    QTest::newRow("the sender's address") << QByteArray(R"({"ip_address":"{{auto}}"})") << u"ip:127.0.0.9"_s;
    QTest::newRow("nobody") << QByteArray(R"({})") << QString();
    QTest::newRow("a list is none") << QByteArray(R"([1])") << QString();
    QTest::newRow("an object as id") << QByteArray(R"({"id":{"a":1},"username":"u"})") << u"username:u"_s;
}

void TestFacts::users()
{
    QFETCH(QByteArray, user);
    QFETCH(QString, key);
    collector::ReceiveContext context = arrival();
    context.remoteAddress = "127.0.0.9";
    QCOMPARE(QString::fromStdString(factsOf("{\"user\":" + user + "}", context).userKey), key);
}

void TestFacts::times_data()
{
    QTest::addColumn<QByteArray>("timestamp");
    QTest::addColumn<QByteArray>("sentAt");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray arrived = "2026-11-20T10:00:00.000Z";
    QTest::newRow("seconds") << QByteArray("1795167000.25") << QByteArray()
                             << QByteArray("2026-11-20T09:30:00.250Z");
    QTest::newRow("seconds as text") << QByteArray("\"1795167000\"") << QByteArray()
                                     << QByteArray("2026-11-20T09:30:00.000Z");
    QTest::newRow("nanoseconds are rounded") << QByteArray("\"2026-11-20T09:30:00.584908333Z\"")
                                             << QByteArray() << QByteArray("2026-11-20T09:30:00.585Z");
    QTest::newRow("no zone is UTC") << QByteArray("\"2026-11-20T09:30:00\"") << QByteArray()
                                    << QByteArray("2026-11-20T09:30:00.000Z");
    QTest::newRow("a zone") << QByteArray("\"2026-11-20T10:30:00+01:00\"") << QByteArray()
                            << QByteArray("2026-11-20T09:30:00.000Z");
    QTest::newRow("none") << QByteArray("null") << QByteArray() << arrived;
    QTest::newRow("nonsense") << QByteArray("\"yesterday\"") << QByteArray() << arrived;
    QTest::newRow("an object") << QByteArray("{}") << QByteArray() << arrived;
    QTest::newRow("negative") << QByteArray("-5") << QByteArray() << arrived;
    QTest::newRow("huge") << QByteArray("1e300") << QByteArray() << arrived;
    QTest::newRow("half a minute ahead stays")
        << QByteArray("\"2026-11-20T10:00:30Z\"") << QByteArray() << QByteArray("2026-11-20T10:00:30.000Z");
    QTest::newRow("the future") << QByteArray("\"2026-11-20T10:05:00Z\"") << QByteArray() << arrived;
    QTest::newRow("29 days old stays")
        << QByteArray("\"2026-10-22T10:00:00Z\"") << QByteArray() << QByteArray("2026-10-22T10:00:00.000Z");
    QTest::newRow("31 days old") << QByteArray("\"2026-10-20T10:00:00Z\"") << QByteArray() << arrived;
    QTest::newRow("a clock that is 2 hours late")
        << QByteArray("\"2026-11-20T07:59:00Z\"") << QByteArray("2026-11-20T08:00:00Z")
        << QByteArray("2026-11-20T09:59:00.000Z");
    QTest::newRow("a clock that is a day ahead")
        << QByteArray("\"2026-11-21T09:59:58Z\"") << QByteArray("2026-11-21T10:00:00Z")
        << QByteArray("2026-11-20T09:59:58.000Z");
    QTest::newRow("half a minute of drift is none")
        << QByteArray("\"2026-11-20T09:59:00Z\"") << QByteArray("2026-11-20T09:59:30Z")
        << QByteArray("2026-11-20T09:59:00.000Z");
}

void TestFacts::times()
{
    QFETCH(QByteArray, timestamp);
    QFETCH(QByteArray, sentAt);
    QFETCH(QByteArray, expected);
    collector::ReceiveContext context = arrival();
    if (!sentAt.isEmpty())
        context.sentAt = core::parseTime(sentAt.toStdString());
    const auto facts = factsOf("{\"timestamp\":" + timestamp + "}", context);
    QCOMPARE(QByteArray::fromStdString(core::formatTime(facts.timestamp)), expected);
    QCOMPARE(facts.received, context.received);
}

void TestFacts::levels_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QString>("level");
    QTest::newRow("absent") << QByteArray() << u"error"_s;
    for (const char* level : {"fatal", "error", "warning", "info", "debug"})
        QTest::newRow(level) << QByteArray("\"" + QByteArray(level) + "\"") << QString::fromLatin1(level);
    QTest::newRow("log") << QByteArray("\"log\"") << u"info"_s;
    QTest::newRow("critical") << QByteArray("\"critical\"") << u"fatal"_s;
    QTest::newRow("trace") << QByteArray("\"trace\"") << u"debug"_s;
    QTest::newRow("capitals") << QByteArray("\"WARN\"") << u"warning"_s;
    QTest::newRow("Python's number") << QByteArray("30") << u"warning"_s;
    QTest::newRow("unknown") << QByteArray("\"loud\"") << u"error"_s;
    QTest::newRow("a list") << QByteArray("[1]") << u"error"_s;
}

void TestFacts::levels()
{
    QFETCH(QByteArray, sent);
    QFETCH(QString, level);
    const QByteArray event = sent.isEmpty() ? QByteArray("{}") : "{\"level\":" + sent + "}";
    QCOMPARE(QString::fromStdString(factsOf(event).level), level);
}

void TestFacts::eventIds()
{
    const QByteArray dashed = R"({"event_id":"AAAAAAAA-bbbb-cccc-dddd-000000000001"})";
    QCOMPARE(factsOf(dashed).eventId, std::string("aaaaaaaabbbbccccdddd000000000001"));
    collector::ReceiveContext context = arrival();
    context.envelopeEventId = std::string(32, 'e');
    QCOMPARE(factsOf(dashed, context).eventId, std::string(32, 'e')); // the envelope's wins
    for (const QByteArray& odd : {QByteArray(R"({})"), QByteArray(R"({"event_id":"xyz"})"),
             QByteArray(R"({"event_id":5})"), QByteArray(R"({"event_id":"0123"})")}) {
        const std::string made = factsOf(odd).eventId;
        QCOMPARE(made.size(), std::size_t(32));
        QVERIFY(made.find_first_not_of("0123456789abcdef") == std::string::npos);
        QVERIFY2(made != factsOf(odd).eventId, "two events without an id are two events");
    }
}

void TestFacts::wrongTypesAreDropped()
{
    const auto facts = factsOf(ownEvent(u"wrong-types"_s));
    QCOMPARE(facts.title, std::string("<unlabeled event>"));
    QCOMPARE(facts.platform, std::string("5")); // a scalar is as good as a text
    QCOMPARE(facts.level, std::string("error"));
    QCOMPARE(facts.dist, std::string("3"));
    QVERIFY(facts.logger.empty() && facts.release.empty() && facts.userKey.empty());
    QCOMPARE(facts.timestamp, facts.received);
}

void TestFacts::longTextsAreCutVisibly()
{
    const QByteArray text(5000, 'x');
    const auto facts = factsOf("{\"transaction\":\"" + text + "\",\"tags\":{\"t\":\"" + text +
                               "\"},\"exception\":[{\"type\":\"E\",\"value\":\"" + text + "\"}]}");
    QVERIFY(facts.culprit.size() == 200 && facts.culprit.ends_with("..."));
    QVERIFY(facts.title.size() <= 255 && facts.title.ends_with("..."));
    for (const auto& [key, value] : facts.tags) {
        if (key == "t")
            QVERIFY(value.size() == 200 && value.ends_with("..."));
    }
    // Cut between characters, never inside of one.
    const auto wide = factsOf("{\"message\":\"" + QByteArray("\xF0\x9F\x98\x80").repeated(300) + "\"}");
    QCOMPARE(
        QString::fromStdString(wide.title), QString::fromUtf8("\xF0\x9F\x98\x80").repeated(97) + u"..."_s);
    QCOMPARE(factsOf(R"({"message":"a\u0000b"})").title, std::string("a\xEF\xBF\xBD"
                                                                     "b"));
}

void TestFacts::notAnEvent()
{
    for (const QByteArray& json :
        {QByteArray("[]"), QByteArray("\"a\""), QByteArray("null"), QByteArray("1")}) {
        const json::Document document = parsed(json);
        const auto facts = collector::extractFacts(document.root(), arrival());
        QVERIFY(!facts);
        QCOMPARE(facts.error().kind, core::ErrorKind::Malformed);
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestFacts)
#include "tst_facts.moc"
