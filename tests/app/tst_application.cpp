// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

#include <atomic>
#include <memory>

#include "app/application.h"
#include "app/collector/collector.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using app::Application;
using app::BuiltInCollector;

namespace {

class PlainWindow final : public app::Window
{
public:
    explicit PlainWindow(const app::WindowContext& given)
        : context(given)
    {}

    QWidget& widget() override { return m_widget; }
    void showIssue(const domain::Issue& issue) override { shownIssues.append(issue.id); }
    void tell(const QString& text) override { told.append(text); }

    app::WindowContext context;
    QList<domain::IssueId> shownIssues;
    QStringList told;

private:
    QWidget m_widget;
};

/// An application with a plain window; where there is no tray, as offscreen.
struct Program
{
    explicit Program(const QString& dataDir, bool isDemo = false)
    {
        Application::Options options;
        options.dataDir = dataDir;
        options.isDemo = isDemo;
        options.quit = [this] { ++quits; };
        options.makeWindow = [this](const app::WindowContext& context) {
            auto made = std::make_unique<PlainWindow>(context);
            window = made.get();
            return made;
        };
        options.loadSamples = [this](
                                  collector::Collector& running, const core::Clock&) -> core::Result<void> {
            folder = QString::fromStdString(running.url());
            ++sampleLoads;
            return {};
        };
        application = std::make_unique<Application>(std::move(options));
    }

    int quits = 0;
    std::atomic<int> sampleLoads = 0;
    QString folder;
    PlainWindow* window = nullptr;
    std::unique_ptr<Application> application;
};

} // namespace

/// The whole program but for its real window, on a bus of its own.
class TestApplication final : public QObject
{
    Q_OBJECT

private slots:
    void firstStartWaitsForAChoice();
    void collectorIsRemembered();
    void attachesToARunningCollector();
    void secondStartRaisesTheFirst();
    void closingWithoutATrayQuits();
    void backgroundWithoutATrayShowsTheWindow();
    void demoLeavesNothing();
    void newerDataIsRefused();
};

void TestApplication::firstStartWaitsForAChoice()
{
    const QTemporaryDir folder;
    Program program(folder.path());
    QVERIFY(program.application->start());
    QVERIFY(program.window->widget().isVisible());
    QVERIFY(program.application->hub().accounts().accounts().isEmpty());
    QCOMPARE(program.application->tray().toolTip(), u"Vedette watches nothing yet"_s);
    QVERIFY2(!QDir(folder.filePath(u"collector"_s)).exists(), "nobody has asked for a collector yet");
}

void TestApplication::collectorIsRemembered()
{
    const QTemporaryDir folder;
    {
        Program program(folder.path());
        QVERIFY(program.application->start());
        QSignalSpy ready(program.application.get(), &Application::collectorReady);
        program.window->context.useCollector();
        program.window->context.useCollector(); // an impatient second click
        QTRY_COMPARE(ready.size(), 1);
        QCOMPARE(program.application->hub().accounts().accounts().size(), 1);
        QVERIFY(ready.first().last().toString().startsWith(u"http://"));
    }
    Program program(folder.path());
    QVERIFY(program.application->start());
    QSignalSpy ready(program.application.get(), &Application::collectorReady);
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(program.sampleLoads, 0);
    QTRY_VERIFY(program.application->tray().toolTip().startsWith(u"All quiet, checked "));
    QVERIFY(program.window->told.isEmpty());
}

void TestApplication::attachesToARunningCollector()
{
    const QTemporaryDir folder;
    const core::SystemClock clock;
    BuiltInCollector other(folder.path(), clock);
    const auto started = other.start({.anyPort = true});
    QTRY_VERIFY(started.isFinished());
    QVERIFY(started.result().has_value());
    {
        Program program(folder.path());
        QVERIFY(program.application->start());
        QSignalSpy ready(program.application.get(), &Application::collectorReady);
        program.window->context.useCollector();
        QTRY_COMPARE(ready.size(), 1);
        QCOMPARE(ready.first().first().toUrl(), started.result()->url);
    }
    QVERIFY2(
        collector::Collector::holder(folder.path().toStdString()), "the other one's collector was ended");
}

void TestApplication::secondStartRaisesTheFirst()
{
    const QTemporaryDir folder;
    Program first(folder.path());
    QVERIFY(first.application->start());
    first.window->widget().hide();
    Program second(folder.path());
    const auto started = second.application->start();
    QVERIFY(!started);
    QCOMPARE(started.error().kind, core::ErrorKind::Busy);
    QVERIFY(!second.window);
    QSignalSpy raised(second.application.get(), &Application::raisedOther);
    second.application->raiseOther();
    QTRY_COMPARE(raised.size(), 1);
    QCOMPARE(raised.first().first().toBool(), true);
    QTRY_VERIFY(first.window->widget().isVisible());
}

void TestApplication::closingWithoutATrayQuits()
{
    const QTemporaryDir folder;
    Program program(folder.path());
    QVERIFY(program.application->start());
    QVERIFY(!desktop::Tray::hasHost());
    program.window->widget().close();
    QCOMPARE(program.quits, 1);
}

void TestApplication::backgroundWithoutATrayShowsTheWindow()
{
    const QTemporaryDir folder;
    PlainWindow* window = nullptr;
    Application::Options options;
    options.dataDir = folder.path();
    options.inBackground = true;
    options.makeWindow = [&window](const app::WindowContext& context) {
        auto made = std::make_unique<PlainWindow>(context);
        window = made.get();
        return made;
    };
    Application application(std::move(options));
    QVERIFY(application.start());
    QVERIFY(window->widget().isVisible());
}

void TestApplication::demoLeavesNothing()
{
    const QTemporaryDir temporary; // others may have demos of their own in the common folder
    const QByteArray former = qgetenv("TMPDIR");
    qputenv("TMPDIR", QFile::encodeName(temporary.path()));
    const auto folders = [&temporary] {
        return QDir(temporary.path()).entryList({u"vedette-demo-*"_s}, QDir::Dirs).size();
    };
    {
        Program program({}, true);
        QVERIFY(program.application->start());
        QSignalSpy ready(program.application.get(), &Application::collectorReady);
        QTRY_COMPARE(ready.size(), 1);
        QCOMPARE(program.sampleLoads, 1);
        QCOMPARE(program.folder, ready.first().first().toUrl().toString());
        QCOMPARE(folders(), 1);
    }
    QCOMPARE(folders(), 0);
    if (former.isEmpty())
        qunsetenv("TMPDIR");
    else
        qputenv("TMPDIR", former);
}

void TestApplication::newerDataIsRefused()
{
    const QTemporaryDir folder;
    {
        Program program(folder.path());
        QVERIFY(program.application->start());
    }
    // SQLite keeps PRAGMA user_version as a big-endian number at offset 60 of the file (its format,
    // section 1.3).
    QFile file(folder.filePath(u"user.sqlite"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(60));
    QCOMPARE(file.write(QByteArray("\x00\x00\x70\x00", 4)), 4);
    file.close();
    Program program(folder.path());
    const auto started = program.application->start();
    QVERIFY(!started);
    QCOMPARE(started.error().kind, core::ErrorKind::NewerData);
}

VEDETTE_TEST_MAIN(QApplication, TestApplication)
#include "tst_application.moc"
