// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/domain/event.h"

class QGridLayout;
class QVBoxLayout;

namespace vedette::views {

/// Names and values in two columns, long values cut with their whole text a click away, lists and objects on
/// one line that opens into a table of its own. Rows past the first forty appear on demand.
class ValueTable final : public QWidget
{
    Q_OBJECT

public:
    explicit ValueTable(const domain::NamedValues& values, QWidget* parent = nullptr);
    explicit ValueTable(const QList<std::pair<QString, QString>>& values, QWidget* parent = nullptr);

    /// Replaces what is shown; the same values again change nothing.
    void setValues(const domain::NamedValues& values);
    void setValues(const QList<std::pair<QString, QString>>& values);

private:
    void rebuild();
    void addRows(qsizetype from, qsizetype to);
    [[nodiscard]] QWidget* textCell(const QString& name, const QString& value);
    [[nodiscard]] QWidget* treeCell(const QString& name, const QJsonValue& value);

    domain::NamedValues m_values;
    QVBoxLayout* m_layout;
    QWidget* m_rows = nullptr;
    QGridLayout* m_grid = nullptr;
};

/// The children of a list or object by name or index, at most `most` of them; empty for all else.
[[nodiscard]] domain::NamedValues childrenOf(const QJsonValue& value, qsizetype most = 1000);
/// Any JSON as text for people: scalars as they are, containers indented, at most `maxLength`.
[[nodiscard]] QString valueText(const QJsonValue& value, qsizetype maxLength = 20'000);
/// The same on one line.
[[nodiscard]] QString valueLine(const QJsonValue& value, qsizetype maxLength = 300);

} // namespace vedette::views
