// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

#include "app/collector/api/sql.h"

namespace vedette::collector::api {

/// A condition on `issues i`: the issue's text, or that of any of its events, contains the phrase. The text
/// is title, culprit and search text (contract section 13, 9 to 12). ASCII letters compare without case, `*`
/// stands for any text, `\*` for a star; an empty phrase is contained in everything. Answered from the full
/// text index (storage/textindex.h) where the phrase has three characters in a row; shorter ones are looked
/// for in every event.
[[nodiscard]] Sql issueTextContains(QStringView phrase);

/// The same of one event, as a condition on `events e`: each text for itself, without an index.
[[nodiscard]] Sql eventTextContains(QStringView phrase);

} // namespace vedette::collector::api
