// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/core/clock.h"
#include "models/domain/collector.h"

class QGridLayout;

namespace vedette::views {

class Card;
class ElidedLabel;
class PlainLabel;
class TextLabel;

/// How passing on goes: of each project with an upstream how many envelopes wait, were sent, were refused and
/// found no place in the queue, and below that in words why they wait and what the upstream said. Hidden
/// while nothing is passed on.
class ForwardingCard final : public QWidget
{
    Q_OBJECT

public:
    explicit ForwardingCard(QWidget* parent = nullptr);

    /// What changed is changed in place, so that a text that somebody is selecting stays.
    void show(const QList<domain::Forwarding>& forwarding, core::TimePoint now);

private:
    struct Row
    {
        ElidedLabel* project;
        QList<PlainLabel*> figures;
        TextLabel* waits;
        TextLabel* refusal;
        TextLabel* notQueued;
    };
    void rebuild(qsizetype rows);
    [[nodiscard]] Row addRow(QGridLayout& grid, int line);
    static void fill(const Row& row, const domain::Forwarding& forwarding, core::TimePoint now);

    Card* m_card;
    QWidget* m_holder;
    QWidget* m_body = nullptr;
    QList<Row> m_rows;
};

} // namespace vedette::views
