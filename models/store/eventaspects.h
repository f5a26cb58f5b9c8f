// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <utility>

#include "models/domain/event.h"

namespace vedette::store {

/// What an event tells a search beyond its tags: keys of contract section 11 with their values, each pair
/// once. Frames (`stack.*`), exceptions (`error.*`), contexts (`os.*`, `device.*`, `geo.*`, `flags.*`), the
/// trace, and its texts as `title`, `culprit` and `message`. At most 1,000 pairs, values of at most 500
/// characters. Pure.
[[nodiscard]] QList<std::pair<QString, QString>> aspectsOf(const domain::Event& event);

/// Whom it happened to, as the tag `user` writes it: `id:7`, `username:ann`, `email:...`, `ip:...`, the first
/// that is known; empty where nobody is.
[[nodiscard]] QString identityOf(const domain::EventUser& user);

} // namespace vedette::store
