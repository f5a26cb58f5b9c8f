// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHeaderView>

namespace vedette::views {

/// The header of the issue list: small words over their column, the sorted one bold with its arrow. A style
/// sheet would put the arrow at the far end of the cell.
class IssueHeader final : public QHeaderView
{
    Q_OBJECT

public:
    explicit IssueHeader(QWidget* parent = nullptr);

    /// How far the first column's word is moved to stand over the titles.
    void setFirstIndent(int pixels);
    /// The word of a column, with place for the arrow.
    [[nodiscard]] int widthOf(int section) const;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override;

private:
    [[nodiscard]] QString textOf(int section) const;

    int m_firstIndent = 0;
};

} // namespace vedette::views
