// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/domain/event.h"

class QGridLayout;

namespace vedette::views {

/// The way to the crash, newest first: time before it, kind, what happened. The last thirty at first.
class BreadcrumbsView final : public QWidget
{
    Q_OBJECT

public:
    BreadcrumbsView(const QList<domain::Breadcrumb>& crumbs, std::optional<core::TimePoint> crash,
        QWidget* parent = nullptr);

private:
    void addRows(qsizetype from, qsizetype to);

    QList<domain::Breadcrumb> m_crumbs; ///< newest first
    std::optional<core::TimePoint> m_crash;
    QGridLayout* m_grid;
};

/// What a breadcrumb says, on one line; HTTP ones by method, address and status.
[[nodiscard]] QString breadcrumbText(const domain::Breadcrumb& crumb);

} // namespace vedette::views
