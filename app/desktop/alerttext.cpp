// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/alerttext.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

#include "models/core/text.h"

namespace vedette::desktop {

using namespace Qt::Literals::StringLiterals;
using alerts::Alert;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(vedette::desktop::AlertText)
};

QString kindWord(Alert::Kind kind)
{
    switch (kind) {
    case Alert::Kind::NewIssue:
        return u"new-issue"_s;
    case Alert::Kind::Regression:
        return u"regression"_s;
    case Alert::Kind::Spike:
        return u"spike"_s;
    }
    return {};
}

QString projectOf(const Alert& alert)
{
    const auto& project = alert.issue.project;
    return core::singleLine(project.name.isEmpty() ? project.slug : project.name, 60);
}

QString titleOf(const Alert& alert)
{
    const auto& issue = alert.issue;
    return core::singleLine(issue.title.isEmpty() ? issue.shortId : issue.title, 120);
}

QString heading(const Alert& alert)
{
    switch (alert.kind) {
    case Alert::Kind::NewIssue:
        return Text::tr("New issue in %1", "notification title, %1 is a project").arg(projectOf(alert));
    case Alert::Kind::Regression:
        return Text::tr("Back again in %1", "notification title of a regression, %1 is a project")
            .arg(projectOf(alert));
    case Alert::Kind::Spike:
        return Text::tr("Spike in %1", "notification title, %1 is a project").arg(projectOf(alert));
    }
    return {};
}

QString snoozeLabel(std::chrono::seconds duration)
{
    const auto minutes = int(std::chrono::duration_cast<std::chrono::minutes>(duration).count());
    if (minutes >= 60 && minutes % 60 == 0)
        return Text::tr("Snooze %n hour(s)", "button of a notification", minutes / 60);
    return Text::tr("Snooze %n minute(s)", "button of a notification", minutes);
}

QString failureReason(const core::Error& error)
{
    switch (error.kind) {
    case core::ErrorKind::Unauthorized:
        return Text::tr("The server no longer accepts the token: sign in again.");
    case core::ErrorKind::Forbidden:
        return Text::tr("The token may not change issues on this server.");
    case core::ErrorKind::NotFound:
        return Text::tr("The server no longer has this issue.");
    default:
        return Text::tr("The server refused; the issue is as it was.");
    }
}

} // namespace

QString noticeKey(const Alert& alert)
{
    return alert.issue.account.value() + u'/' + alert.issue.id.value() + u'/' + kindWord(alert.kind);
}

QString reasonOf(const Alert& alert)
{
    const QLocale locale;
    switch (alert.kind) {
    case Alert::Kind::NewIssue:
        return Text::tr(
            "%n event(s) so far", "reason of a new issue", int(std::min(alert.count, qint64(INT_MAX))));
    case Alert::Kind::Regression:
        return Text::tr("It was resolved and happened again.");
    case Alert::Kind::Spike: {
        const auto low = qint64(std::floor(alert.expected));
        const auto high = qint64(std::ceil(alert.upper));
        const QString count = locale.toString(alert.count);
        if (low < 1)
            return Text::tr("%1 within an hour, usually none at this time", "reason of a spike").arg(count);
        return Text::tr("%1 within an hour, usually %2 to %3 at this time", "reason of a spike")
            .arg(count, locale.toString(low), locale.toString(std::max(high, low)));
    }
    }
    return {};
}

ports::Notice noticeOf(const Alert& alert, std::chrono::seconds snoozeFor)
{
    ports::Notice out;
    out.key = noticeKey(alert);
    out.title = heading(alert);
    out.body = titleOf(alert) + u'\n' + reasonOf(alert);
    out.category = u"x-vedette."_s + kindWord(alert.kind);
    out.urgency =
        alert.kind == Alert::Kind::Spike ? ports::Notice::Urgency::Critical : ports::Notice::Urgency::Normal;
    // "Open" is a button too: some desktops know no click on the notice itself.
    out.actions = {{ports::defaultAction, Text::tr("Open", "button of a notification")},
        {actions::open, Text::tr("Open", "button of a notification")},
        {actions::resolve, Text::tr("Resolve", "button of a notification")},
        {actions::snooze, snoozeLabel(snoozeFor)}};
    return out;
}

ports::Notice resolvedNotice(const Alert& alert)
{
    ports::Notice out;
    out.key = noticeKey(alert);
    out.title = Text::tr("Resolved in %1", "notification title, %1 is a project").arg(projectOf(alert));
    out.body = titleOf(alert);
    out.category = u"x-vedette.done"_s;
    out.urgency = ports::Notice::Urgency::Low;
    out.actions = {{ports::defaultAction, Text::tr("Open", "button of a notification")}};
    return out;
}

ports::Notice waitingNotice(const Alert& alert)
{
    ports::Notice out;
    out.key = noticeKey(alert);
    out.title =
        Text::tr("Not resolved yet in %1", "notification title, %1 is a project").arg(projectOf(alert));
    out.body =
        titleOf(alert) + u'\n' + Text::tr("The server does not answer; it will be told as soon as it does.");
    out.category = u"x-vedette.waiting"_s;
    out.urgency = ports::Notice::Urgency::Low;
    out.actions = {{ports::defaultAction, Text::tr("Open", "button of a notification")}};
    return out;
}

ports::Notice notResolvedNotice(const Alert& alert, const core::Error& error)
{
    ports::Notice out;
    out.key = noticeKey(alert);
    out.title = Text::tr("Not resolved in %1", "notification title, %1 is a project").arg(projectOf(alert));
    out.body = titleOf(alert) + u'\n' + failureReason(error);
    out.category = u"x-vedette.failed"_s;
    out.actions = {{ports::defaultAction, Text::tr("Open", "button of a notification")},
        {actions::open, Text::tr("Open", "button of a notification")}};
    return out;
}

} // namespace vedette::desktop
