// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPromise>
#include <QStringList>

#include "models/api/transport.h"
#include "models/core/result.h"
#include "models/domain/account.h"

namespace vedette::sync {

struct NetworkWay;
struct Surroundings;

/// Secrets by their names in the keychain.
using Secrets = QHash<QString, QString>;

/// What was typed of the secrets. Pure.
[[nodiscard]] Secrets secretsIn(const NetworkWay& way);

/// The secrets that the way to an account's server takes (secrets/secretstore.h): of its headers, its proxy,
/// its client certificate. Most accounts need none. Pure.
[[nodiscard]] QStringList secretsOf(const domain::Account& account);

/// The way to an account's server, without the secrets. Pure.
[[nodiscard]] api::Transport transportOf(const domain::Account& account);

/// Fills a Transport from an account's network settings, the keychain and the file of its client certificate,
/// one after the other. Lives until it is done or its parent dies. GUI thread.
class TransportReader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TransportReader)

public:
    /// What is in `typed` is taken as it is; an account without an id has nothing else. Errors: Keychain
    /// (none, locked, denied, or a secret that is missing there), Storage (the certificate's file cannot be
    /// read). Whether what was read is of use is Passage's to say.
    static QFuture<core::Result<api::Transport>> start(
        const domain::Account& account, const Surroundings& around, QObject* parent, Secrets typed = {});
    ~TransportReader() override;

private:
    TransportReader(
        const domain::Account& account, const Surroundings& around, QObject* parent, Secrets typed);

    void readFile();
    void readNext();
    void take(const QString& name, const QString& secret);
    void finish(core::Result<api::Transport> result);

    const Surroundings& m_around;
    const domain::Account m_account;
    const Secrets m_typed;
    QStringList m_names;
    api::Transport m_transport;
    QPromise<core::Result<api::Transport>> m_promise;
    bool m_finished = false;
};

} // namespace vedette::sync
