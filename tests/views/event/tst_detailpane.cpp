// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The detail: what an event holds is shown, whatever it holds, and never taken for more than text.

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTest>

#include "tests/support/main.h"
#include "tests/support/manualclock.h"
#include "tests/support/sampledata.h"
#include "tests/support/scriptedhub.h"
#include "views/common/format.h"
#include "views/common/issueactions.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/event/detailpane.h"
#include "views/event/frameview.h"
#include "views/event/stackview.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace vedette;
using namespace vedette::views;

namespace {

const core::TimePoint now = *core::parseTime("2026-11-20T10:42:00Z");

domain::Frame frame(const QString& function, int line, bool inApp)
{
    domain::Frame out;
    out.function = function;
    out.filename = inApp ? u"shop/pay.py"_s : u"lib/site-packages/http/client.py"_s;
    out.module = inApp ? u"shop.pay"_s : u"http.client"_s;
    out.lineNo = line;
    out.inApp = inApp;
    return out;
}

domain::Event ordinary()
{
    domain::Event event;
    event.id = domain::EventId(u"0123456789abcdef0123456789abcdef"_s);
    event.title = u"PaymentError: card refused"_s;
    event.dateCreated = now - 5min;
    event.older = domain::EventId(u"fedcba9876543210fedcba9876543210"_s);
    domain::ExceptionValue cause;
    cause.type = u"ConnectionError"_s;
    cause.value = u"the bank hung up"_s;
    cause.stacktrace.frames = {frame(u"connect"_s, 3, false)};
    domain::ExceptionValue thrown;
    thrown.type = u"PaymentError"_s;
    thrown.value = u"card refused"_s;
    thrown.mechanism.type = u"wsgi"_s;
    thrown.mechanism.handled = false;
    thrown.stacktrace.frames = {frame(u"serve"_s, 10, true), frame(u"dispatch"_s, 20, false),
        frame(u"call"_s, 21, false), frame(u"send"_s, 22, false), frame(u"charge"_s, 30, true)};
    domain::Frame& crash = thrown.stacktrace.frames.last();
    crash.context = {{29, u"    bank.open()"_s}, {30, u"    raise PaymentError"_s}};
    crash.vars = {{u"amount"_s, 12}, {u"card"_s, QJsonObject{{u"kind"_s, u"visa"_s}}}};
    event.exceptions = {cause, thrown};
    domain::Breadcrumb crumb;
    crumb.timestamp = now - 5min - 300ms;
    crumb.category = u"http"_s;
    crumb.data = {
        {u"method"_s, u"GET"_s}, {u"url"_s, u"https://bank.example/open"_s}, {u"status_code"_s, 500}};
    event.breadcrumbs = {crumb};
    event.tags = {{u"browser"_s, u"Firefox 140"_s}, {u"server"_s, u"a1"_s}};
    event.user.id = u"42"_s;
    event.user.email = u"ann@example.org"_s;
    domain::HttpRequest request;
    request.method = u"POST"_s;
    request.url = u"https://shop.example/pay"_s;
    request.headers = {{u"Accept"_s, u"*/*"_s}};
    event.request = request;
    event.contexts = {{u"runtime"_s, u"runtime"_s, {{u"name"_s, u"CPython"_s}}}};
    event.extra = domain::NamedValues{{u"basket"_s, QJsonValue(QJsonArray{1, 2, 3})}};
    return event;
}

/// Every text of the event is this.
domain::Event filledWith(const QString& text)
{
    domain::Event event = ordinary();
    event.title = event.message = event.culprit = event.release = text;
    for (domain::ExceptionValue& value : event.exceptions) {
        value.type = value.value = value.mechanism.type = text;
        for (domain::Frame& frame : value.stacktrace.frames) {
            frame.function = frame.filename = frame.module = frame.package = text;
            frame.vars = {{text, text}, {text, QJsonObject{{text, text}}}};
            frame.context = {{1, text}};
        }
    }
    domain::Thread thread;
    thread.name = text;
    thread.stacktrace.frames = {frame(text, 1, true)};
    event.threads = {thread};
    event.breadcrumbs[0].category = event.breadcrumbs[0].message = event.breadcrumbs[0].type = text;
    event.breadcrumbs[0].data = {{text, text}};
    event.tags = {{text, text}};
    event.user.id = event.user.email = event.user.username = event.user.ipAddress = event.user.name = text;
    event.user.data = {{text, text}};
    event.request->method = event.request->url = event.request->fragment = text;
    event.request->query = event.request->headers = event.request->cookies = {{text, text}};
    event.request->data = text;
    event.contexts = {{text, text, {{text, text}}}};
    event.extra = {{text, text}};
    return event;
}

} // namespace

