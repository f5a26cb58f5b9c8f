// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <algorithm>

#include "app/collector/event/functionname.h"
#include "app/collector/event/parameterise.h"
#include "tests/app/collector/event/eventfixtures.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;
using collector::Family;

/// Which events are one issue. Contract section 13, 1 to 8.
class TestGrouping final : public QObject
{
    Q_OBJECT

private slots:
    void pairs_data();
    void pairs();
    void appHashLeads();
    void fingerprintWithDefaultSplitsFurther();
    void functions_data();
    void functions();
    void parameterise_data();
    void parameterise();
    void parameteriseIsLinear();
};

namespace {

/// One frame of an exception, in its platform.
QByteArray thrown(const char* platform, const char* frames, const char* value = "v")
{
    return QByteArray("{\"platform\":\"") + platform + R"(","exception":[{"type":"E","value":")" + value +
           R"(","stacktrace":{"frames":[)" + frames + "]}}]}";
}

} // namespace

void TestGrouping::pairs_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("together");
    const auto same = [](const char* name, const QByteArray& a, const QByteArray& b) {
        QTest::newRow(name) << a << b << true;
    };
    const auto apart = [](const char* name, const QByteArray& a, const QByteArray& b) {
        QTest::newRow(name) << a << b << false;
    };
    same("one fault in Chrome and Firefox", ownEvent(u"browser-chrome"_s), ownEvent(u"browser-firefox"_s));
    same("one fault in Firefox and Safari", ownEvent(u"browser-firefox"_s), ownEvent(u"browser-safari"_s));
    same("one native crash, seen through other system libraries", ownEvent(u"native-a"_s),
        ownEvent(u"native-b"_s));
    apart("two faults", ownEvent(u"browser-chrome"_s), ownEvent(u"python-locals"_s));

    same("lines, columns and absolute paths do not count",
        thrown(
            "python", R"({"module":"m","function":"f","lineno":1,"abs_path":"/a/m.py","filename":"m.py"})"),
        thrown(
            "python", R"({"module":"m","function":"f","lineno":9,"abs_path":"/b/m.py","filename":"m.py"})"));
    same("values do not count beside a stack", thrown("python", R"({"module":"m","function":"f"})", "1"),
        thrown("python", R"({"module":"m","function":"f"})", "2"));
    apart("functions count", thrown("python", R"({"module":"m","function":"f"})"),
        thrown("python", R"({"module":"m","function":"g"})"));
    apart("source lines count in Python",
        thrown("python", R"j({"module":"m","function":"f","context_line":"a()"})j"),
        thrown("python", R"j({"module":"m","function":"f","context_line":"b()"})j"));
    same("white space of source lines does not",
        thrown("python", R"j({"module":"m","function":"f","context_line":"  a( 1 )"})j"),
        thrown("python", R"j({"module":"m","function":"f","context_line":"\ta(   1 ) "})j"));
    same("source lines do not count in Java",
        thrown("java", R"j({"module":"m","function":"f","context_line":"a()"})j"),
        thrown("java", R"j({"module":"m","function":"f","context_line":"b()"})j"));
    same("long source lines do not count",
        thrown("node",
            ("{\"module\":\"m\",\"function\":\"f\",\"context_line\":\"" + QByteArray(130, 'a') + "\"}")
                .constData()),
        thrown("node",
            ("{\"module\":\"m\",\"function\":\"f\",\"context_line\":\"" + QByteArray(130, 'b') + "\"}")
                .constData()));
    same("recursion counts once",
        thrown("python", R"({"module":"m","function":"f"},{"module":"m","function":"r"})"),
        thrown("python",
            R"({"module":"m","function":"f"},{"module":"m","function":"r"},{"module":"m","function":"r"})"));
    same("file names count in lower case without their folder",
        thrown("go", R"({"filename":"/a/Main.go","function":"f"})"),
        thrown("go", R"({"filename":"C:\\b\\main.go","function":"f"})"));
    same("addresses of pages do not count",
        thrown("javascript", R"({"filename":"https://a/x.1.js","function":"f"})"),
        thrown("javascript", R"({"filename":"https://b/x.2.js","function":"f"})"));
    same("generated proxies", thrown("java", R"({"module":"a.B$$EnhancerBySpringCGLIB$$11","function":"f"})"),
        thrown("java", R"({"module":"a.B$$EnhancerBySpringCGLIB$$22","function":"f"})"));
    same("lambda numbers", thrown("java", R"({"module":"a.B$$Lambda$14/0x08","function":"lambda$f$1"})"),
        thrown("java", R"({"module":"a.B$$Lambda$99/0x10","function":"lambda$f$7"})"));
    same("a source-mapped frame ignores its function",
        thrown("javascript",
            R"j({"function":"a","filename":"https://h/a.js","context_line":"go()","data":{"sourcemap":"a.map"}})j"),
        thrown("javascript",
            R"j({"function":"b","filename":"https://h/a.js","context_line":"go()","data":{"sourcemap":"a.map"}})j"));
    same("without a stack, numbers in the value do not count", thrown("python", "", "order 17 failed"),
        thrown("python", "", "order 4 failed"));
    apart("without a stack, words do", thrown("python", "", "order failed"),
        thrown("python", "", "login failed"));
    apart("lone page frames tell nothing, the value decides",
        thrown("javascript", R"({"filename":"https://a/x.js"})", "a"),
        thrown("javascript", R"({"filename":"https://a/x.js"})", "b"));

    const auto made = [](const char* type, const char* function) {
        return QByteArray(R"({"platform":"native","exception":[{"type":")") + type +
               R"(","mechanism":{"synthetic":true},"stacktrace":{"frames":[{"function":")" + function +
               R"("}]}}]})";
    };
    same("a made-up type does not count", made("SIGSEGV", "f"), made("SIGBUS", "f"));
    apart("its function does", made("SIGSEGV", "f"), made("SIGSEGV", "g"));
    const auto nsError = [](int code) {
        return QByteArray(R"({"platform":"cocoa","exception":[{"type":"E","value":"at 10:00",
            "mechanism":{"meta":{"ns_error":{"domain":"net","code":)") +
               QByteArray::number(code) + "}}}}]}";
    };
    apart("an NSError's code stands for the value", nsError(1), nsError(2));
    apart("all exceptions of a chain count", QByteArray(R"({"exception":[{"type":"A"},{"type":"C"}]})"),
        QByteArray(R"({"exception":[{"type":"B"},{"type":"C"}]})"));

    same("message templates", QByteArray(R"({"logentry":{"message":"hi {n}","formatted":"hi ann"}})"),
        QByteArray(R"({"logentry":{"message":"hi {n}","formatted":"hi bob"}})"));
    same("messages, numbers aside", QByteArray(R"({"message":"took 12ms for ann@example.org"})"),
        QByteArray(R"({"message":"took 9ms for bob@example.org"})"));
    same("messages, first line", QByteArray(R"({"message":"a\nx"})"), QByteArray(R"({"message":"a\ny"})"));
    apart("messages", QByteArray(R"({"message":"up"})"), QByteArray(R"({"message":"down"})"));
    same("only thread",
        QByteArray(
            R"({"message":"a","threads":[{"stacktrace":{"frames":[{"module":"m","function":"f"}]}}]})"),
        QByteArray(
            R"({"message":"b","threads":[{"stacktrace":{"frames":[{"module":"m","function":"f"}]}}]})"));
    apart("of two threads none decides",
        QByteArray(
            R"({"message":"a","threads":[{"stacktrace":{"frames":[{"module":"m","function":"f"}]}},{}]})"),
        QByteArray(
            R"({"message":"b","threads":[{"stacktrace":{"frames":[{"module":"m","function":"f"}]}},{}]})"));
    same("top-level stack",
        QByteArray(R"({"message":"a","stacktrace":{"frames":[{"module":"m","function":"f"}]}})"),
        QByteArray(R"({"message":"b","stacktrace":{"frames":[{"module":"m","function":"f"}]}})"));
    same("csp by directive and host",
        QByteArray(R"({"csp":{"effective_directive":"img-src","blocked_uri":"https://a/1"}})"),
        QByteArray(R"({"csp-report":{"effective-directive":"img-src","blocked-uri":"https://a/2"}})"));
    apart("csp of two hosts",
        QByteArray(R"({"csp":{"effective_directive":"img-src","blocked_uri":"https://a/1"}})"),
        QByteArray(R"({"csp":{"effective_directive":"img-src","blocked_uri":"https://b/1"}})"));

    same("csp of what the page made itself",
        QByteArray(R"({"csp":{"effective_directive":"img-src","blocked_uri":"blob:https://a/0f1e"}})"),
        QByteArray(R"({"csp":{"effective_directive":"img-src","blocked_uri":"blob"}})"));
    same("the only thread comes before the top-level stack",
        QByteArray(R"({"message":"a","stacktrace":{"frames":[{"module":"x","function":"x"}]},
            "threads":[{"stacktrace":{"frames":[{"module":"m","function":"f"}]}}]})"),
        QByteArray(R"({"message":"b","stacktrace":{"frames":[{"module":"y","function":"y"}]},
            "threads":[{"stacktrace":{"frames":[{"module":"m","function":"f"}]}}]})"));
    apart("an exception that says nothing leaves it to the message",
        QByteArray(R"({"exception":[{"mechanism":{"type":"generic"}}],"message":"up"})"),
        QByteArray(R"({"exception":[{"mechanism":{"type":"generic"}}],"message":"down"})"));
    same("of a chain only the frames that count",
        QByteArray(
            R"({"exception":[{"type":"A","value":"1","stacktrace":{"frames":[{"module":"m","function":"f"}]}},
            {"type":"B","value":"x"}]})"),
        QByteArray(
            R"({"exception":[{"type":"A","value":"2","stacktrace":{"frames":[{"module":"m","function":"f"}]}},
            {"type":"B","value":"x"}]})"));
    same("values of a chain do not count where one of it has a stack",
        QByteArray(R"({"exception":[{"type":"A","stacktrace":{"frames":[{"module":"m","function":"f"}]}},
            {"type":"B","value":"x"}]})"),
        QByteArray(R"({"exception":[{"type":"A","stacktrace":{"frames":[{"module":"m","function":"f"}]}},
            {"type":"B","value":"y"}]})"));

    same("own fingerprint", QByteArray(R"({"fingerprint":["a",1],"message":"x"})"),
        QByteArray(R"({"fingerprint":["a","1"],"message":"y"})"));
    apart("two fingerprints", QByteArray(R"({"fingerprint":["a","b"],"message":"x"})"),
        QByteArray(R"({"fingerprint":["ab"],"message":"x"})"));
    same("the default fingerprint", QByteArray(R"({"fingerprint":["{{ default }}"],"message":"x"})"),
        QByteArray(R"({"message":"x"})"));
    same("without spaces", QByteArray(R"({"fingerprint":["{{default}}"],"message":"x"})"),
        QByteArray(R"({"fingerprint":[],"message":"x"})"));
    apart("a variable", QByteArray(R"({"fingerprint":["{{ error.type }}"],"exception":[{"type":"A"}]})"),
        QByteArray(R"({"fingerprint":["{{ error.type }}"],"exception":[{"type":"B"}]})"));
}

void TestGrouping::pairs()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(bool, together);
    const auto first = factsOf(a).hashes;
    const auto second = factsOf(b).hashes;
    // An event joins an issue if any of its hashes is known.
    bool shared = false;
    for (const std::string& hash : first)
        shared = shared || std::find(second.begin(), second.end(), hash) != second.end();
    QCOMPARE(shared, together);
}

void TestGrouping::appHashLeads()
{
    const char* own = R"({"module":"m","function":"f","in_app":true})";
    const QByteArray mixed = QByteArray(own) + R"(,{"module":"lib","function":"x","in_app":false})";
    const auto ownOnly = factsOf(thrown("python", own)).hashes;
    const auto both = factsOf(thrown("python", mixed.constData())).hashes;
    QCOMPARE(ownOnly.size(), std::size_t(1)); // both variants say the same
    QCOMPARE(both.size(), std::size_t(2));
    QCOMPARE(both.front(), ownOnly.front());
    const auto foreign =
        factsOf(thrown("python", R"({"module":"lib","function":"x","in_app":false})")).hashes;
    QCOMPARE(foreign.size(), std::size_t(1)); // no frame of its own: the system variant alone
}

void TestGrouping::fingerprintWithDefaultSplitsFurther()
{
    const auto hash = [](const char* function, const char* part) {
        return factsOf(QByteArray(R"({"fingerprint":["{{ default }}",")") + part +
                       R"("],"exception":[{"type":"E","stacktrace":{"frames":[{"module":"m","function":")" +
                       function + R"("}]}}]})")
            .hashes;
    };
    QCOMPARE(hash("f", "x"), hash("f", "x"));
    QVERIFY(hash("f", "x") != hash("f", "y"));
    QVERIFY(hash("f", "x") != hash("g", "x"));
}

void TestGrouping::functions_data()
{
    QTest::addColumn<int>("family");
    QTest::addColumn<QString>("sent");
    QTest::addColumn<QString>("stable");
    const auto row = [](Family family, const char* sent, const char* stable) {
        QTest::newRow(sent) << int(family) << QString::fromUtf8(sent) << QString::fromUtf8(stable);
    };
    row(Family::Javascript, "Object.aha [as callback]", "aha");
    row(Family::Javascript, "new Money", "Money");
    row(Family::Javascript, "async load", "load");
    row(Family::Javascript, "async*load", "load");
    row(Family::Javascript, "test/<", "");
    row(Family::Javascript, "a.b/c<", "");
    row(Family::Javascript, "Object.<anonymous>", "");
    row(Family::Javascript, "eval", "");
    row(Family::Javascript, "global code", "");
    row(Family::Ruby, "block (2 levels) in index", "index");
    row(Family::Ruby, "rescue in block in call", "call");
    row(Family::Ruby, "_app_views_a_html_erb__12_34", "_app_views_a_html_erb");
    row(Family::Php, "App\\{closure}", "{closure}");
    row(Family::Php, "class@anonymous\x01/a/b.php:3", "class@anonymous");
    row(Family::CSharp, "Run (System.String a)", "Run");
    row(Family::CSharp, "<Main>b__0_1", "<Main>b");
    row(Family::CSharp, "<Work>g__Inner|2_0", "<Work>g__Inner");
    row(Family::Java, "lambda$load$3", "lambda$load");
    row(Family::Java, "load3", "load3");
    row(Family::Native, "void ns::f<int, A>(char) const", "ns::f<T>");
    row(Family::Native, "std::__1::map<T>::~map", "std::__1::map<T>::~map");
    row(Family::Native, "boost::function0<T>::operator()", "boost::function0<T>::operator()");
    row(Family::Native, "bool ns::operator<(A const&, B const&)", "bool ns::operator<");
    row(Family::Native, "engine::(anonymous namespace)::fail(char const*)", "engine::fail");
    row(Family::Native, "work [clone .cold]", "work");
    row(Family::Native, "core::run::h0123456789abcdef", "core::run");
    row(Family::Native, "-[Cart total:]", "-[Cart total:]");
    row(Family::Native, "__30-[Cart pay]_block_invoke_2", "-[Cart pay]");
    row(Family::Native, "closure #1 in Cart.pay()", "Cart.pay");
    row(Family::Python, "<listcomp>", "<listcomp>");
}

void TestGrouping::functions()
{
    QFETCH(int, family);
    QFETCH(QString, sent);
    QFETCH(QString, stable);
    QCOMPARE(QString::fromStdString(collector::stableFunction(sent.toStdString(), Family(family))), stable);
}

void TestGrouping::parameterise_data()
{
    QTest::addColumn<QString>("stable");
    const auto row = [](const char* sent, const char* stable) {
        QTest::newRow(sent) << QString::fromUtf8(stable);
    };
    row("nothing to see", "nothing to see");
    row("user 42 not found", "user <int> not found");
    row("balance -3.50", "balance <float>");
    row("1e5 and 2.5E-3", "<float> and <float>");
    row("id12 stays, 12px too", "id12 stays, 12px too");
    row("123456789012 is an int", "<int> is an int");
    row("mail ann.b+c@example.co.uk now", "mail <email> now");
    row("GET https://a.example.org:80/x?y=1#z, done", "GET <url>, done");
    row("host db-1.example.com down", "host <hostname> down");
    row("a.b.c stays", "a.b.c stays");
    row("at 10.0.0.1:8080", "at <ip>:<int>");
    row("at fe80::1ff:fe23:4567:890a", "at <ip>");
    row("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "<traceparent>");
    row("id 4f1c2d3e-0000-4000-8000-0123456789AB", "id <uuid>");
    row("da39a3ee5e6b4b0d3255bfef95601890afd80709", "<sha1>");
    row("d41d8cd98f00b204e9800998ecf8427e", "<md5>");
    row("on 2026-11-20T09:30:00.123Z", "on <date>");
    row("on 2026-11-20 09:30:00", "on <date>");
    row("Fri, 20 Nov 2026 09:30:00 GMT", "<date>");
    row("20/Nov/2026:09:30:00 +0000", "<date>");
    row("Nov 20, 2026", "<date>");
    row("at 09:30:00", "at <date>");
    row("took 300ms, then 2.5s", "took <duration>, then <duration>");
    row("at 0x7f3a", "at <hex>");
    row("rev 12ab34cd56", "rev <hex>");
    row("rev 1a2b3c4", "rev <git_sha>");
    row("deadbeef is a word", "deadbeef is a word");
    row("name='ann b' ok=true n=5", "name=<quoted_str> ok=<bool> n=<int>");
    row("open 'it", "open 'it");
    row("a='unclosed", "a='unclosed");
    row("\xE3\x82\xA8\xE3\x83\xA9\xE3\x83\xBC 7", "\xE3\x82\xA8\xE3\x83\xA9\xE3\x83\xBC <int>");
}

void TestGrouping::parameterise()
{
    QFETCH(QString, stable);
    QCOMPARE(QString::fromStdString(collector::parameterised(QTest::currentDataTag())), stable);
}

void TestGrouping::parameteriseIsLinear()
{
    // Inputs that would send a backtracking matcher round and round. Only that it ends is checked: no
    // timing.
    for (const std::string& piece : {std::string("a."), std::string("1:"), std::string("a-"),
             std::string("='"), std::string("0x"), std::string("a@"), std::string("12/"), std::string("-")}) {
        std::string text;
        while (text.size() < 100'000)
            text += piece;
        QVERIFY(collector::parameterised(text).size() <= 8192 * 8);
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestGrouping)
#include "tst_grouping.moc"
