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

QString tlsText(const core::Error& error, const QString& who)
{
    using core::ErrorCause;
    switch (error.cause) {
    case ErrorCause::UnknownIssuer:
        return Text::tr(
            "The certificate of %1 is signed by an authority that this computer does not know. Give "
            "the authority's certificate in the account's network settings, or look at this one.")
            .arg(who);
    case ErrorCause::SelfSigned:
        return Text::tr(
            "The certificate of %1 is signed by nobody but itself. Compare its fingerprint with the "
            "server's before you accept it.")
            .arg(who);
    case ErrorCause::WrongHost:
        return Text::tr(
            "The certificate of %1 was made out for another name. Check the address: somebody else "
            "may be answering.")
            .arg(who);
    case ErrorCause::Expired:
        return Text::tr("The certificate of %1 has expired. Whoever runs the server has to renew it.")
            .arg(who);
    case ErrorCause::NotYetValid:
        return Text::tr("The certificate of %1 is not valid yet. Check the date and time of this computer.")
            .arg(who);
    case ErrorCause::Revoked:
        return Text::tr("The certificate of %1 was called back by its issuer. Nothing was sent.").arg(who);
    case ErrorCause::Unfit:
        return Text::tr("The certificate of %1 is not fit for a server.").arg(who);
    case ErrorCause::OtherCertificate:
        return Text::tr("%1 shows another certificate than the one that you accepted. Nothing was sent. Ask "
                        "whoever runs the server whether it was changed.")
            .arg(who);
    case ErrorCause::WantsCertificate:
        return Text::tr(
            "%1 wants a certificate of yours, or refuses the one it got. Choose one in the account's "
            "network settings.")
            .arg(who);
    default:
        return Text::tr("The secure connection to %1 failed. Something between here and there may not speak "
                        "TLS.")
            .arg(who);
    }
}

QString redirectText(const core::Error& error, const QString& who)
{
    const QString about = core::singleLine(error.about, 200);
    switch (error.cause) {
    case core::ErrorCause::LessSafe:
        return Text::tr("%1 sends on to %2, which is not encrypted. The token stays here.").arg(who, about);
    case core::ErrorCause::EndlessLoop:
        return Text::tr("%1 sends round in a circle. Check the address; a sign-in page may stand before it.")
            .arg(who);
    case core::ErrorCause::Renamed:
        return about.isEmpty() ? Text::tr("What was asked for has another name on %1 now.").arg(who)
                               : Text::tr("What was asked for is called %2 on %1 now.").arg(who, about);
    default:
        return about.isEmpty()
                   ? Text::tr("%1 sends on to another address. The token stays here; enter the new address "
                              "yourself.")
                         .arg(who)
                   : Text::tr("%1 sends on to %2. The token stays here; enter the new address yourself if "
                              "you trust it.")
                         .arg(who, about);
    }
}

QString unauthorizedText(const core::Error& error, const QString& who)
{
    switch (error.cause) {
    case core::ErrorCause::SsoRequired:
        return Text::tr(
            "The organization on %1 wants you to sign in with single sign-on first. The token may "
            "be right; sign in there in the browser, then try again.")
            .arg(who);
    case core::ErrorCause::TwoFactorRequired:
        return Text::tr("The organization on %1 wants a second factor for your user. Set it up there in the "
                        "browser, then try again.")
            .arg(who);
    default:
        return Text::tr("%1 does not accept the token: it is wrong or has expired. Enter a new one.")
            .arg(who);
    }
}

QString forbiddenText(const core::Error& error, const QString& who)
{
    switch (error.cause) {
    case core::ErrorCause::OverMemberLimit:
        return Text::tr(
            "Your membership on %1 is switched off: the organization has more members than its plan "
            "allows. Its owner can change that; another token does not help.")
            .arg(who);
    case core::ErrorCause::SudoRequired:
        return Text::tr("%1 wants your password for this. Do it there in the browser.").arg(who);
    case core::ErrorCause::SuperuserRequired:
        return Text::tr("Only whoever runs %1 may do this.").arg(who);
    default:
        return Text::tr("The token may not do this on %1: it lacks a scope.").arg(who);
    }
}

