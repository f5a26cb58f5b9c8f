// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/domain/event.h"

class QGridLayout;

namespace vedette::views {

/// Names and values in two columns, long values cut with their whole text a click away. Rows past the first
/// hundred appear on demand.
class ValueTable final : public QWidget
{
    Q_OBJECT

public:
    explicit ValueTable(const domain::NamedValues& values, QWidget* parent = nullptr);
    explicit ValueTable(const QList<std::pair<QString, QString>>& values, QWidget* parent = nullptr);

private:
    void addRows(qsizetype from, qsizetype to);

    QList<std::pair<QString, QString>> m_values;
    QGridLayout* m_grid;
};

/// Any JSON as text for people: scalars as they are, containers indented, at most `maxLength`.
[[nodiscard]] QString valueText(const QJsonValue& value, qsizetype maxLength = 20'000);
/// The same on one line.
[[nodiscard]] QString valueLine(const QJsonValue& value, qsizetype maxLength = 300);

} // namespace vedette::views