class TestDetailPane final : public QObject
{
    Q_OBJECT

public:
    TestDetailPane()
        : m_theme(*qApp)
    {}

private slots:
    void init();
    void cleanup();

    void nothingIsOpenAtFirst();
    void crashComesFirst();
    void partsOfAnEventAreThere();
    void libraryFramesFold();
    void thousandFramesAreNotMadeAtOnce();
    void walksBetweenEvents();
    void tellsWhatTheServerSaid();
    void spikeIsInTheHead();
    void tagsHaveTheirOwnTab();
    void copiesMarkdownAndStack();
    void textsOfServersStayText_data();
    void textsOfServersStayText();
    void longTextsDoNotWidenThePane_data();
    void longTextsDoNotWidenThePane();
    void narrowPanesDropWholeButtons();
    void everythingFocusableHasAName();

private:
    void open(const domain::Event& event);
    [[nodiscard]] QStringList textsOf(const char* name) const
    {
        QStringList out;
        for (const QLabel* label : m_pane->findChildren<QLabel*>(QLatin1StringView(name)))
            out << label->text();
        return out;
    }
    template<class T>
    [[nodiscard]] T* find(const char* name) const
    {
        return m_pane->findChild<T*>(QLatin1StringView(name));
    }

    Theme m_theme;
    std::unique_ptr<tests::ManualClock> m_clock;
    std::unique_ptr<tests::ScriptedHub> m_hub;
    std::unique_ptr<QWidget> m_window;
    IssueActions* m_actions = nullptr;
    DetailPane* m_pane = nullptr;
    domain::Issue m_issue;
};

