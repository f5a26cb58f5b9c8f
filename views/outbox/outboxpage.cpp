// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/outbox/outboxpage.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSet>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "models/core/text.h"
#include "models/sync/hub.h"
#include "views/common/buttons.h"
#include "views/common/card.h"
#include "views/common/emptystate.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/outbox/outboxtext.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace vedette::views {

using domain::ActionState;
using sync::Outbox;

namespace {

constexpr qsizetype mostRows = 100;
constexpr auto agesInterval = 5s;

QString buttonName(const char* what, qint64 id)
{
    return QLatin1StringView(what) + QString::number(id);
}

} // namespace

OutboxPage::OutboxPage(sync::Hub& hub, const core::Clock& clock, QWidget* parent)
    : Page(parent)
    , m_hub(hub)
    , m_clock(clock)
    , m_stack(new QStackedWidget)
    , m_open(new Card(tr("Not done yet"), tr("in the order in which they were taken")))
    , m_done(new Card(tr("Done"), tr("newest first")))
{
    setObjectName(u"outboxPage"_s);
    setProperty("role", u"page"_s);
    setAccessibleName(tr("Actions"));
    auto* content = new QWidget;
    content->setProperty("role", u"page"_s);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::l);
    auto* heading = new PlainLabel(tr("Actions"));
    heading->setFont(titleFont(font()));
    layout->addWidget(heading);
    m_open->setObjectName(u"outboxOpen"_s);
    m_done->setObjectName(u"outboxDone"_s);
    layout->addWidget(m_open);
    layout->addWidget(m_done);
    layout->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    auto* empty = new EmptyState;
    empty->setObjectName(u"outboxEmpty"_s);
    empty->setTexts(u"check"_s, tr("Nothing waits"),
        tr("What you do to issues is kept here until its server has it, and for a while afterwards."), {});
    m_stack->addWidget(scroll);
    m_stack->addWidget(empty);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &OutboxPage::rebuild);
    connect(&m_ages, &QTimer::timeout, this, &OutboxPage::rebuild);
    connect(&hub.outbox(), &Outbox::entriesChanged, this, [this] {
        if (m_isFollowed && !m_due.isActive())
            m_due.start(0);
    });
}

QString OutboxPage::title() const
{
    return tr("Actions");
}

void OutboxPage::setFollowed(bool followed)
{
    if (m_isFollowed == followed)
        return;
    m_isFollowed = followed;
    if (followed) {
        rebuild();
        m_ages.start(agesInterval);
    } else {
        m_ages.stop();
        m_due.stop();
    }
}

void OutboxPage::takeFocus()
{
    if (auto* button = m_stack->currentWidget()->findChild<QPushButton*>())
        button->setFocus(Qt::OtherFocusReason);
    else
        m_stack->setFocus(Qt::OtherFocusReason);
}

QString OutboxPage::statusText() const
{
    return tr("%n action(s) waiting", "", m_hub.outbox().pendingCount());
}

void OutboxPage::rebuild()
{
    QList<Entry> open;
    QList<Entry> done;
    const QList<Entry> entries = m_hub.outbox().entries();
    for (const Entry& entry : entries) {
        if (entry.state != ActionState::Done)
            open.append(entry);
        else if (entry.action.kind != domain::Action::Kind::MarkSeen) // nobody's command
            done.prepend(entry);
    }
    // The row that has the keyboard keeps it.
    const QWidget* focused = focusWidget();
    const bool hadFocus = isAncestorOf(focused);
    const QString name = hadFocus ? focused->objectName() : QString();
    fill(*m_open, m_openRows, open);
    fill(*m_done, m_doneRows, done);
    m_stack->setCurrentIndex(open.isEmpty() && done.isEmpty() ? 1 : 0);
    if (auto* same = name.isEmpty() ? nullptr : findChild<QPushButton*>(name))
        same->setFocus(Qt::OtherFocusReason);
    else if (hadFocus)
        takeFocus();
    emit statusTextChanged();
}

