// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/card.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

Card::Card(const QString& title, const QString& subtitle, QWidget* parent)
    : QFrame(parent)
    , m_layout(new QVBoxLayout(this))
    , m_header(new QHBoxLayout)
    , m_subtitle(new ElidedLabel)
{
    setProperty("role", u"card"_s);
    setAccessibleName(title);
    m_layout->setContentsMargins(1, 1, 1, 1);
    m_layout->setSpacing(0);
    m_header->setContentsMargins(space::m, space::s, space::s, space::s);
    m_header->setSpacing(space::s);
    auto* label = new ElidedLabel(title);
    label->setFont(boldFont(label->font()));
    // The title gives way only when it is a long text of a server; the subtitle before it.
    label->setMinimumWidth(std::min(label->sizeHint().width(), label->fontMetrics().averageCharWidth() * 30));
    m_subtitle->setRole("secondary");
    m_header->addWidget(label);
    m_header->addWidget(m_subtitle);
    m_header->addStretch(1);
    m_layout->addLayout(m_header);
    setSubtitle(subtitle);
}

void Card::setSubtitle(const QString& subtitle)
{
    m_subtitle->setFullText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void Card::addToHeader(QWidget* widget)
{
    m_header->addWidget(widget, 0, Qt::AlignVCenter);
}

void Card::addContent(QWidget* widget)
{
    auto* holder = new QHBoxLayout;
    holder->setContentsMargins(space::m, 0, space::m, space::m);
    holder->addWidget(widget);
    m_layout->addLayout(holder);
}

void Card::endContent()
{
    m_layout->addStretch(1);
}

void Card::addFlush(QWidget* widget)
{
    m_layout->addWidget(widget);
}

void Card::addWide(QWidget* widget)
{
    auto* line = new QFrame;
    line->setProperty("role", u"line"_s);
    m_layout->addWidget(line);
    m_layout->addWidget(widget);
}

} // namespace vedette::views
