// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/figuretable.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr qsizetype mostLength = 300;

} // namespace

FigureTable::FigureTable(const QList<Column>& columns, QWidget* parent)
    : QWidget(parent)
    , m_columns(columns)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

void FigureTable::addHead()
{
    for (int i = 0; i < m_columns.size(); ++i) {
        auto* name = new PlainLabel(m_columns[i].name, "secondary");
        name->setFont(smallFont(font()));
        m_grid->addWidget(name, 0, i, m_columns[i].isFigure ? Qt::AlignRight : Qt::AlignLeft);
        m_grid->setColumnStretch(i, m_columns[i].isFigure ? 0 : 1);
    }
}

void FigureTable::setRows(const QList<QStringList>& rows)
{
    if (m_body != nullptr && rows == m_rows)
        return;
    m_rows = rows;
    delete m_body;
    m_body = new QWidget;
    m_grid = new QGridLayout(m_body);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::l);
    m_grid->setVerticalSpacing(space::xs);
    layout()->addWidget(m_body);
    addHead();
    const qsizetype shown = std::min(rows.size(), mostRows);
    for (qsizetype row = 0; row < shown; ++row) {
        for (int i = 0; i < m_columns.size() && i < rows[row].size(); ++i) {
            const QString text = core::singleLine(rows[row][i], mostLength);
            PlainLabel* cell = m_columns[i].isFigure ? new PlainLabel(text) : new ElidedLabel(text);
            cell->setObjectName(u"figure"_s);
            cell->setAccessibleName(tr("%1: %2", "name, value").arg(m_columns[i].name, text));
            if (m_columns[i].isFigure)
                cell->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_grid->addWidget(cell, int(row) + 1, i);
        }
    }
    if (shown < rows.size()) {
        auto* more = new PlainLabel(tr("and %n more", "", int(rows.size() - shown)), "secondary");
        m_grid->addWidget(more, int(shown) + 1, 0, 1, -1);
    }
}

} // namespace vedette::views
