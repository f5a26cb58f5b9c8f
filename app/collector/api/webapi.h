// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <string>

#include "app/collector/api/context.h"
#include "app/collector/http/handler.h"

namespace vedette::collector {

class Store;

/// The web API of the collector: checks who asks, finds the route, and runs its handler on a snapshot or, for
/// a changing one, in a transaction on the write lane. Called on the read lane, one call at a time.
class WebApi final : public ApiHandler
{
public:
    /// Tells, in constant time, whether that is the token that `Authorization: Bearer` must carry.
    using AcceptsToken = std::function<bool(std::string_view)>;

    /// `store` must outlive it.
    WebApi(Store& store, api::Context context, AcceptsToken acceptsToken);

    Response handle(const Request& request) override;

private:
    [[nodiscard]] bool isAuthorized(const Request& request) const;
    [[nodiscard]] bool isAllowedByDsn(const Request& request) const;

    Store& m_store;
    api::Context m_context;
    AcceptsToken m_acceptsToken;
};

} // namespace vedette::collector
