// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Tag distributions of an issue (contract section 7).

#include "models/api/decode/decode.h"
#include "models/api/decode/read.h"

namespace vedette::api::decode {

core::Result<QList<domain::TagDistribution>> tagDistributions(const json::Value& body)
{
    const auto one = [](const json::Value& row) -> std::optional<domain::TagDistribution> {
        domain::TagDistribution out;
        out.key = text(row["key"], shortText);
        if (out.key.isEmpty())
            return {};
        out.name = text(row["name"], shortText);
        if (out.name.isEmpty())
            out.name = out.key;
        out.total = count(row["totalValues"].exists() ? row["totalValues"] : row["uniqueValues"]);
        for (const json::Value value : row["topValues"].items()) {
            if (!value.isObject() || out.top.size() >= mostItems)
                continue;
            out.top.append({text(value["value"], lineText), count(value["count"])});
        }
        return out;
    };
    if (body.isObject()) { // `tags/{key}/` answers one of them
        QList<domain::TagDistribution> out;
        if (auto single = one(body))
            out.append(std::move(*single));
        return out;
    }
    return list<domain::TagDistribution>(body, one);
}

} // namespace vedette::api::decode