void TestDetailPane::init()
{
    m_theme.setChoice(settings::Theme::Light);
    m_clock = std::make_unique<tests::ManualClock>(now);
    m_hub = std::make_unique<tests::ScriptedHub>();
    tests::fillHub(*m_hub, now);
    m_issue = m_hub->rows.at(1);
    m_window = std::make_unique<QWidget>();
    m_actions = new IssueActions(m_window.get());
    m_actions->setHasIssue(true);
    m_pane = new DetailPane(*m_hub, *m_clock, *m_actions, m_window.get());
    m_pane->resize(540, 800);
    m_window->resize(540, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestDetailPane::cleanup()
{
    m_window.reset();
    m_hub.reset();
}

void TestDetailPane::open(const domain::Event& event)
{
    m_hub->event = event;
    m_pane->show(m_issue);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

void TestDetailPane::nothingIsOpenAtFirst()
{
    QVERIFY(!m_pane->issue());
    QVERIFY(!find<QWidget>("issueHead")->isVisible());
    open(ordinary());
    QCOMPARE(m_pane->issue()->id, m_issue.id);
    QVERIFY(find<QWidget>("issueHead")->isVisible());
    m_pane->clear();
    QVERIFY(!m_pane->issue());
    QVERIFY(!find<QWidget>("issueHead")->isVisible());
}

void TestDetailPane::crashComesFirst()
{
    open(ordinary());
    QCOMPARE(textsOf("exceptionType"), (QStringList{u"PaymentError"_s, u"ConnectionError"_s}));
    QCOMPARE(textsOf("exceptionValue").first(), u"card refused"_s);
    const QList<FrameView*> frames = m_pane->findChildren<FrameView*>();
    QVERIFY(!frames.isEmpty());
    const auto* source = frames.first()->findChild<SourceView*>();
    QVERIFY(source); // the crash is open
    QCOMPARE(source->accessibleName(), u"Source around line 30"_s);
    QVERIFY(source->accessibleDescription().contains(u"30     raise PaymentError"_s));
    const auto* locals = frames.first()->findChild<QWidget*>(u"locals"_s);
    QVERIFY(locals);
    QTRY_VERIFY(locals->isVisible());
    QStringList values;
    for (const QLabel* label : locals->findChildren<QLabel*>(u"value"_s))
        values << label->accessibleName();
    QCOMPARE(values.first(), u"amount: 12"_s);
    QVERIFY(values.last().contains(u"visa"_s));
}

void TestDetailPane::partsOfAnEventAreThere()
{
    open(ordinary());
    for (const char* card : {"exceptionCard", "breadcrumbsCard", "tagsCard", "userCard", "requestCard"})
        QVERIFY2(find<QWidget>(card), card);
    QStringList all;
    for (const QLabel* label : m_pane->findChildren<QLabel*>())
        all << label->text() + u'|' + label->accessibleName();
    const QString text = all.join(u'\n');
    for (const QString& wanted : {u"ann@example.org"_s, u"https://shop.example/pay"_s, u"CPython"_s,
             u"GET https://bank.example/open"_s, u"500"_s, u"−300 ms"_s, u"basket"_s})
        QVERIFY2(text.contains(wanted), qPrintable(wanted));
}

void TestDetailPane::libraryFramesFold()
{
    open(ordinary());
    const auto* stack = m_pane->findChild<StackView*>();
    QVERIFY(stack);
    QCOMPARE(stack->findChildren<FrameView*>().size(), 2); // charge and serve
    auto* fold = stack->findChild<QPushButton*>(u"frameFold"_s);
    QVERIFY(fold);
    QVERIFY2(fold->text().contains(u'3'), qPrintable(fold->text()));
    QTest::mouseClick(fold, Qt::LeftButton);
    QCOMPARE(stack->findChildren<FrameView*>().size(), 5);
}

void TestDetailPane::thousandFramesAreNotMadeAtOnce()
{
    domain::Event event = ordinary();
    QList<domain::Frame>& frames = event.exceptions.last().stacktrace.frames;
    frames.clear();
    for (int i = 0; i < 1000; ++i)
        frames.append(frame(u"recurse"_s, i + 1, true));
    open(event);
    const auto* stack = m_pane->findChild<StackView*>();
    QVERIFY(stack->findChildren<FrameView*>().size() <= 60);
    auto* fold = stack->findChild<QPushButton*>(u"frameFold"_s);
    QVERIFY(fold);
    QTest::mouseClick(fold, Qt::LeftButton);
    const auto shown = stack->findChildren<FrameView*>().size();
    QVERIFY(shown > 60 && shown <= 300);
    // The first is the crash, and what was left out comes below it.
    QVERIFY(stack->findChildren<FrameHeader*>().first()->accessibleName().contains(u":1000"_s));
}

void TestDetailPane::walksBetweenEvents()
{
    open(ordinary());
    QVERIFY(find<QPushButton>("olderButton")->isEnabled());
    QVERIFY(!find<QPushButton>("newerButton")->isEnabled()); // it is the latest
    m_hub->detailFeed->calls.clear();
    QTest::mouseClick(find<QPushButton>("olderButton"), Qt::LeftButton);
    QCOMPARE(m_hub->detailFeed->calls, QStringList{u"older"_s});
    domain::Event older = ordinary();
    older.id = domain::EventId(u"fedcba9876543210fedcba9876543210"_s);
    older.newer = ordinary().id;
    older.older = {};
    older.exceptions.last().value = u"card expired"_s;
    m_hub->detailFeed->emitEvent(older);
    QCOMPARE(textsOf("exceptionValue").first(), u"card expired"_s);
    QVERIFY(!find<QPushButton>("olderButton")->isEnabled());
    QTest::mouseClick(find<QPushButton>("newerButton"), Qt::LeftButton);
    QCOMPARE(m_hub->detailFeed->calls.last(), u"newer"_s);
}

void TestDetailPane::tellsWhatTheServerSaid()
{
    m_hub->event.reset();
    m_pane->show(m_issue);
    sync::FeedState state;
    state.loading = true;
    m_hub->detailFeed->setEventState(state);
    QCOMPARE(textsOf("eventNote").first(), u"Loading the event …"_s);
    state.loading = false;
    state.error = core::Error{core::ErrorKind::Server, 502, {}};
    m_hub->detailFeed->setEventState(state);
    QVERIFY(textsOf("eventNote").first().contains(u"502"_s));
    state.error.reset();
    state.asOf = now;
    m_hub->detailFeed->setEventState(state);
    QVERIFY(textsOf("eventNote").first().contains(u"no event"_s));
    m_hub->detailFeed->emitEvent(ordinary());
    const QString today = clockTime(now);
    QCOMPARE(textsOf("eventNote").first(), u"As of %1."_s.arg(today));
    QVERIFY(find<QLabel>("eventNote")->isVisible());
    // What the cache has of last week says so.
    state.asOf = now - std::chrono::hours(24 * 7);
    state.fromCache = true;
    m_hub->detailFeed->setEventState(state);
    QVERIFY(textsOf("eventNote").first().endsWith(u", %1."_s.arg(today)));
    // What is shown is older than the trouble: both are said, and the event stays.
    state.error = core::Error{core::ErrorKind::Offline, 0, {}};
    m_hub->detailFeed->setEventState(state);
    QVERIFY(textsOf("eventNote").first().contains(u"cannot be reached"_s));
    QVERIFY(textsOf("eventNote").first().startsWith(u"As of "_s));
    QCOMPARE(textsOf("exceptionType").size(), 2);
    // Tags are as old as the issue, not as the event.
    sync::FeedState issue;
    issue.asOf = now - std::chrono::hours(2);
    m_hub->detailFeed->setIssueState(issue);
    find<QTabBar>("detailTabs")->setCurrentIndex(1);
    QCOMPARE(textsOf("eventNote").first(), u"As of %1."_s.arg(clockTime(*issue.asOf)));
}

void TestDetailPane::spikeIsInTheHead()
{
    m_issue = m_hub->rows.first();
    m_hub->scriptedWatch.setCurrent({});
    open(ordinary());
    QVERIFY(!textsOf("issueBadge").first().contains(u"spiking"_s));
    m_hub->scriptedWatch.setCurrent({tests::sampleSpike(now)});
    QVERIFY2(textsOf("issueBadge").first().contains(u"spiking"_s), qPrintable(textsOf("issueBadge").first()));
    QVERIFY(find<QLabel>("issueBadge")->isVisible());
}

void TestDetailPane::tagsHaveTheirOwnTab()
{
    domain::TagDistribution browsers;
    browsers.key = u"browser"_s;
    browsers.total = 4;
    browsers.top = {{u"Firefox 140"_s, 3}, {QString(), 1}};
    m_hub->detail.tags = {browsers};
    open(ordinary());
    find<QTabBar>("detailTabs")->setCurrentIndex(1);
    QVERIFY(!find<QWidget>("eventView"));
    const auto* tags = find<QWidget>("tagDistributions");
    QVERIFY(tags);
    QStringList texts;
    for (const QLabel* label : tags->findChildren<QLabel*>())
        texts << label->text();
    QVERIFY(texts.contains(u"75%"_s) || texts.contains(u"75 %"_s));
    find<QTabBar>("detailTabs")->setCurrentIndex(0);
    QVERIFY(find<QWidget>("eventView"));
}

void TestDetailPane::copiesMarkdownAndStack()
{
    open(ordinary());
    m_actions->copyMarkdown->trigger();
    const QString markdown = QGuiApplication::clipboard()->text();
    for (const QString& wanted : {m_issue.shortId, u"charge"_s, u"shop/pay.py:30"_s})
        QVERIFY2(markdown.contains(wanted), qPrintable(markdown));
    QTest::mouseClick(find<QPushButton>("copyStack"), Qt::LeftButton);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.first(), u"PaymentError: card refused"_s);
    QCOMPARE(lines.at(1), u"  at charge (shop/pay.py:30)"_s);
    QCOMPARE(lines.size(), 6);
}

void TestDetailPane::textsOfServersStayText_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("markup") << u"<b>bold</b><img src=http://evil.example/x.png>&amp;"_s;
    QTest::newRow("link") << u"<a href=\"file:///etc/passwd\">here</a>"_s;
    QTest::newRow("mnemonic") << u"A&B && C"_s;
    QTest::newRow("control characters") << u"a\x1b[31mred\x07 \x0b end"_s;
    QTest::newRow("bidi override") << (u"abc"_s + QChar(0x202E) + u"gpj.exe"_s);
    QTest::newRow("lines") << u"one\ntwo\r\nthree"_s;
    QTest::newRow("lone surrogate") << (u"half "_s + QChar(0xD83D) + u" letter"_s);
    QTest::newRow("nothing") << QString();
}

void TestDetailPane::textsOfServersStayText()
{
    QFETCH(const QString, text);
    m_issue.title = m_issue.culprit = m_issue.shortId = text;
    m_issue.project.slug = text;
    open(filledWith(text));
    int labels = 0;
    for (const QLabel* label : m_pane->findChildren<QLabel*>()) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(!label->openExternalLinks());
        for (const QChar c : label->text())
            QVERIFY2(c.unicode() >= 0x20 || c == u'\n' || c == u'\t', qPrintable(label->objectName()));
        QVERIFY(!label->text().contains(QChar(0x202E)));
        ++labels;
    }
    QVERIFY(labels > 20);
    for (const QWidget* widget : m_pane->findChildren<QWidget*>()) {
        QVERIFY2(!widget->toolTip().contains(u"<img"_s), qPrintable(widget->toolTip()));
        QVERIFY2(!widget->toolTip().contains(u"<a "_s), qPrintable(widget->toolTip()));
    }
    QTest::mouseClick(m_pane->findChild<QPushButton*>(u"olderButton"_s), Qt::LeftButton);
    QVERIFY(!m_pane->grab().isNull());
}

