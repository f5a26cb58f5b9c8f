// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/projectcolours.h"

#include <algorithm>

namespace vedette::sync {
namespace {

constexpr int paletteSize = 8;

void assign(QList<domain::Project*>& projects)
{
    std::stable_sort(
        projects.begin(), projects.end(), [](const domain::Project* a, const domain::Project* b) {
            const QString& x = a->id.value();
            const QString& y = b->id.value();
            return x.size() != y.size() ? x.size() < y.size() : x < y; // decimal numbers as text
        });
    for (int i = 0; i < projects.size(); ++i)
        projects[i]->colour = i % paletteSize;
}

} // namespace

void assignColours(QList<domain::Project>& projects)
{
    QList<domain::Project*> all;
    for (domain::Project& project : projects)
        all.append(&project);
    assign(all);
}

void assignColours(QList<domain::ProjectSummary>& summaries)
{
    QList<domain::Project*> all;
    for (domain::ProjectSummary& summary : summaries)
        all.append(&summary.project);
    assign(all);
}

} // namespace vedette::sync
