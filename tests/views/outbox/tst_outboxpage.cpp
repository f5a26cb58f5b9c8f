// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include "tests/support/main.h"
#include "tests/support/manualclock.h"
#include "tests/support/scriptedhub.h"
#include "views/common/theme.h"
#include "views/outbox/outboxpage.h"
#include "views/outbox/outboxtext.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace vedette;
using namespace vedette::views;
using domain::Action;
using domain::ActionState;
using Entry = sync::Outbox::Entry;

namespace {

const core::TimePoint now = *core::parseTime("2026-11-20T10:00:00Z");

Entry entry(qint64 id, ActionState state)
{
    Entry out;
    out.id = id;
    out.batch = id;
    out.before.id = domain::IssueId(QString::number(id));
    out.before.shortId = u"WEB-%1"_s.arg(id);
    out.before.title = u"<b>Crash</b>"_s;
    out.state = state;
    out.created = now - 3min;
    return out;
}

} // namespace

/// What waits, why, and what a person can do about it.
class TestOutboxPage final : public QObject
{
    Q_OBJECT

public:
    TestOutboxPage()
        : m_theme(*qApp)
    {}

private slots:
    void init();
    void cleanup() { m_page.reset(); }

    void saysWhereEachStands();
    void buttonsActOnTheirRow();
    void conflictsAreNamed();
    void nothingIsMadeUnseen();
    void theKeyboardStaysWhereItWas();

private:
    [[nodiscard]] QString texts() const
    {
        QStringList all;
        const QList<QLabel*> labels = m_page->findChildren<QLabel*>();
        for (const QLabel* label : labels)
            all << label->text();
        return all.join(u'\n');
    }
    [[nodiscard]] QPushButton* button(const char* name) const
    {
        return m_page->findChild<QPushButton*>(QLatin1StringView(name));
    }

    Theme m_theme;
    std::unique_ptr<tests::ScriptedHub> m_hub;
    tests::ManualClock m_clock{now};
    std::unique_ptr<OutboxPage> m_page;
};

void TestOutboxPage::init()
{
    m_hub = std::make_unique<tests::ScriptedHub>();
    m_page = std::make_unique<OutboxPage>(*m_hub, m_clock);
    m_page->resize(900, 600);
    m_page->show();
    m_page->setFollowed(true);
}

void TestOutboxPage::saysWhereEachStands()
{
    QVERIFY(m_page->findChild<QWidget*>(u"outboxEmpty"_s)->isVisible());
    Entry late = entry(1, ActionState::Queued);
    late.wait = sync::Outbox::Wait::Time;
    late.nextTry = now + 2min;
    late.error = core::Error{core::ErrorKind::Offline, 0, {}, {}};
    Entry person = entry(2, ActionState::Sent);
    person.wait = sync::Outbox::Wait::Person;
    person.error = core::Error{core::ErrorKind::Tls, 0, {}, {}};
    Entry failed = entry(3, ActionState::Failed);
    failed.error = core::Error{core::ErrorKind::Forbidden, 403, {}, {}};
    m_hub->scriptedOutbox.setEntries({late, person, failed, entry(4, ActionState::Done)});
    QTRY_VERIFY(button("outboxRetry1") != nullptr);
    const QString all = texts();
    QVERIFY(all.contains(u"tried again in 2m"_s));
    QVERIFY(all.contains(u"waits for you"_s));
    QVERIFY(all.contains(u"refused"_s));
    QVERIFY(all.contains(u"done"_s));
    for (const char* name : {"outboxReason1", "outboxReason2", "outboxReason3"}) {
        const auto* reason = m_page->findChild<QLabel*>(QLatin1StringView(name));
        QVERIFY2(reason != nullptr && !reason->text().isEmpty(), name);
    }
    QVERIFY(button("outboxRetry4") == nullptr);
    // Texts of servers are texts.
    const QList<QLabel*> labels = m_page->findChildren<QLabel*>();
    for (const QLabel* label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
    const QList<QPushButton*> buttons = m_page->findChildren<QPushButton*>();
    for (const QPushButton* each : buttons) {
        if (each->isVisible())
            QVERIFY(each->accessibleName().contains(u"WEB-"_s));
    }
}

void TestOutboxPage::buttonsActOnTheirRow()
{
    Entry open = entry(1, ActionState::Queued);
    open.isOnTheWire = true;
    m_hub->scriptedOutbox.undoable = {7};
    m_hub->scriptedOutbox.setEntries({open, entry(2, ActionState::Failed), entry(7, ActionState::Done)});
    QTRY_VERIFY(button("outboxDiscard2") != nullptr);
    QVERIFY(!button("outboxDiscard1")->isEnabled());
    QTest::mouseClick(button("outboxRetry2"), Qt::LeftButton);
    QTest::mouseClick(button("outboxDiscard2"), Qt::LeftButton);
    QTest::mouseClick(button("outboxUndo7"), Qt::LeftButton);
    QCOMPARE(m_hub->scriptedOutbox.calls, (QStringList{u"retry 2"_s, u"discard 2"_s, u"undo 7"_s}));
}

void TestOutboxPage::conflictsAreNamed()
{
    Entry conflict = entry(5, ActionState::Conflict);
    domain::Actor amira;
    amira.name = u"Amira Nasser"_s;
    conflict.conflict =
        domain::Conflict{domain::IssueStatus::Resolved, domain::Substatus::None, {}, amira, now, {}};
    conflict.action = Action{Action::Kind::Archive, {}};
    m_hub->scriptedOutbox.setEntries({conflict});
    QTRY_VERIFY(button("outboxApply5") != nullptr);
    QCOMPARE(
        m_page->findChild<QLabel*>(u"outboxReason5"_s)->text(), u"Resolved meanwhile by Amira Nasser."_s);
    QTest::mouseClick(button("outboxApply5"), Qt::LeftButton);
    QTest::mouseClick(button("outboxLeave5"), Qt::LeftButton);
    QCOMPARE(m_hub->scriptedOutbox.calls, (QStringList{u"apply 5"_s, u"leave 5"_s}));
}

void TestOutboxPage::nothingIsMadeUnseen()
{
    m_page->setFollowed(false);
    m_hub->scriptedOutbox.setEntries({entry(1, ActionState::Failed)});
    QCoreApplication::processEvents();
    QVERIFY(button("outboxRetry1") == nullptr);
    m_page->setFollowed(true);
    QVERIFY(button("outboxRetry1") != nullptr);
}

void TestOutboxPage::theKeyboardStaysWhereItWas()
{
    m_hub->scriptedOutbox.setEntries({entry(1, ActionState::Failed), entry(2, ActionState::Failed)});
    QTRY_VERIFY(button("outboxDiscard2") != nullptr);
    m_page->activateWindow();
    button("outboxDiscard2")->setFocus();
    m_hub->scriptedOutbox.setEntries({entry(2, ActionState::Failed), entry(3, ActionState::Failed)});
    QTRY_VERIFY(button("outboxRetry3") != nullptr);
    QCOMPARE(m_page->focusWidget()->objectName(), u"outboxDiscard2"_s);
}

VEDETTE_TEST_MAIN(QApplication, TestOutboxPage)
#include "tst_outboxpage.moc"