void TestDetailPane::longTextsDoNotWidenThePane_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("one word") << QString(20'000, u'x');
    QTest::newRow("words") << u"long words of a server "_s.repeated(800);
    QTest::newRow("lines") << u"line\n"_s.repeated(3000);
    QTest::newRow("wide letters") << QString(5000, QChar(0x6C7A));
}

void TestDetailPane::longTextsDoNotWidenThePane()
{
    QFETCH(const QString, text);
    m_issue.title = m_issue.culprit = text;
    open(filledWith(text));
    QTRY_VERIFY(find<QWidget>("exceptionCard"));
    const auto* scroll = m_pane->findChild<QScrollArea*>();
    QTRY_COMPARE(scroll->widget()->width(), scroll->viewport()->width());
    for (const QWidget* card : scroll->widget()->findChildren<QWidget*>()) {
        QVERIFY2(card->property("role") != u"card"_s || card->minimumSizeHint().width() <= 480,
            qPrintable(card->objectName() + u' ' + QString::number(card->minimumSizeHint().width())));
    }
    for (const char* name :
        {"resolveButton", "archiveButton", "markdownButton", "olderButton", "copyStack"}) {
        const auto* button = find<QPushButton>(name);
        QVERIFY2(button, name);
        const auto right = [&] { return button->mapTo(scroll->widget(), QPoint(button->width(), 0)).x(); };
        QTRY_VERIFY2(right() <= scroll->viewport()->width(), qPrintable(QString::number(right())));
    }
}

