// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/core/result.h"
#include "models/domain/collector.h"

class QCheckBox;
class QDoubleSpinBox;
class QPushButton;
class QSpinBox;

namespace vedette::sync {
class CollectorFeed;
}

namespace vedette::views {

class PlainLabel;

/// What the collector keeps, how long and how much of it, and whether it takes SDKs without a DSN.
class StorageCard final : public QWidget
{
    Q_OBJECT

public:
    explicit StorageCard(sync::CollectorFeed& feed, QWidget* parent = nullptr);

    void show(const domain::CollectorStatus& status);

signals:
    /// The settings could not be read or kept.
    void failed(const vedette::core::Error& error);

private:
    void read();
    void keep();
    void fill(const domain::CollectorSettings& settings);
    [[nodiscard]] domain::CollectorSettings typed() const;
    void updateButton();

    sync::CollectorFeed& m_feed;
    PlainLabel* m_used;
    QSpinBox* m_days;
    QDoubleSpinBox* m_gigabytes;
    QCheckBox* m_spotlight;
    QPushButton* m_save;
    domain::CollectorSettings m_kept;
    bool m_isRead = false;
};

} // namespace vedette::views
