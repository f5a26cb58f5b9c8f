// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QSslCertificate>
#include <QSslError>

#include "models/core/error.h"

namespace vedette::api {

/// What is wrong with a server's certificate, in the terms that a person decides by. Of several faults the
/// worst comes first: one that no waiting and no other address mends. Pure.
[[nodiscard]] QList<core::ErrorCause> faultsOf(const QList<QSslError>& errors);

/// SHA-256 of a certificate in DER: 64 lower-case hexadecimal digits, empty for no certificate. Pure.
[[nodiscard]] QString fingerprintOf(const QSslCertificate& certificate);

/// The failure of a handshake whose certificate was refused, with the certificate. Pure.
[[nodiscard]] core::Error errorFromTls(const QList<QSslError>& errors, const QSslCertificate& leaf);

} // namespace vedette::api
