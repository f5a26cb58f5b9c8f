// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QList>
#include <QObject>
#include <QString>

#include "models/core/result.h"
#include "models/domain/issue.h"

namespace vedette::sync {

class AccountBook;

/// Finds issues by what a person typed or pasted (issuereference.h), on the servers themselves. GUI thread.
class IssueFinder final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IssueFinder)

public:
    /// `book` must outlive it.
    explicit IssueFinder(AccountBook& book);
    ~IssueFinder() override;

    /// Asks those accounts (empty: all) one after the other, each organization of theirs; accounts whose
    /// token is still on its way are waited for. Every account that has such an issue gives a row, in the
    /// user's order. Errors: Usage (the text names no issue), NotFound, and where nothing was found and a
    /// server could not be asked, why not.
    QFuture<core::Result<QList<domain::Issue>>> find(
        const QString& text, const QList<domain::AccountId>& accounts = {});

private:
    AccountBook& m_book;
};

} // namespace vedette::sync
