// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/sync/collectorfeed.h"

class QGridLayout;

namespace vedette::views {

class Card;

/// The collector's projects, each with its keys, whether it passes on and which pages post to it, and a way
/// to its settings. Of many the first few, until all are wanted.
class ProjectsCard final : public QWidget
{
    Q_OBJECT

public:
    explicit ProjectsCard(QWidget* parent = nullptr);

    /// Below the rows: the form that makes a new one.
    void setForm(QWidget* form);
    void show(
        const QList<sync::CollectorFeed::ProjectWithKeys>& projects, const domain::CollectorStatus& status);

signals:
    void settingsWanted(const QString& slug);

private:
    struct Row
    {
        QString slug;
        QString name;
        QString state;
        friend bool operator==(const Row&, const Row&) = default;
    };
    void rebuild();
    void addRow(QGridLayout& grid, int line, const Row& row);
    [[nodiscard]] static QString stateOf(
        const sync::CollectorFeed::ProjectWithKeys& project, const domain::CollectorStatus& status);

    Card* m_card;
    QWidget* m_body = nullptr;
    QWidget* m_holder;
    QList<Row> m_rows;
    bool m_showsAll = false;
};

} // namespace vedette::views
