// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/gathering.h"

#include <algorithm>

namespace vedette::collector {

void Gathering::committed(std::size_t held, std::size_t waiting, Duration took)
{
    m_expected = std::max<std::size_t>(1, held + waiting);
    m_cost = m_cost == Duration{0} ? took : (m_cost * 7 + took) / 8;
    m_patience = std::min<Duration>(m_cost, maxPatience);
}

} // namespace vedette::collector
