// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/core/text.h"

namespace vedette::core {
namespace {

/// Direction overrides, isolates and marks, zero-width characters and the byte order mark: invisible, and
/// able to make text read as something that it is not. ZWJ and ZWNJ stay, emoji and several scripts need
/// them.
bool isInvisibleTrick(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200B || c == 0x200E ||
           c == 0x200F || c == 0x061C || c == 0xFEFF || c == 0x2060;
}

QString clean(QStringView text, qsizetype maxLength, bool keepLines)
{
    QString out;
    out.reserve(std::min(text.size(), maxLength) + 1);
    bool cut = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (out.size() >= maxLength) {
            cut = true;
            break;
        }
        const char16_t c = text[i].unicode();
        if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
            continue;
        const bool isBreak = c == u'\n' || c == u'\r' || c == 0x2028 || c == 0x2029 || c == 0x0B || c == 0x0C;
        const bool isControl = c < 0x20 || (c >= 0x7F && c < 0xA0);
        const bool isHalf =
            (QChar::isHighSurrogate(c) && (i + 1 >= text.size() || !text[i + 1].isLowSurrogate())) ||
            (QChar::isLowSurrogate(c) && (out.isEmpty() || !out.back().isHighSurrogate()));
        if (isBreak || c == u'\t')
            out += keepLines ? (isBreak ? QChar(u'\n') : QChar(u'\t')) : QChar(u' ');
        else if (isControl || isHalf)
            out += QChar(QChar::ReplacementCharacter);
        else if (!isInvisibleTrick(c))
            out += QChar(c);
    }
    if (cut) {
        while (!out.isEmpty() && (out.size() >= maxLength || out.back().isHighSurrogate()))
            out.chop(1);
        out += QChar(u'\u2026');
    }
    return out;
}

} // namespace

QString singleLine(QStringView text, qsizetype maxLength)
{
    return clean(text, maxLength, false);
}

QString multiLine(QStringView text, qsizetype maxLength)
{
    return clean(text, maxLength, true);
}

} // namespace vedette::core
