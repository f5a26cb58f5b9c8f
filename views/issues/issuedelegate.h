// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QSet>
#include <QStyledItemDelegate>

#include "models/core/clock.h"
#include "models/domain/ids.h"
#include "models/domain/issue.h"

namespace vedette::views {

/// Draws the cells of the issue list: two lines with stripe, level, title and badge, the trend, numbers, age
/// and assignee. Holds what the model does not know: project colours, which issues spike, whether rows are
/// being chosen.
class IssueDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit IssueDelegate(const core::Clock& clock, QObject* parent = nullptr);

    void setProjectColours(const QHash<domain::ProjectId, int>& colours) { m_colours = colours; }
    void setSpiking(const QSet<domain::IssueId>& issues) { m_spiking = issues; }
    /// Check boxes appear only while selecting.
    void setChoosing(bool choosing) { m_choosing = choosing; }

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintTitle(QPainter& painter, const QRect& rect, const domain::Issue& issue, bool checked) const;
    void paintNumber(QPainter& painter, const QRect& rect, const QString& text, bool strong) const;

    const core::Clock& m_clock;
    QHash<domain::ProjectId, int> m_colours;
    QSet<domain::IssueId> m_spiking;
    bool m_choosing = false;
};

} // namespace vedette::views
