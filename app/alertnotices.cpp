// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/alertnotices.h"

#include <utility>

#include "app/desktop/alerttext.h"
#include "models/ports/desktopnotifier.h"
#include "models/settings/settings.h"
#include "models/sync/alertwatch.h"
#include "models/sync/outbox.h"

namespace vedette::app {

using namespace std::chrono_literals;
using alerts::Alert;
namespace keys = settings::keys;

namespace {

/// An answer that takes longer is worth a word: the server cannot be reached now.
constexpr auto patience = 5s;

bool isSame(const domain::Issue& a, const domain::Issue& b)
{
    return a.account == b.account && a.id == b.id;
}

} // namespace

AlertNotices::AlertNotices(sync::AlertWatch& watch, sync::Outbox& outbox, ports::DesktopNotifier& notifier,
    const settings::Settings& settings, const core::Clock& clock, QObject* parent)
    : QObject(parent)
    , m_watch(watch)
    , m_outbox(outbox)
    , m_notifier(notifier)
    , m_settings(settings)
    , m_clock(clock)
{
    connect(&m_watch, &sync::AlertWatch::alertRaised, this, &AlertNotices::onRaised);
    connect(&m_outbox, &sync::Outbox::done, this, &AlertNotices::onDone);
    connect(&m_outbox, &sync::Outbox::refused, this, &AlertNotices::onRefused);
    connect(&m_outbox, &sync::Outbox::conflicted, this,
        [this](const domain::Issue& issue, const domain::Action& action) {
            onRefused({issue}, action,
                {core::ErrorKind::Rejected, 0, QStringLiteral("somebody else changed it meanwhile"), {}});
        });
    connect(&m_notifier, &ports::DesktopNotifier::actionInvoked, this, &AlertNotices::onAction);
    connect(&m_notifier, &ports::DesktopNotifier::closed, this,
        [this](const QString& key) { m_shown.remove(key); });
    connect(&m_notifier, &ports::DesktopNotifier::undeliverable, this,
        [this](const QString& key) { m_shown.remove(key); });
    m_pauseEnd.setSingleShot(true);
    connect(&m_pauseEnd, &QTimer::timeout, this, [this] { pauseUntil(std::nullopt); });
}

void AlertNotices::pauseUntil(std::optional<core::TimePoint> until)
{
    m_pausedUntil = until;
    m_pauseEnd.stop();
    if (until)
        m_pauseEnd.start(std::max(*until - m_clock.now(), 0ms));
    emit pauseChanged();
}

bool AlertNotices::wants(Alert::Kind kind) const
{
    if (!m_settings.value(keys::notifications) || (m_pausedUntil && *m_pausedUntil > m_clock.now()))
        return false;
    switch (kind) {
    case Alert::Kind::NewIssue:
        return m_settings.value(keys::notifyNewIssues);
    case Alert::Kind::Regression:
        return m_settings.value(keys::notifyRegressions);
    case Alert::Kind::Spike:
        return m_settings.value(keys::notifySpikes);
    }
    return true;
}

void AlertNotices::onRaised(const Alert& alert)
{
    if (!wants(alert.kind))
        return;
    const ports::Notice notice = desktop::noticeOf(alert, m_settings.value(keys::snooze));
    m_shown.insert(notice.key, alert);
    m_notifier.show(notice);
}

void AlertNotices::onAction(const QString& key, const QString& action, const QString& activationToken)
{
    if (!m_shown.contains(key))
        return;
    // Once: a second press of a button that the daemon did not take away does nothing.
    const Alert alert = m_shown.take(key);
    if (action == desktop::actions::resolve) {
        resolve(key, alert); // its notice is replaced by what became of it
        return;
    }
    // Some daemons leave a notice on the screen when one of its buttons was pressed.
    m_notifier.close(key);
    if (action == desktop::actions::snooze)
        m_watch.snooze(alert.issue, m_clock.now() + m_settings.value(keys::snooze));
    else if (action == ports::defaultAction || action == desktop::actions::open)
        emit openRequested(alert.issue, activationToken);
}

void AlertNotices::resolve(const QString& key, const Alert& alert)
{
    // Pressed on another notice of the same issue before: the later one reports.
    const bool isUnderWay = takeResolving(alert.issue).has_value();
    m_resolving.append({key, alert});
    if (!isUnderWay)
        m_outbox.submit({alert.issue}, {domain::Action::Kind::Resolve, {}});
    QTimer::singleShot(patience, this, [this, key] {
        for (const Resolving& waiting : std::as_const(m_resolving)) {
            if (waiting.key != key)
                continue;
            const ports::Notice notice = desktop::waitingNotice(waiting.alert);
            m_shown.insert(notice.key, waiting.alert);
            m_notifier.show(notice);
        }
    });
}

std::optional<AlertNotices::Resolving> AlertNotices::takeResolving(const domain::Issue& issue)
{
    for (qsizetype i = 0; i < m_resolving.size(); ++i) {
        if (isSame(m_resolving.at(i).alert.issue, issue))
            return m_resolving.takeAt(i);
    }
    return std::nullopt;
}

void AlertNotices::onDone(const domain::Issue& issue, const domain::Action& action)
{
    if (action.kind != domain::Action::Kind::Resolve)
        return;
    // Resolved from its notice or from the window: no notice of this issue is of use any more.
    const auto resolving = takeResolving(issue);
    for (auto it = m_shown.begin(); it != m_shown.end();) {
        if (isSame(it->issue, issue) && !(resolving && it.key() == resolving->key)) {
            m_notifier.close(it.key());
            it = m_shown.erase(it);
        } else {
            ++it;
        }
    }
    if (!resolving)
        return;
    const ports::Notice notice = desktop::resolvedNotice(resolving->alert);
    m_shown.insert(notice.key, resolving->alert);
    m_notifier.show(notice);
}

void AlertNotices::onRefused(
    const QList<domain::Issue>& issues, const domain::Action& action, const core::Error& error)
{
    if (action.kind != domain::Action::Kind::Resolve)
        return;
    for (const domain::Issue& issue : issues) {
        if (const auto resolving = takeResolving(issue)) {
            const ports::Notice notice = desktop::notResolvedNotice(resolving->alert, error);
            m_shown.insert(notice.key, resolving->alert);
            m_notifier.show(notice);
        }
    }
}

} // namespace vedette::app
