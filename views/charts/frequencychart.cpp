// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/charts/frequencychart.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QStackedBarSeries>
#include <QVBoxLayout>
#include <QValueAxis>

#include <cmath>

#include "views/common/format.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// 1, 2 or 5 times a power of ten at or above the number: axes end there.
double niceCeiling(double value)
{
    if (value <= 4)
        return 4;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 4.0, 5.0, 10.0}) {
        if (value <= step * power)
            return step * power;
    }
    return value;
}

} // namespace

FrequencyChart::FrequencyChart(QWidget* parent)
    : QWidget(parent)
    , m_view(new QChartView(new QChart))
{
    setObjectName(u"frequencyChart"_s);
    setFocusPolicy(Qt::StrongFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRenderHint(QPainter::Antialiasing, false);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setMouseTracking(true);
    m_view->viewport()->setMouseTracking(true);
    m_view->viewport()->installEventFilter(this);
    m_view->setAccessibleName(tr("Chart"));
    m_view->setMinimumHeight(110);
    rebuild();
}

void FrequencyChart::setSeries(const domain::Series& series, std::optional<core::TimePoint> spikeFrom)
{
    if (series == m_series && spikeFrom == m_spikeFrom)
        return;
    m_series = series;
    m_spikeFrom = spikeFrom;
    m_cursor = -1;
    rebuild();
}

void FrequencyChart::rebuild()
{
    const Tokens& tokens = tokensOf(palette());
    QChart* chart = m_view->chart();
    chart->removeAllSeries();
    const QList<QAbstractAxis*> old = chart->axes();
    for (QAbstractAxis* axis : old) {
        chart->removeAxis(axis);
        delete axis;
    }
    chart->legend()->hide();
    chart->setBackgroundVisible(false);
    chart->setMargins({0, 0, 0, 0});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_view->setBackgroundBrush(tokens.surface);
    if (m_series.isEmpty())
        return;

    auto* usual = new QBarSet(tr("events"));
    auto* spike = new QBarSet(tr("spike"));
    qint64 highest = 0;
    for (const domain::Series::Point& point : m_series.points) {
        const bool hot = m_spikeFrom && point.start >= *m_spikeFrom;
        *usual << (hot ? 0.0 : double(point.count));
        *spike << (hot ? double(point.count) : 0.0);
        highest = std::max(highest, point.count);
    }
    const auto colour = [](QBarSet* set, const QColor& fill) {
        set->setColor(fill);
        set->setBorderColor(fill);
        set->setPen(Qt::NoPen);
    };
    colour(usual, tokens.bar);
    colour(spike, tokens.spike);
    auto* bars = new QStackedBarSeries;
    bars->append(usual);
    bars->append(spike);
    bars->setBarWidth(0.82);
    chart->addSeries(bars);

    const QFont small = smallFont(font());
    auto* counts = new QValueAxis;
    counts->setRange(0, niceCeiling(double(highest)));
    counts->setTickCount(3);
    counts->setLabelFormat(u"%.0f"_s);
    counts->setLabelsFont(small);
    counts->setLabelsColor(tokens.secondary);
    counts->setGridLineColor(tokens.border);
    counts->setLinePen(Qt::NoPen);
    chart->addAxis(counts, Qt::AlignLeft);
    bars->attachAxis(counts);

    // Bars stand at 0, 1, 2 ...: labels are put at a few of them, in local time.
    auto* times = new QCategoryAxis;
    times->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    times->setRange(-0.5, double(m_series.points.size()) - 0.5);
    times->setGridLineVisible(false);
    times->setLabelsFont(small);
    times->setLabelsColor(tokens.secondary);
    times->setLinePen(QPen(tokens.border));
    times->setTruncateLabels(false);
    const bool daily = m_series.step >= std::chrono::hours(12);
    const auto every = std::max<qsizetype>(1, m_series.points.size() / 5);
    const QLocale locale;
    for (qsizetype i = every / 2; i < m_series.points.size(); i += every) {
        const QDateTime local = core::toDateTime(m_series.points[i].start).toLocalTime();
        const QString label =
            daily ? locale.toString(local.date(), u"d MMM"_s) : locale.toString(local.time(), u"HH:mm"_s);
        // Labels are keys of the axis: two the same would be one.
        times->append(label + QString(int(i / every), QChar(0x200A)), double(i));
    }
    chart->addAxis(times, Qt::AlignBottom);
    bars->attachAxis(times);

    setAccessibleName(tr("%n event(s) over time", "", int(std::min<qint64>(m_series.total(), INT_MAX))));
    setAccessibleDescription(asText());
}

QString FrequencyChart::asText() const
{
    QStringList lines;
    for (const domain::Series::Point& point : m_series.points) {
        lines << core::toDateTime(point.start).toLocalTime().toString(Qt::ISODate) + u'\t' +
                     QString::number(point.count);
    }
    return lines.join(u'\n');
}

QString FrequencyChart::barText(int bar) const
{
    if (bar < 0 || bar >= m_series.points.size())
        return {};
    const domain::Series::Point& point = m_series.points[bar];
    const QLocale locale;
    const QDateTime local = core::toDateTime(point.start).toLocalTime();
    return tr("%1: %n event(s)", "%1 is a moment", int(std::min<qint64>(point.count, INT_MAX)))
        .arg(locale.toString(
            local, m_series.step >= std::chrono::hours(12) ? u"ddd d MMM"_s : u"ddd HH:mm"_s));
}

void FrequencyChart::setCursorBar(int bar)
{
    if (bar == m_cursor)
        return;
    m_cursor = bar;
    emit readOutChanged(barText(bar));
}

bool FrequencyChart::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view->viewport() && !m_series.isEmpty()) {
        if (event->type() == QEvent::MouseMove) {
            const QPointF at = m_view->mapToScene(static_cast<QMouseEvent*>(event)->pos());
            const QList<QAbstractSeries*> series = m_view->chart()->series();
            if (!series.isEmpty()) {
                const QPointF value =
                    m_view->chart()->mapToValue(m_view->chart()->mapFromScene(at), series.first());
                setCursorBar(int(std::lround(value.x())));
            }
        } else if (event->type() == QEvent::Leave) {
            setCursorBar(-1);
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FrequencyChart::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0 || m_series.isEmpty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int last = int(m_series.points.size()) - 1;
    setCursorBar(m_cursor < 0 ? last : std::clamp(m_cursor + step, 0, last));
}

void FrequencyChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        rebuild();
}

} // namespace vedette::views
