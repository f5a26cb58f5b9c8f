// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/issuereference.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

using Kind = IssueReference::Kind;

/// Longer than any URL of an issue.
constexpr qsizetype mostLength = 4'000;
/// The customers' own hosts name the organization: acme.sentry.io.
const QString hostedDomain = u".sentry.io"_s;

bool matches(const QString& text, const QString& pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

QString eventIdOf(const QString& text)
{
    const QString bare = matches(text, u"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"_s)
                             ? QString(text).remove(u'-')
                             : text;
    return matches(bare, u"[0-9A-Fa-f]{32}"_s) ? bare.toLower() : QString();
}

IssueReference referenceOf(const QString& word)
{
    IssueReference out;
    if (const QString event = eventIdOf(word); !event.isEmpty()) {
        out.kind = Kind::EventId;
        out.text = event;
    } else if (matches(word, u"[0-9]{1,19}"_s)) {
        out.kind = Kind::IssueId;
        out.text = word;
    } else if (matches(word, u"[A-Za-z0-9_]+(-[A-Za-z0-9_]+)*-[A-Za-z0-9]+"_s) &&
               word.contains(QRegularExpression(u"[A-Za-z]"_s))) {
        out.kind = Kind::ShortId;
        out.text = word.toUpper();
    }
    return out;
}

/// The part of the path before `issues` that names the organization: `organizations/acme/`, or, as GlitchTip
/// has it, `acme/` alone.
QString organizationBefore(const QStringList& path, qsizetype issues, const QString& host)
{
    QString before = issues > 0 ? path.at(issues - 1) : QString();
    if (issues > 1 && path.at(issues - 2) == u"organizations")
        return before;
    if (before.isEmpty() && host.endsWith(hostedDomain))
        return host.chopped(hostedDomain.size());
    return before == u"0" ? QString() : before; // /api/0/issues/: no organization there
}

IssueReference referenceOf(const QUrl& url)
{
    const QStringList path = url.path().split(u'/', Qt::SkipEmptyParts);
    const qsizetype issues = path.lastIndexOf(u"issues"_s);
    if (issues < 0 || issues + 1 >= path.size())
        return {};
    IssueReference out = referenceOf(path.at(issues + 1));
    if (out.kind == Kind::None || out.kind == Kind::EventId)
        return {};
    out.server =
        url.adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
    out.organization = organizationBefore(path, issues, url.host());
    if (issues + 3 < path.size() && path.at(issues + 2) == u"events")
        out.event = eventIdOf(path.at(issues + 3));
    return out;
}

} // namespace

IssueReference parseIssueReference(QStringView pasted)
{
    const QString text = pasted.trimmed().toString();
    if (text.isEmpty() || text.size() > mostLength)
        return {};
    if (text.contains(u"://"_s)) {
        const QUrl url(text, QUrl::StrictMode);
        const bool isWeb = url.isValid() && (url.scheme() == u"https" || url.scheme() == u"http");
        return isWeb ? referenceOf(url) : IssueReference();
    }
    return referenceOf(text.startsWith(u'#') ? text.sliced(1) : text);
}

} // namespace vedette::sync
