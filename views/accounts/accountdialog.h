// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QFuture>

#include <optional>

#include "models/core/result.h"
#include "models/domain/account.h"
#include "models/sync/accounts.h"

class QLineEdit;
class QListWidget;
class QPushButton;

namespace vedette::sync {
class Hub;
}

namespace vedette::views {

class PlainLabel;

/// Adds an account: the server is checked first and named, then the token. Nothing blocks; open() and wait
/// for added.
class AddAccountDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit AddAccountDialog(sync::Hub& hub, QWidget* parent = nullptr);
    /// For an account that is there and needs a new token.
    AddAccountDialog(sync::Hub& hub, const domain::Account& account, QWidget* parent = nullptr);
    ~AddAccountDialog() override;

signals:
    void added(const vedette::domain::Account& account);

private:
    void build();
    void inspect();
    void submit();
    void setBusy(bool busy);
    void say(const QString& text, const char* role);
    void updateButton();

    sync::Hub& m_hub;
    std::optional<domain::Account> m_existing;
    QLineEdit* m_url;
    QLineEdit* m_token;
    QLineEdit* m_name;
    PlainLabel* m_server;
    PlainLabel* m_status;
    QPushButton* m_add;
    QString m_inspected; ///< the address that m_server tells of
    QFuture<core::Result<sync::ServerInfo>> m_inspection;
    QFuture<core::Result<domain::Account>> m_adding;
};

/// The accounts that there are: new token, sign out.
class AccountsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit AccountsDialog(sync::Hub& hub, QWidget* parent = nullptr);

private:
    void refresh();
    [[nodiscard]] std::optional<domain::Account> chosen() const;

    sync::Hub& m_hub;
    QListWidget* m_list;
    PlainLabel* m_state;
    QPushButton* m_token;
    QPushButton* m_remove;
    bool m_removeAsked = false;
};

} // namespace vedette::views