QString proxyText(const core::Error& error, const QString& next)
{
    return error.cause == core::ErrorCause::ProxyPassword
               ? Text::tr("The proxy wants a name and a password, or refuses those it got. Enter them in the "
                          "account's network settings.")
               : Text::tr(
                     "The proxy cannot be reached or does not let this through. Check the account's network "
                     "settings.") +
                     next;
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
        return withDetail(tlsText(error, who), error);
    case core::ErrorKind::Proxy:
        return withDetail(proxyText(error, next), error);
    case core::ErrorKind::Redirected:
        return redirectText(error, who);
    case core::ErrorKind::Unauthorized:
        return unauthorizedText(error, who);
    case core::ErrorKind::Forbidden:
        return withDetail(forbiddenText(error, who), error);
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

WayOut wayOutOf(const core::Error& error)
{
    using core::ErrorCause;
    using core::ErrorKind;
    switch (error.kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::Server:
    case ErrorKind::Malformed:
    case ErrorKind::Storage:
    case ErrorKind::Busy:
    case ErrorKind::Keychain:
    case ErrorKind::NotFound:
    case ErrorKind::Rejected:
        return WayOut::TryAgain;
    case ErrorKind::RateLimited:
        return WayOut::Wait;
    case ErrorKind::Tls:
        switch (error.cause) {
        case ErrorCause::None:
        case ErrorCause::WantsCertificate:
            return WayOut::Network;
        case ErrorCause::Revoked:
        case ErrorCause::Unfit:
            return WayOut::TryAgain; // no certificate that a person should accept
        default:
            return error.certificate ? WayOut::Certificate : WayOut::Network;
        }
    case ErrorKind::Proxy:
        return WayOut::Network;
    case ErrorKind::Redirected:
        return error.cause == ErrorCause::Renamed ? WayOut::TryAgain : WayOut::ChangeAddress;
    case ErrorKind::NotSentry:
        return WayOut::ChangeAddress;
    case ErrorKind::Unauthorized:
        return error.cause == ErrorCause::SsoRequired || error.cause == ErrorCause::TwoFactorRequired
                   ? WayOut::SignInThere
                   : WayOut::NewToken;
    case ErrorKind::Forbidden:
        return error.cause == ErrorCause::None           ? WayOut::NewToken
               : error.cause == ErrorCause::SudoRequired ? WayOut::SignInThere
                                                         : WayOut::None;
    case ErrorKind::Gone:
    case ErrorKind::TooLarge:
    case ErrorKind::Unsupported:
    case ErrorKind::NewerData:
    case ErrorKind::Cancelled:
    case ErrorKind::Usage:
    case ErrorKind::Internal:
        return WayOut::None;
    }
    return WayOut::None;
}

bool isSetRight(WayOut way)
{
    return way != WayOut::None && way != WayOut::TryAgain && way != WayOut::Wait;
}

bool isRetryOffered(const core::Error& error)
{
    const WayOut way = wayOutOf(error);
    // What is set right elsewhere, in the browser or by whoever gives scopes, is tried again here.
    return !isSetRight(way) || way == WayOut::SignInThere || error.kind == core::ErrorKind::Forbidden;
}

QString wayOutText(WayOut way)
{
    switch (way) {
    case WayOut::None:
    case WayOut::Wait:
        return {};
    case WayOut::TryAgain:
        return Text::tr("Try again");
    case WayOut::NewToken:
        return Text::tr("Enter a token …");
    case WayOut::SignInThere:
        return Text::tr("Sign in there …", "opens the server's page in the browser");
    case WayOut::Certificate:
        return Text::tr("Look at the certificate …");
    case WayOut::Network:
        return Text::tr("Network settings …");
    case WayOut::ChangeAddress:
        return Text::tr("Change the address …");
    }
    return {};
}

} // namespace vedette::views
