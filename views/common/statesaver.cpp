// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/statesaver.h"

#include <QHeaderView>
#include <QSplitter>
#include <QTimer>

#include "models/settings/settings.h"

namespace vedette::views {
namespace {

constexpr std::chrono::milliseconds quiet{400}; // dragging sends a signal for every pixel

} // namespace

StateSaver::StateSaver(settings::Settings& settings, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
{}

template<class W>
void StateSaver::keepState(W* widget)
{
    Q_ASSERT(!widget->objectName().isEmpty());
    const auto key = settings::widgetState(widget->objectName());
    const QByteArray state = m_settings.value(key);
    if (!state.isEmpty())
        widget->restoreState(state);
    auto* timer = new QTimer(widget);
    timer->setSingleShot(true);
    timer->setInterval(quiet);
    connect(timer, &QTimer::timeout, this,
        [this, widget, key] { m_settings.setValue(key, widget->saveState()); });
    if constexpr (std::is_same_v<W, QSplitter>) {
        connect(widget, &QSplitter::splitterMoved, timer, [timer] { timer->start(); });
    } else {
        connect(widget, &QHeaderView::sectionResized, timer, [timer] { timer->start(); });
        connect(widget, &QHeaderView::sectionMoved, timer, [timer] { timer->start(); });
    }
}

void StateSaver::keep(QSplitter* splitter)
{
    keepState(splitter);
}

void StateSaver::keep(QHeaderView* header)
{
    keepState(header);
}

} // namespace vedette::views
