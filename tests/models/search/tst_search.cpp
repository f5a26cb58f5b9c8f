// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/search/parser.h"
#include "models/search/values.h"
#include "tests/support/main.h"

using namespace vedette::search;
using namespace Qt::Literals::StringLiterals;

namespace {

/// The tree on one line, for comparison.
QString printed(const Query& query)
{
    QStringList out;
    for (const Term& term : query.terms) {
        if (const auto* text = std::get_if<FreeText>(&term)) {
            out << u"text(%1)"_s.arg(text->text);
            continue;
        }
        const auto& filter = std::get<Filter>(term);
        QStringList values;
        for (const Value& value : filter.values)
            values << value.text;
        static const QStringList ops = {u"="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s};
        out << u"%1%2%3%4%5"_s.arg(filter.negated ? u"not "_s : QString(),
            filter.explicitTag ? u"tag "_s : QString(), filter.key,
            filter.isList ? u" in "_s : ops[int(filter.op)], values.join(u'|'));
    }
    return out.join(u"; "_s);
}

} // namespace

class TestSearch final : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void spansPointIntoTheText();
    void dates();
    void numbers();
    void durationsAndSizes();
    void patterns();
};

void TestSearch::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tree");
    const auto row = [](const char* name, const QString& text, const QString& tree) {
        QTest::newRow(name) << text << tree;
    };
    row("nothing", u"  "_s, u""_s);
    row("filter", u"is:unresolved"_s, u"is=unresolved"_s);
    row("negated", u"!assigned:none"_s, u"not assigned=none"_s);
    row("words", u"cannot read"_s, u"text(cannot); text(read)"_s);
    row("phrase", u"\"cannot read\""_s, u"text(cannot read)"_s);
    row("both", u"is:unresolved TypeError user.id:7"_s, u"is=unresolved; text(TypeError); user.id=7"_s);
    row("quoted value", u"release:\"a b\""_s, u"release=a b"_s);
    row("escaped quote", uR"(message:"say \"hi\"")"_s, u"message=say \"hi\""_s);
    row("empty quoted", u"environment:\"\""_s, u"environment="_s);
    row("operators", u"timesSeen:>1k lastSeen:<=-1d age:!=5 users:>=2 x:<3"_s,
        u"timesSeen>1k; lastSeen<=-1d; age!=5; users>=2; x<3"_s);
    row("list", u"level:[error, fatal]"_s, u"level in error|fatal"_s);
    row("quoted list", u"release:[\"a, b\",c]"_s, u"release in a, b|c"_s);
    row("tag", u"tags[level]:x"_s, u"tag level=x"_s);
    row("flag", u"flags[\"new-cart\"]:true"_s, u"tag flags.new-cart=true"_s);
    row("quoted key", u"\"my key\":v"_s, u"my key=v"_s);
    row("url is a word", u"http://host/x"_s, u"text(http://host/x)"_s);
    row("parenthesis is text", u"(is:unresolved)"_s, u"text((is:unresolved))"_s);
    row("value ends at parenthesis", u"a:b(c)"_s, u"a=b; text((c))"_s);
    row("group is one text", u"(is:unresolved level:error) x:y"_s,
        u"text((is:unresolved level:error)); x=y"_s);
    row("open parenthesis", u"(a b:c"_s, u"text((a); b=c"_s);
    row("literal star in a list", uR"(a:[b\*c, d])"_s, uR"(a in b\*c|d)"_s);
    row("colon in a quoted key", u"\"my:key\":v"_s, u"my:key=v"_s);
    row("no tag", u"tags[]:v"_s, u"text(tags[]:v)"_s);
    row("japanese", u"決済エラー user:花子"_s, u"text(決済エラー); user=花子"_s);
    row("lower case or", u"this or that"_s, u"text(this); text(or); text(that)"_s);
    row("colon in value", u"url:a:b"_s, u"url=a:b"_s);
    row("exclamation alone", u"oh!"_s, u"text(oh!)"_s);
}

void TestSearch::reads()
{
    QFETCH(QString, text);
    QFETCH(QString, tree);
    const auto query = parse(text);
    QVERIFY2(query.has_value(), query ? "" : qPrintable(query.error().message));
    QCOMPARE(printed(*query), tree);
    const auto again = parse(toText(*query));
    QVERIFY(again.has_value());
    QCOMPARE(printed(*again), tree);
}

