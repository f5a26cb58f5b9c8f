// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/serversentevents.h"

#include <algorithm>
#include <utility>

namespace vedette::api {

QList<ServerSentEvent> ServerSentEvents::read(const QByteArray& bytes)
{
    QList<ServerSentEvent> out;
    for (const char c : bytes) {
        if (std::exchange(m_afterReturn, c == '\r') && c == '\n')
            continue;
        if (c == '\r' || c == '\n') {
            takeLine(out);
        } else if (m_line.size() < m_maxBytes) {
            m_line.append(c);
        } else {
            m_isTooLong = true;
        }
    }
    return out;
}

void ServerSentEvents::restart()
{
    m_line.clear();
    m_type.clear();
    m_data.clear();
    m_atStart = true;
    m_afterReturn = false;
    m_hasData = false;
    m_isTooLong = false;
    m_dropsEvent = false;
}

void ServerSentEvents::takeLine(QList<ServerSentEvent>& out)
{
    QByteArray line = std::exchange(m_line, {});
    const bool isTooLong = std::exchange(m_isTooLong, false);
    if (std::exchange(m_atStart, false) && line.startsWith("\xef\xbb\xbf"))
        line.remove(0, 3);
    if (isTooLong) {
        m_dropsEvent = true;
        return;
    }
    if (line.isEmpty()) {
        if (m_hasData && !m_dropsEvent)
            out.append({m_type.isEmpty() ? QByteArray("message") : m_type, m_lastId, m_data});
        m_type.clear();
        m_data.clear();
        m_hasData = false;
        m_dropsEvent = false;
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return; // a comment: the heartbeat
    QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    takeField(colon < 0 ? line : line.first(colon), value);
}

void ServerSentEvents::takeField(const QByteArray& name, const QByteArray& value)
{
    if (name == "data") {
        if (m_hasData)
            m_data.append('\n');
        m_hasData = true;
        if (m_data.size() + value.size() > m_maxBytes)
            m_dropsEvent = true;
        else
            m_data.append(value);
    } else if (name == "event") {
        m_type = value;
    } else if (name == "id") {
        if (!value.contains('\0'))
            m_lastId = value;
    } else if (name == "retry") {
        const bool isNumber = !value.isEmpty() && std::all_of(value.cbegin(), value.cend(),
                                                      [](char c) { return c >= '0' && c <= '9'; });
        bool fits = false;
        const int wait = value.toInt(&fits);
        if (isNumber && fits)
            m_retry = std::chrono::milliseconds(wait);
    }
}

} // namespace vedette::api