void TestDetailPane::narrowPanesDropWholeButtons()
{
    open(ordinary());
    const auto shown = [this] {
        QStringList out;
        for (const char* name :
            {"resolveButton", "archiveButton", "assignButton", "snoozeButton", "markdownButton"})
            if (find<QPushButton>(name)->isVisible())
                out << QLatin1StringView(name);
        return out;
    };
    QTRY_COMPARE(shown().size(), 5);
    for (const int width : {360, 420, 700}) {
        m_pane->resize(width, 800);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QTRY_COMPARE(shown().contains(u"markdownButton"_s), width == 700);
        QVERIFY(shown().contains(u"resolveButton"_s));
        for (const QString& name : shown()) {
            const auto* button = m_pane->findChild<QPushButton*>(name);
            QTRY_VERIFY2(button->width() >= button->sizeHint().width(), qPrintable(name));
        }
    }
}

void TestDetailPane::everythingFocusableHasAName()
{
    open(ordinary());
    QStringList nameless;
    int seen = 0;
    for (const QWidget* widget : m_pane->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() || !widget->isVisible())
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const auto* label = qobject_cast<const QLabel*>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) ||
                           (label && !label->text().isEmpty());
        if (!named)
            nameless << QLatin1StringView(widget->metaObject()->className()) + u' ' + widget->objectName();
        ++seen;
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
    QVERIFY(seen > 10);
}

VEDETTE_TEST_MAIN(QApplication, TestDetailPane)
#include "tst_detailpane.moc"