void TestSearch::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("or") << u"a OR b"_s << u"Boolean statements"_s;
    QTest::newRow("and") << u"a AND b"_s << u"Boolean statements"_s;
    QTest::newRow("or in a group") << u"(a OR b)"_s << u"Boolean statements"_s;
    QTest::newRow("quoted wildcard in list") << u"a:[\"b*\"]"_s << u"wildcards"_s;
    QTest::newRow("empty list") << u"a:[]"_s << u"empty values"_s;
    QTest::newRow("empty value") << u"is: x"_s << u"Empty string after 'is:'"_s;
    QTest::newRow("open quote") << u"a:\"b"_s << u"Unclosed quote"_s;
    QTest::newRow("open list") << u"a:[b, c"_s << u"Unclosed list"_s;
    QTest::newRow("empty element") << u"a:[b,,c]"_s << u"empty values"_s;
    QTest::newRow("wildcard in list") << u"a:[b*]"_s << u"wildcards"_s;
    QTest::newRow("is list") << u"is:[resolved, ignored]"_s << u"\"in\" syntax is not supported"_s;
    QTest::newRow("too long") << QString(10'001, u'x') << u"longer than"_s;
}

void TestSearch::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    const auto query = parse(text);
    QVERIFY(!query);
    QVERIFY2(query.error().message.contains(message), qPrintable(query.error().message));
    QVERIFY(query.error().span.length > 0);
}

void TestSearch::spansPointIntoTheText()
{
    const QString text = u"is:unresolved  foo !level:error"_s;
    const auto query = parse(text);
    QVERIFY(query.has_value());
    const auto cut = [&text](const Span& span) { return text.mid(span.start, span.length); };
    QCOMPARE(cut(std::get<Filter>(query->terms[0]).span), u"is:unresolved"_s);
    QCOMPARE(cut(std::get<FreeText>(query->terms[1]).span), u"foo"_s);
    QCOMPARE(cut(std::get<Filter>(query->terms[2]).span), u"!level:error"_s);
}

void TestSearch::dates()
{
    const auto now = *vedette::core::parseTime("2026-11-20T12:00:00Z");
    const auto newer = parseDate(u"-24h", now);
    QVERIFY(newer && newer->relative && newer->newerThan);
    QVERIFY(newer->start == now - std::chrono::hours(24));
    const auto older = parseDate(u"+2w", now);
    QVERIFY(older && older->relative && !older->newerThan);
    const auto day = parseDate(u"2026-08-01", now);
    QVERIFY(day && day->end - day->start == std::chrono::hours(24));
    const auto moment = parseDate(u"2026-08-01T10:00:00+02:00", now);
    QVERIFY(moment && moment->start == moment->end);
    for (const QStringView bad : {QStringView(u""), QStringView(u"yesterday"), QStringView(u"-5y"),
             QStringView(u"-h"), QStringView(u"-"), QStringView(u"+")})
        QVERIFY(!parseDate(bad, now));
}

void TestSearch::numbers()
{
    QCOMPARE(parseNumber(u"100"), std::optional(100.0));
    QCOMPARE(parseNumber(u"1.5k"), std::optional(1500.0));
    QCOMPARE(parseNumber(u"2M"), std::optional(2e6));
    QVERIFY(!parseNumber(u"many"));
    QVERIFY(!parseNumber(u"nan"));
    QVERIFY(!parseNumber(u"-inf"));
    QVERIFY(!parseNumber(u"1e999"));
    QVERIFY(!parseNumber(u""));
}

void TestSearch::durationsAndSizes()
{
    const auto ms = [](QStringView text) {
        return parseDuration(text).value_or(std::chrono::seconds(-1)).count();
    };
    QCOMPARE(ms(u"500ms"), 500.0);
    QCOMPARE(ms(u"2.5s"), 2500.0);
    QCOMPARE(ms(u"3m"), 180e3);
    QCOMPARE(ms(u"3min"), 180e3);
    QCOMPARE(ms(u"2HR"), 7200e3);
    QCOMPARE(ms(u"1day"), 86400e3);
    QCOMPARE(ms(u"2wks"), 14 * 86400e3);
    QCOMPARE(parseSize(u"12b"), std::optional(12.0));
    QCOMPARE(parseSize(u"1.5kb"), std::optional(1500.0));
    QCOMPARE(parseSize(u"1MiB"), std::optional(1048576.0));
    QCOMPARE(parseSize(u"8bit"), std::optional(1.0));
    for (const QStringView bad : {QStringView(u""), QStringView(u"5"), QStringView(u"ms"), QStringView(u"5x"),
             QStringView(u"1.2.3s"), QStringView(u"nanb"), QStringView(u"5kkb")}) {
        QVERIFY(!parseDuration(bad));
        QVERIFY(!parseSize(bad));
    }
}

void TestSearch::patterns()
{
    QVERIFY(hasWildcard(u"a*"));
    QVERIFY(!hasWildcard(u"a\\*"));
    QCOMPARE(likePattern(u"50%_*\\*"), u"50\\%\\_%*"_s);
    QCOMPARE(literalText(u"a\\*b"), u"a*b"_s);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSearch)
#include "tst_search.moc"
