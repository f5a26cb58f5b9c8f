// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace vedette::views {

/// How to point an SDK at a DSN, in one language.
struct Snippet
{
    QString language;
    QString code; ///< ready to paste, the DSN filled in
};

/// Snippets for every language that we show, and how to do without a DSN. The DSN is ours and holds no quote;
/// `collector` is the collector's address.
[[nodiscard]] QList<Snippet> snippets(const QString& dsn, const QUrl& collector);

} // namespace vedette::views
