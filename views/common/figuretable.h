// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <QWidget>

class QGridLayout;

namespace vedette::views {

/// A few rows of a small table: a head in small letters, texts on the left, figures on the right of their
/// columns. What it shows is plain text, bounded and on one line each.
class FigureTable final : public QWidget
{
    Q_OBJECT

public:
    struct Column
    {
        QString name;
        bool isFigure = false; ///< right-aligned, as wide as needed; texts share the rest
    };

    explicit FigureTable(const QList<Column>& columns, QWidget* parent = nullptr);

    /// Replaces the rows, each with one text a column; the same ones again change nothing. At most `mostRows`
    /// of them are shown, and how many more there are is said.
    void setRows(const QList<QStringList>& rows);
    [[nodiscard]] const QList<QStringList>& rows() const { return m_rows; }

    static constexpr qsizetype mostRows = 12;

private:
    void addHead();

    const QList<Column> m_columns;
    QList<QStringList> m_rows;
    QGridLayout* m_grid = nullptr;
    QWidget* m_body = nullptr;
};

} // namespace vedette::views
