// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/domain/event.h"
#include "models/domain/issue.h"

namespace vedette::views {

/// A value with its share, drawn as a bar behind the text.
class ShareBar final : public QWidget
{
    Q_OBJECT

public:
    ShareBar(const QString& text, double share, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    double m_share;
};

/// The tags of one event, two pairs a row, each with its share over the issue where that is known.
class TagsView final : public QWidget
{
    Q_OBJECT

public:
    TagsView(const QList<domain::EventTag>& tags, const QList<domain::TagDistribution>& distributions,
        QWidget* parent = nullptr);
};

/// Every tag key of an issue with its most frequent values.
class TagDistributionsView final : public QWidget
{
    Q_OBJECT

public:
    explicit TagDistributionsView(
        const QList<domain::TagDistribution>& distributions, QWidget* parent = nullptr);
};

} // namespace vedette::views
