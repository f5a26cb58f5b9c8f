// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/linkheader.h"

#include <QUrl>
#include <QUrlQuery>

namespace vedette::api {
namespace {

// Cursors are a few dozen bytes; nothing honest comes near this.
constexpr qsizetype longestCursor = 2'000;
constexpr qsizetype longestHeader = 64'000;

struct Entry
{
    QByteArray relation;
    bool hasResults = false;
    QByteArray cursor;
    bool hasCursor = false;
};

QByteArrayView skipBlank(QByteArrayView text)
{
    while (!text.isEmpty() && (text.front() == ' ' || text.front() == '\t'))
        text = text.sliced(1);
    return text;
}

/// Takes `"quoted \" text"` or a bare token off the front of `text`.
QByteArray takeValue(QByteArrayView& text)
{
    QByteArray out;
    if (text.isEmpty() || text.front() != '"') {
        qsizetype end = 0;
        while (end < text.size() && text[end] != ';' && text[end] != ',' && text[end] != ' ')
            ++end;
        out = text.first(end).toByteArray();
        text = text.sliced(end);
        return out;
    }
    text = text.sliced(1);
    while (!text.isEmpty() && text.front() != '"') {
        if (text.front() == '\\' && text.size() > 1)
            text = text.sliced(1);
        out += text.front();
        text = text.sliced(1);
    }
    if (!text.isEmpty())
        text = text.sliced(1);
    return out;
}

/// Takes `; name=value; name=value` off the front of `text`, up to the next entry or the end.
void takeAttributes(QByteArrayView& text, Entry& entry)
{
    for (;;) {
        text = skipBlank(text);
        if (text.isEmpty() || text.front() != ';')
            return;
        text = skipBlank(text.sliced(1));
        qsizetype end = 0;
        while (end < text.size() && text[end] != '=' && text[end] != ';' && text[end] != ',')
            ++end;
        const QByteArray name = text.first(end).toByteArray().trimmed().toLower();
        text = text.sliced(end);
        if (text.isEmpty() || text.front() != '=')
            continue;
        text = skipBlank(text.sliced(1));
        const QByteArray value = takeValue(text);
        if (name == "rel") {
            entry.relation = value.trimmed().toLower();
        } else if (name == "results") {
            entry.hasResults = value.trimmed().compare("true", Qt::CaseInsensitive) == 0;
        } else if (name == "cursor") {
            entry.cursor = value;
            entry.hasCursor = true;
        }
    }
}

/// The cursor in the query of a link; nothing else of the URL is looked at.
QByteArray cursorOf(QByteArrayView url)
{
    const qsizetype question = url.indexOf('?');
    if (question < 0)
        return {};
    const QUrlQuery query(QString::fromUtf8(url.sliced(question + 1)));
    return query.queryItemValue(QStringLiteral("cursor"), QUrl::FullyDecoded).toUtf8();
}

} // namespace

PageLinks readLinkHeader(QByteArrayView header)
{
    PageLinks out;
    if (header.size() > longestHeader)
        return out;
    QByteArrayView rest = header;
    for (;;) {
        // Whatever stands before the first `<` is decoration: a comma, or GlitchTip's `{'`.
        const qsizetype open = rest.indexOf('<');
        if (open < 0)
            return out;
        rest = rest.sliced(open + 1);
        const qsizetype close = rest.indexOf('>');
        if (close < 0)
            return out;
        const QByteArrayView url = rest.first(close);
        rest = rest.sliced(close + 1);
        Entry entry;
        takeAttributes(rest, entry);
        if (entry.relation != "next" && entry.relation != "previous" && entry.relation != "prev")
            continue;
        if (!entry.hasCursor)
            entry.cursor = cursorOf(url);
        PageLink& link = entry.relation == "next" ? out.next : out.previous;
        if (entry.cursor.size() <= longestCursor)
            link.cursor = QString::fromUtf8(entry.cursor);
        link.hasResults = entry.hasResults;
    }
}

} // namespace vedette::api
