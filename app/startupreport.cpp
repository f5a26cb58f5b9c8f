// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/startupreport.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QFile>
#include <QTimer>

#include <chrono>
#include <cstdio>

namespace vedette::app {

using namespace Qt::Literals::StringLiterals;

namespace {

qint64 monotonicNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

qint64 proportionalSetKb()
{
    QFile file(u"/proc/self/smaps_rollup"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("Pss:"))
            return line.mid(4).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

} // namespace

void StartupReport::installIfWanted()
{
    bool isNumber = false;
    const qint64 started = qEnvironmentVariable("VEDETTE_STARTUP_REPORT").toLongLong(&isNumber);
    if (isNumber)
        qApp->installEventFilter(new StartupReport(started, qApp));
}

StartupReport::StartupReport(qint64 startedNs, QObject* parent)
    : QObject(parent)
    , m_startedNs(startedNs)
{}

bool StartupReport::eventFilter(QObject* object, QEvent* event)
{
    if (m_isDone || event->type() != QEvent::Paint || object->parent() == nullptr)
        return false;
    const auto* view = qobject_cast<QAbstractItemView*>(object->parent());
    if (!view || view->viewport() != object || view->objectName() != "issueList"_L1 || !view->model() ||
        view->model()->rowCount(view->rootIndex()) == 0)
        return false;
    m_isDone = true;
    // The event is yet to be handled: report behind it.
    QTimer::singleShot(0, this, [this] { report(); });
    return false;
}

void StartupReport::report() const
{
    const double ms = double(monotonicNs() - m_startedNs) / 1e6;
    std::printf("{\"ms\":%.2f,\"pssKb\":%lld}\n", ms, static_cast<long long>(proportionalSetKb()));
    std::fflush(stdout);
    QCoreApplication::quit();
}

} // namespace vedette::app
