// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

namespace vedette::views {

/// How to point an SDK at a DSN, in one language.
struct Snippet
{
    QString language;
    QString code; ///< ready to paste, the DSN filled in
};

/// Snippets for every language that we show. The DSN is ours and holds no quote.
[[nodiscard]] QList<Snippet> snippets(const QString& dsn);

} // namespace vedette::views
