// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

namespace vedette::collector {

/// Sentry's data category of an envelope item (contract section 12): what it is counted as. `default` for
/// types that nobody knows, so that outsiders cannot make up categories.
[[nodiscard]] std::string_view categoryOfItem(std::string_view itemType);

/// A category as a client report names it: itself where it is one of Sentry's, else `default`.
[[nodiscard]] std::string_view knownCategory(std::string_view category);

/// Why an SDK says that it dropped something: one of the reasons that SDKs document, else `other`.
[[nodiscard]] std::string_view knownDiscardReason(std::string_view reason);

} // namespace vedette::collector
