// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures of the window in its states, light and dark, from scripted data: `gallery FOLDER [NAME...]`.
// Looked at by people; the tests beside it hold what can be held automatically. QT_SCALE_FACTOR and
// QT_QPA_PLATFORM apply.

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

#include <cstdio>

#include "models/settings/settings.h"
#include "tests/support/manualclock.h"
#include "tests/support/sampledata.h"
#include "tests/support/scriptedhub.h"
#include "tests/support/world.h"
#include "views/common/theme.h"
#include "views/window/mainwindow.h"
#include "views/window/sidebar.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace vedette;

namespace {

struct Stage
{
    Stage(const QString& settingsFile, views::Theme& theme,
        void (*script)(tests::ScriptedHub&, core::TimePoint))
        : clock(*core::parseTime("2026-11-20T10:42:00Z"))
        , settings(settingsFile)
    {
        script(hub, clock.now());
        window = std::make_unique<views::MainWindow>(
            hub, clock, settings, theme, views::MainWindow::Ways{[] {}, [] {}, [] {}});
        window->resize(1440, 900);
        window->show();
        settle();
    }

    /// Sizes, deferred layouts and the sidebar's joined update.
    static void settle() { QTest::qWait(60); }

    template<class T = QWidget>
    T* find(const QString& name)
    {
        T* found = window->findChild<T*>(name);
        if (!found)
            qFatal("no widget named %s", qPrintable(name));
        return found;
    }

