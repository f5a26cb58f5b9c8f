// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

#include "models/domain/project.h"

namespace vedette::sync {

/// Gives each project of one account its place in the palette (Project::colour, 0 to 7): in the order of the
/// servers' ids, which grow, so that a new project takes nobody's colour away and eight in a row differ.
void assignColours(QList<domain::Project>& projects);
/// The same for the projects of summaries.
void assignColours(QList<domain::ProjectSummary>& summaries);

} // namespace vedette::sync
