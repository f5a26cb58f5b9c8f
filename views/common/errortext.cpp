// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/errortext.h"

#include <QCoreApplication>
#include <QLocale>

#include "models/core/text.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// The texts of this file, for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(vedette::views::ErrorText)
};

/// The server's own words, where it sent some.
QString withDetail(const QString& sentence, const core::Error& error)
{
    const QString detail = core::singleLine(error.detail, 300);
    return detail.isEmpty()
               ? sentence
               : Text::tr("%1 (%2)", "a sentence, then the server's own words").arg(sentence, detail);
}

} // namespace

QString errorText(const core::Error& error, const QString& server, Retry retry)
{
    const QString next =
        retry == Retry::ByItself ? u' ' + Text::tr("Vedette keeps trying.", "after an error") : QString();
    const QString who = server.isEmpty() ? Text::tr("The server") : core::singleLine(server, 80);
    switch (error.kind) {
    case core::ErrorKind::Offline:
        return Text::tr("%1 cannot be reached. Check the address and the network.").arg(who) + next;
    case core::ErrorKind::Timeout:
        return Text::tr("%1 did not answer in time.").arg(who) + next;
    case core::ErrorKind::Tls:
        return withDetail(
            Text::tr("The secure connection to %1 failed: its certificate is not trusted.").arg(who), error);
    case core::ErrorKind::Redirected:
        return withDetail(
            Text::tr("%1 sends on to another address. The token stays here; enter the new address yourself.")
                .arg(who),
            error);
    case core::ErrorKind::Unauthorized:
        return Text::tr("%1 does not accept the token: it is wrong or has expired. Enter a new one.")
            .arg(who);
    case core::ErrorKind::Forbidden:
        return withDetail(Text::tr("The token may not do this on %1: it lacks a scope.").arg(who), error);
    case core::ErrorKind::NotFound:
        return Text::tr("%1 does not know this, or it is not yours to see.").arg(who);
    case core::ErrorKind::Gone:
        return Text::tr("%1 has retired this part of its API.").arg(who);
    case core::ErrorKind::Rejected:
        return withDetail(Text::tr("%1 refused.").arg(who), error);
    case core::ErrorKind::RateLimited:
        if (error.retryAfter) {
            const QString seconds = QLocale().toString(qint64(error.retryAfter->count()));
            return retry == Retry::ByItself
                       ? Text::tr("%1 asks for a pause of %2 s; Vedette waits.").arg(who, seconds)
                       : Text::tr("%1 asks for a pause of %2 s. Try again after that.").arg(who, seconds);
        }
        return retry == Retry::ByItself ? Text::tr("%1 asks for a pause; Vedette waits.").arg(who)
                                        : Text::tr("%1 asks for a pause. Try again later.").arg(who);
    case core::ErrorKind::Server:
        return withDetail(
                   Text::tr("%1 has a fault of its own (%2).").arg(who, QString::number(error.httpStatus)),
                   error) +
               next;
    case core::ErrorKind::NotSentry:
        return Text::tr(
            "What answers there is no Sentry: it sent a web page. Check the address; a proxy or a "
            "sign-in page "
            "may stand before it.");
    case core::ErrorKind::Malformed:
        return Text::tr("%1 sent an answer that cannot be read.").arg(who);
    case core::ErrorKind::TooLarge:
        return withDetail(Text::tr("The answer of %1 is too large.").arg(who), error);
    case core::ErrorKind::Unsupported:
        return withDetail(Text::tr("%1 cannot do this.").arg(who), error);
    case core::ErrorKind::Storage:
        return withDetail(Text::tr("The data folder cannot be read or written."), error);
    case core::ErrorKind::NewerData:
        return Text::tr(
            "The data folder was written by a newer Vedette. Nothing was changed; start that one.");
    case core::ErrorKind::Busy:
        return withDetail(Text::tr("Somebody else is using it."), error);
    case core::ErrorKind::Keychain:
        return Text::tr(
            "The keychain is not there, locked, or refused. The token is kept until Vedette ends.");
    case core::ErrorKind::Cancelled:
        return Text::tr("Cancelled.");
    case core::ErrorKind::Usage:
        return core::singleLine(error.detail, 500);
    case core::ErrorKind::Internal:
        return withDetail(Text::tr("Vedette made a mistake."), error);
    }
    return {};
}

} // namespace vedette::views
