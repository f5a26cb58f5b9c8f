// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include <memory>

#include "models/core/error.h"
#include "models/domain/networksettings.h"

namespace vedette::views {

/// Shows a server certificate that cannot be verified, with its fingerprint, and lets a person accept exactly
/// that one. Accepting is never the default. Open it with open() and wait for certificateAccepted.
class CertificateDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `server` is the host that was asked. A certificate that nobody should accept has no button for it.
    CertificateDialog(const core::Error& error, const QString& server, QWidget* parent = nullptr);

signals:
    /// This certificate, with the faults that were shown, may pass.
    void certificateAccepted(const vedette::domain::PinnedCertificate& pin);

private:
    void build(const core::Error& error, const core::ServerCertificate& shown, const QString& server);
};

} // namespace vedette::views
