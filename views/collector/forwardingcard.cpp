// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/collector/forwardingcard.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

#include "models/core/text.h"
#include "views/common/card.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr qsizetype mostWords = 400; ///< of what an upstream said: about three lines
/// Air that tells one project's words from the next project's figures, the figures, three lines of words.
constexpr int linesPerRow = 5;

QStringList columnNames()
{
    return {ForwardingCard::tr("Project"), ForwardingCard::tr("Waiting", "envelopes, a column"),
        ForwardingCard::tr("Sent", "envelopes, a column"),
        ForwardingCard::tr("Refused", "envelopes by the upstream, a column"),
        ForwardingCard::tr("Not queued", "envelopes, a column"),
        ForwardingCard::tr("Last sent", "when, a column")};
}

void say(TextLabel* label, const QString& text)
{
    if (label->wholeText() != text)
        label->setWholeText(text);
    label->setVisible(!text.isEmpty());
}

QString waitText(const domain::Forwarding& forwarding, core::TimePoint now)
{
    if (forwarding.error.isEmpty())
        return {};
    const QString why = core::singleLine(forwarding.error, mostWords);
    if (forwarding.notBefore && *forwarding.notBefore > now) {
        return ForwardingCard::tr("Waits until %1, then tries again: %2", "when, why")
            .arg(localTime(*forwarding.notBefore, now), why);
    }
    return ForwardingCard::tr("Waits: %1", "why").arg(why);
}

} // namespace

ForwardingCard::ForwardingCard(QWidget* parent)
    : QWidget(parent)
    , m_card(new Card(tr("Passed on"), tr("kept until the upstream has taken it")))
    , m_holder(new QWidget)
{
    m_card->setObjectName(u"forwardingCard"_s);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_card);
    auto* layout = new QVBoxLayout(m_holder);
    layout->setContentsMargins(0, 0, 0, 0);
    m_card->addContent(m_holder);
    hide();
}

void ForwardingCard::show(const QList<domain::Forwarding>& forwarding, core::TimePoint now)
{
    setVisible(!forwarding.isEmpty());
    if (m_rows.size() != forwarding.size())
        rebuild(forwarding.size());
    for (qsizetype i = 0; i < forwarding.size(); ++i)
        fill(m_rows[i], forwarding[i], now);
}

void ForwardingCard::rebuild(qsizetype rows)
{
    delete m_body;
    m_body = new QWidget;
    m_rows.clear();
    auto* grid = new QGridLayout(m_body);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::l);
    grid->setVerticalSpacing(space::xs);
    grid->setColumnStretch(0, 1);
    const QStringList names = columnNames();
    for (int i = 0; i < names.size(); ++i) {
        auto* name = new PlainLabel(names[i], "secondary");
        name->setFont(smallFont(font()));
        grid->addWidget(name, 0, i, i == 0 ? Qt::AlignLeft : Qt::AlignRight);
    }
    for (qsizetype i = 0; i < rows; ++i)
        m_rows.append(addRow(*grid, int(i) * linesPerRow + 1));
    m_holder->layout()->addWidget(m_body);
}

ForwardingCard::Row ForwardingCard::addRow(QGridLayout& grid, int line)
{
    Row row = {new ElidedLabel, {}, new TextLabel, new TextLabel, new TextLabel};
    row.project->setObjectName(u"forwardedProject"_s);
    grid.setRowMinimumHeight(line, space::xs);
    grid.addWidget(row.project, ++line, 0);
    for (qsizetype i = 1; i < columnNames().size(); ++i) {
        auto* figure = new PlainLabel;
        figure->setObjectName(u"figure"_s);
        figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid.addWidget(figure, line, int(i));
        row.figures.append(figure);
    }
    row.waits->setObjectName(u"forwardingWaits"_s);
    row.waits->setRole("warning");
    row.refusal->setObjectName(u"forwardingRefusal"_s);
    row.refusal->setRole("error");
    row.notQueued->setObjectName(u"forwardingNotQueued"_s);
    row.notQueued->setRole("secondary");
    for (TextLabel* words : {row.waits, row.refusal, row.notQueued}) {
        words->setFont(smallFont(font()));
        grid.addWidget(words, ++line, 0, 1, -1);
    }
    return row;
}

void ForwardingCard::fill(const Row& row, const domain::Forwarding& forwarding, core::TimePoint now)
{
    const QString project = core::singleLine(forwarding.project, 100);
    if (row.project->fullText() != project)
        row.project->setFullText(project);
    const QStringList figures = {count(forwarding.waiting), count(forwarding.sent), count(forwarding.refused),
        count(forwarding.notQueued),
        forwarding.lastSent ? localTime(*forwarding.lastSent, now) : tr("never", "sent")};
    const QStringList names = columnNames();
    for (qsizetype i = 0; i < figures.size(); ++i) {
        row.figures[i]->setText(figures[i]);
        row.figures[i]->setAccessibleName(tr("%1: %2", "name, value").arg(names[i + 1], figures[i]));
    }
    say(row.waits, waitText(forwarding, now));
    say(row.refusal, forwarding.refusal.isEmpty()
                         ? QString()
                         : tr("Refused last: %1", "the upstream's words")
                               .arg(core::singleLine(forwarding.refusal, mostWords)));
    say(row.notQueued,
        forwarding.notQueued == 0
            ? QString()
            : tr("%n envelope(s) not queued: too large, or the queue was full", "",
                  int(std::min<qint64>(forwarding.notQueued, std::numeric_limits<int>::max()))));
}

} // namespace vedette::views
