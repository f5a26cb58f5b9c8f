// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/event/tagsview.h"

#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "views/common/card.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr qsizetype maxTags = 200;

QString percent(double share)
{
    return QLocale().toString(share * 100, 'f', 0) + QLocale().percent();
}

} // namespace

ShareBar::ShareBar(const QString& text, double share, QWidget* parent)
    : QWidget(parent)
    , m_text(core::singleLine(text, 200))
    , m_share(share)
{
    setObjectName(u"shareBar"_s);
    setAccessibleName(
        share >= 0 ? tr("%1, %2 of events", "value, share").arg(m_text, percent(share)) : m_text);
    setToolTip(toolTipText(text));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ShareBar::sizeHint() const
{
    return {120, fontMetrics().height() + 4};
}

void ShareBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& tokens = tokensOf(palette());
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.code);
    painter.drawRoundedRect(rect(), 3, 3);
    if (m_share > 0) {
        painter.setBrush(tokens.band);
        painter.drawRoundedRect(QRectF(0, 0, width() * std::min(1.0, m_share), height()), 3, 3);
    }
    painter.setPen(tokens.text);
    painter.drawText(rect().adjusted(6, 0, -4, 0), int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
        fontMetrics().elidedText(m_text, Qt::ElideRight, width() - 10));
}

TagsView::TagsView(
    const QList<domain::EventTag>& tags, const QList<domain::TagDistribution>& distributions, QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"tags"_s);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::m);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(4, 1);
    const qsizetype shown = std::min(tags.size(), maxTags);
    for (qsizetype i = 0; i < shown; ++i) {
        const domain::EventTag& tag = tags[i];
        double share = -1;
        for (const domain::TagDistribution& distribution : distributions) {
            if (distribution.key != tag.key || distribution.total <= 0)
                continue;
            for (const domain::TagDistribution::Value& value : distribution.top) {
                if (value.value == tag.value)
                    share = double(value.count) / double(distribution.total);
            }
        }
        const int column = int(i % 2) * 3;
        auto* key = new ElidedLabel(tag.key);
        key->setProperty("role", u"secondary"_s);
        key->setFixedWidth(fontMetrics().averageCharWidth() * 14);
        grid->addWidget(key, int(i / 2), column);
        grid->addWidget(new ShareBar(tag.value, share), int(i / 2), column + 1);
        auto* label = new PlainLabel(share >= 0 ? percent(share) : QString(), "secondary");
        label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        label->setMinimumWidth(fontMetrics().horizontalAdvance(u"100%"_s));
        grid->addWidget(label, int(i / 2), column + 2);
    }
    if (tags.size() > shown) {
        grid->addWidget(new PlainLabel(tr("%n more tag(s)", "", int(tags.size() - shown)), "secondary"),
            int(shown / 2 + 1), 0, 1, 6);
    }
}

TagDistributionsView::TagDistributionsView(
    const QList<domain::TagDistribution>& distributions, QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"tagDistributions"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    if (distributions.isEmpty())
        layout->addWidget(new PlainLabel(tr("No tags yet."), "secondary"));
    for (const domain::TagDistribution& distribution : distributions) {
        auto* card =
            new Card(core::singleLine(distribution.key, 80), tr("%n event(s)", "", int(distribution.total)));
        auto* body = new QWidget;
        auto* grid = new QGridLayout(body);
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setColumnStretch(0, 1);
        int row = 0;
        for (const domain::TagDistribution::Value& value : distribution.top) {
            const double share =
                distribution.total > 0 ? double(value.count) / double(distribution.total) : 0;
            grid->addWidget(new ShareBar(value.value.isEmpty() ? tr("(empty)") : value.value, share), row, 0);
            auto* number = new PlainLabel(count(value.count), "secondary");
            number->setAlignment(Qt::AlignRight);
            grid->addWidget(number, row, 1);
            auto* part = new PlainLabel(percent(share), "secondary");
            part->setAlignment(Qt::AlignRight);
            part->setMinimumWidth(fontMetrics().horizontalAdvance(u"100%"_s));
            grid->addWidget(part, row, 2);
            ++row;
        }
        card->addContent(body);
        layout->addWidget(card);
    }
    layout->addStretch(1);
}

} // namespace vedette::views
