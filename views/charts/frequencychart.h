// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/core/clock.h"
#include "models/domain/series.h"

class QChart;
class QChartView;

namespace vedette::views {

/// Events over time as bars, with a read-out under the pointer or the keyboard cursor. Axis labels are local
/// time. The numbers can be copied as text, and a sentence tells screen readers what is to be seen.
class FrequencyChart final : public QWidget
{
    Q_OBJECT

public:
    explicit FrequencyChart(QWidget* parent = nullptr);

    /// Replaces what is shown. `spikeFrom`: bars from that moment on are drawn in the spike colour.
    void setSeries(const domain::Series& series, std::optional<core::TimePoint> spikeFrom = {});
    [[nodiscard]] const domain::Series& series() const { return m_series; }
    /// `time<tab>count` lines.
    [[nodiscard]] QString asText() const;

signals:
    /// What is under the cursor, or nothing.
    void readOutChanged(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void setCursorBar(int bar);
    [[nodiscard]] QString barText(int bar) const;

    domain::Series m_series;
    std::optional<core::TimePoint> m_spikeFrom;
    QChartView* m_view;
    int m_cursor = -1;
};

} // namespace vedette::views