void OutboxPage::fill(Card& card, QWidget*& rows, const QList<Entry>& entries)
{
    delete rows;
    rows = new QWidget;
    auto* layout = new QVBoxLayout(rows);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    QSet<qint64> batches;
    for (qsizetype i = 0; i < std::min(entries.size(), mostRows); ++i) {
        if (i > 0) {
            auto* line = new QFrame;
            line->setProperty("role", u"line"_s);
            layout->addWidget(line);
        }
        QWidget* row = makeRow(entries.at(i));
        // One way back for all that was done by one command.
        const qint64 batch = entries.at(i).batch;
        if (entries.at(i).state == ActionState::Done && !batches.contains(batch) &&
            m_hub.outbox().canUndo(batch)) {
            batches.insert(batch);
            QPushButton* undo = makeButton(tr("Undo"), buttonName("outboxUndo", batch));
            undo->setAccessibleName(tr("Undo: %1", "%1 is an action").arg(actionText(entries.at(i).action)));
            connect(undo, &QPushButton::clicked, this, [this, batch] { m_hub.outbox().undo(batch); });
            row->layout()->addWidget(undo);
        }
        layout->addWidget(row);
    }
    if (entries.size() > mostRows) {
        auto* more = new PlainLabel(tr("%n more", "", int(entries.size() - mostRows)));
        more->setRole("secondary");
        layout->addWidget(more);
    }
    card.setVisible(!entries.isEmpty());
    card.layout()->addWidget(rows);
}

QWidget* OutboxPage::makeRow(const Entry& entry)
{
    auto* row = new QWidget;
    row->setObjectName(buttonName("outboxRow", entry.id));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(space::m, space::s, space::m, space::s);
    auto* texts = new QVBoxLayout;
    const auto account = m_hub.accounts().account(entry.before.account);
    const QString server = account ? core::singleLine(account->name, 60) : QString();
    const QString issue = core::singleLine(entry.before.shortId, 60);
    auto* what =
        new PlainLabel(tr("%1 · %2", "what is done, to which issue").arg(actionText(entry.action), issue));
    auto* title = new ElidedLabel;
    title->setFullText(core::singleLine(entry.before.title, 200));
    title->setRole("secondary");
    const QString state =
        tr("%1 · %2 · taken %3", "state of an action, server, when it was taken")
            .arg(entryStateText(entry, m_clock.now()), server, longAge(entry.created, m_clock.now()));
    auto* where = new PlainLabel(state);
    where->setRole("secondary");
    texts->addWidget(what);
    texts->addWidget(title);
    texts->addWidget(where);
    const QString reason = entryReasonText(entry, server);
    if (!reason.isEmpty() && entry.state != ActionState::Done) {
        auto* why = new PlainLabel(reason);
        why->setObjectName(buttonName("outboxReason", entry.id));
        why->setWordWrap(true);
        texts->addWidget(why);
    }
    layout->addLayout(texts, 1);
    row->setAccessibleName(u"%1, %2. %3"_s.arg(what->text(), state, reason));
    addButtons(*row, entry);
    return row;
}

void OutboxPage::addButtons(QWidget& row, const Entry& entry)
{
    const QString what = tr("%1, %2", "what is done, to which issue")
                             .arg(actionText(entry.action), core::singleLine(entry.before.shortId, 60));
    const auto add = [&](const QString& text, const char* name, auto&& act) {
        QPushButton* button = makeButton(text, buttonName(name, entry.id));
        button->setAccessibleName(tr("%1: %2", "button, action that it is for").arg(text, what));
        button->setEnabled(!entry.isOnTheWire);
        connect(button, &QPushButton::clicked, this, act);
        row.layout()->addWidget(button);
    };
    Outbox& outbox = m_hub.outbox();
    const qint64 id = entry.id;
    if (entry.state == ActionState::Conflict) {
        add(tr("Apply anyway"), "outboxApply",
            [&outbox, id] { outbox.resolveConflict(id, Outbox::Resolution::ApplyAnyway); });
        add(tr("Leave"), "outboxLeave",
            [&outbox, id] { outbox.resolveConflict(id, Outbox::Resolution::Leave); });
    } else if (entry.state != ActionState::Done) {
        add(tr("Retry"), "outboxRetry", [&outbox, id] { outbox.retry(id); });
        add(tr("Discard"), "outboxDiscard", [&outbox, id] { outbox.discard(id); });
    }
}

} // namespace vedette::views
