// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/tlsfault.h"

#include <QCryptographicHash>
#include <QDateTime>

#include <algorithm>
#include <memory>

#include "models/core/text.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {
namespace {

using core::ErrorCause;

ErrorCause causeOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::NoError:
        return ErrorCause::None;
    case QSslError::SelfSignedCertificate:
        return ErrorCause::SelfSigned;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return ErrorCause::UnknownIssuer;
    case QSslError::HostNameMismatch:
        return ErrorCause::WrongHost;
    case QSslError::CertificateExpired:
        return ErrorCause::Expired;
    case QSslError::CertificateNotYetValid:
        return ErrorCause::NotYetValid;
    case QSslError::CertificateRevoked:
    case QSslError::CertificateRejected:
    case QSslError::CertificateBlacklisted:
        return ErrorCause::Revoked;
    default: // broken signatures and dates, wrong purpose, keys too weak, whatever comes with a newer Qt
        return ErrorCause::Unfit;
    }
}

QString nameOf(const QSslCertificate& certificate,
    QStringList (QSslCertificate::*info)(QSslCertificate::SubjectInfo) const)
{
    for (const auto part : {QSslCertificate::CommonName, QSslCertificate::Organization}) {
        const QStringList names = (certificate.*info)(part);
        if (!names.isEmpty())
            return core::singleLine(names.first(), 100);
    }
    return {};
}

} // namespace

QList<ErrorCause> faultsOf(const QList<QSslError>& errors)
{
    QList<ErrorCause> found;
    for (const QSslError& error : errors)
        found.append(causeOf(error.error()));
    QList<ErrorCause> sorted;
    for (const ErrorCause cause :
        {ErrorCause::Revoked, ErrorCause::Unfit, ErrorCause::SelfSigned, ErrorCause::UnknownIssuer,
            ErrorCause::WrongHost, ErrorCause::Expired, ErrorCause::NotYetValid}) {
        if (found.contains(cause))
            sorted.append(cause);
    }
    return sorted;
}

QString fingerprintOf(const QSslCertificate& certificate)
{
    return certificate.isNull() ? QString()
                                : QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex());
}

core::Error errorFromTls(const QList<QSslError>& errors, const QSslCertificate& leaf)
{
    QStringList words;
    for (const QSslError& error : errors)
        words.append(error.errorString());
    words.removeDuplicates();
    core::Error error{core::ErrorKind::Tls, 0, core::singleLine(words.join(u"; "_s), 500)};
    core::ServerCertificate shown;
    shown.faults = faultsOf(errors);
    if (!shown.faults.isEmpty())
        error.cause = shown.faults.first();
    if (!leaf.isNull()) {
        shown.sha256 = fingerprintOf(leaf);
        shown.subject = nameOf(leaf, &QSslCertificate::subjectInfo);
        shown.issuer = nameOf(leaf, &QSslCertificate::issuerInfo);
        shown.validFrom = leaf.effectiveDate().toUTC().toString(Qt::ISODate);
        shown.validUntil = leaf.expiryDate().toUTC().toString(Qt::ISODate);
        error.certificate = std::make_shared<const core::ServerCertificate>(std::move(shown));
    }
    return error;
}

} // namespace vedette::api