    tests::ScriptedHub hub;
    tests::ManualClock clock;
    settings::Settings settings;
    std::unique_ptr<views::MainWindow> window;
};

void full(tests::ScriptedHub& hub, core::TimePoint now)
{
    tests::fillHub(hub, now);
}

void nothing(tests::ScriptedHub& /*hub*/, core::TimePoint /*now*/) {}

void quiet(tests::ScriptedHub& hub, core::TimePoint now)
{
    tests::fillHub(hub, now);
    hub.rows.clear();
    hub.listState.total = 0;
    hub.listState.hasMore = false;
}

void blind(tests::ScriptedHub& hub, core::TimePoint now)
{
    tests::fillHub(hub, now);
    hub.listState.error = core::Error{core::ErrorKind::Offline, 0, {}, {}};
    sync::ConnectionState& state = hub.scriptedAccounts.states[tests::sampleAccount().id];
    state.phase = sync::ConnectionState::Phase::Blind;
    state.since = now - 30min;
    state.error = hub.listState.error;
}

/// A collector on another port than usual, with `count` projects that all pass on; `isWordy`: with names and
/// words of a length that only the hostile have.
void fillCollector(tests::ScriptedHub& hub, core::TimePoint now, int count, bool isWordy)
{
    tests::fillHub(hub, now);
    const QString longWords = u"The project has no such key, or it was switched off, says the upstream. "_s;
    domain::CollectorStatus& status = hub.collectorStatus;
    status.url = QUrl(u"http://127.0.0.1:8970"_s);
    status.spotlight = {true, false, true};
    status.eventsPerMinute = 12.4;
    status.acceptedLastHour = 812;
    status.acceptedTotal = 1'204'311;
    status.diskBytes = 412'000'000;
    status.notKept = {
        {u"filtered"_s, u"error"_s, u"localhost"_s, 41}, {u"dropped"_s, u"session"_s, u"not_kept"_s, 7}};
    status.slowest = {
        {u"web"_s, u"GET /checkout"_s, 212, 1'904, 310}, {u"api"_s, u"POST /orders"_s, 88, 640, 122}};
    const QStringList slugs = {u"web"_s, u"api"_s, u"mail-service"_s};
    for (int i = 0; i < count; ++i) {
        sync::CollectorFeed::ProjectWithKeys entry;
        entry.project.slug =
            i < slugs.size() && !isWordy ? slugs[i] : u"storefront-of-the-eastern-branch-%1"_s.arg(i);
        if (isWordy)
            entry.project.name =
                u"The storefront of the eastern branch, with its stock room and its till, number %1"_s.arg(i);
        domain::ProjectKey key;
        key.dsn = u"http://0123456789abcdef0123456789abcdef@127.0.0.1:8970/%1"_s.arg(i + 1);
        entry.keys = {key};
        hub.collectorProjects.append(entry);
        domain::Forwarding row{entry.project.slug, i * 17, 1'200 * i, i % 3, {}};
        if (i > 0)
            row.lastSent = now - std::chrono::minutes(i);
        if (i % 3 == 1) {
            row.error = u"no answer: connection refused"_s;
            row.notBefore = now + 3min;
        }
        if (i % 3 == 2) {
            row.refusal = isWordy ? longWords.repeated(5) : u"403: the key is not known"_s;
            row.notQueued = 4;
        }
        status.forwarding.append(row);
    }
    status.origins = {{hub.collectorProjects.first().project.slug, u"http://localhost:3000"_s, 9}};
}

void collector(tests::ScriptedHub& hub, core::TimePoint now)
{
    fillCollector(hub, now, 3, false);
}

void crowdedCollector(tests::ScriptedHub& hub, core::TimePoint now)
{
    fillCollector(hub, now, 30, true);
}

struct Picture
{
    const char* name;
    void (*script)(tests::ScriptedHub&, core::TimePoint);
    void (*act)(Stage&);
};

void showCollector(Stage& stage)
{
    stage.find<QAction>(u"goCollector"_s)->trigger();
    Stage::settle();
}

/// 0 is the top of the page, 1 its end.
void scrollCollector(Stage& stage, double where)
{
    auto* bar = stage.find<QScrollArea>(u"collectorScroll"_s)->verticalScrollBar();
    bar->setValue(int(bar->maximum() * where));
}

const Picture pictures[] = {
    {"main", full, [](Stage& stage) { stage.find(u"issueList"_s)->setFocus(); }},
    {"choosing", full,
        [](Stage& stage) {
            auto* list = stage.find(u"issueList"_s);
            list->setFocus();
            for (int i = 0; i < 3; ++i)
                QTest::keyClick(list, Qt::Key_X);
        }},
    {"refused", full,
        [](Stage& stage) {
            stage.find(u"issueList"_s)->setFocus();
            QTest::keyClick(stage.find(u"issueList"_s), Qt::Key_R);
            stage.hub.scriptedOutbox.refuseLast(
                {core::ErrorKind::Forbidden, 403, u"event:write is missing"_s, {}});
        }},
    {"narrow", full,
        [](Stage& stage) {
            stage.window->resize(1024, 700);
            stage.find(u"issueList"_s)->setFocus();
        }},
    {"assign", full,
        [](Stage& stage) {
            stage.find(u"issueList"_s)->setFocus();
            QTest::keyClick(stage.find(u"issueList"_s), Qt::Key_A);
        }},
    {"keys", full, [](Stage& stage) { stage.find<QAction>(u"showKeys"_s)->trigger(); }},
    {"alerts", full, [](Stage& stage) { stage.find<QAction>(u"goAlerts"_s)->trigger(); }},
    {"overview", full, [](Stage& stage) { stage.find<QAction>(u"goOverview"_s)->trigger(); }},
    {"collector", collector, showCollector},
    {"collector-low", collector,
        [](Stage& stage) {
            showCollector(stage);
            scrollCollector(stage, 1);
        }},
    {"collector-crowded", crowdedCollector, showCollector},
    {"collector-crowded-middle", crowdedCollector,
        [](Stage& stage) {
            showCollector(stage);
            scrollCollector(stage, 0.3);
        }},
    {"collector-crowded-low", crowdedCollector,
        [](Stage& stage) {
            stage.window->resize(1024, 700);
            showCollector(stage);
            scrollCollector(stage, 0.75);
        }},
    {"empty", quiet, [](Stage&) {}},
    {"blind", blind, [](Stage&) {}},
    {"welcome", nothing, [](Stage&) {}},
};

} // namespace

int main(int argc, char** argv)
{
    const tests::World world;
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: gallery FOLDER [NAME...]\n", stderr);
        return 2;
    }
    const QDir folder(arguments[1]);
    folder.mkpath(u"."_s);
    const QStringList wanted = arguments.mid(2);
    views::Theme theme(application);
    for (const auto choice : {settings::Theme::Light, settings::Theme::Dark}) {
        theme.setChoice(choice);
        for (const Picture& picture : pictures) {
            const QString name = QLatin1StringView(picture.name);
            if (!wanted.isEmpty() && !wanted.contains(name))
                continue;
            const QString file =
                u"%1-%2.png"_s.arg(name, choice == settings::Theme::Dark ? u"dark"_s : u"light"_s);
            Stage stage(world.path() + u"/settings.ini"_s, theme, picture.script);
            picture.act(stage);
            Stage::settle();
            QPixmap shot = stage.window->grab();
            // Dialogs and pop-ups are windows of their own.
            const QWidgetList tops = QApplication::topLevelWidgets();
            QPainter painter(&shot);
            for (QWidget* top : tops) {
                if (top != stage.window.get() && top->isVisible())
                    painter.drawPixmap(
                        top->mapToGlobal(QPoint()) - stage.window->mapToGlobal(QPoint()), top->grab());
            }
            painter.end();
            if (!shot.save(folder.filePath(file)))
                qFatal("cannot write %s", qPrintable(folder.filePath(file)));
        }
    }
    return 0;
}
