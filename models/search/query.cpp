// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/search/query.h"

#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace vedette::search {
namespace {

QString quotedText(const QString& text)
{
    QString out = text;
    out.replace(u'"', u"\\\""_s);
    return u'"' + out + u'"';
}

bool needsQuotes(const Value& value)
{
    if (value.quoted || value.text.isEmpty())
        return true;
    for (const QChar c : value.text) {
        if (c.isSpace() || c == u'(' || c == u')' || c == u'"' || c == u',' || c == u'[' || c == u']')
            return true;
    }
    return false;
}

QString valueText(const Value& value)
{
    return needsQuotes(value) ? quotedText(value.text) : value.text;
}

QString operatorText(Operator op)
{
    switch (op) {
    case Operator::Equal:
        return {};
    case Operator::NotEqual:
        return u"!="_s;
    case Operator::Less:
        return u"<"_s;
    case Operator::LessOrEqual:
        return u"<="_s;
    case Operator::Greater:
        return u">"_s;
    case Operator::GreaterOrEqual:
        return u">="_s;
    }
    return {};
}

QString keyText(const Filter& filter)
{
    if (filter.explicitTag)
        return u"tags["_s + filter.key + u']';
    for (const QChar c : filter.key) {
        if (!c.isLetterOrNumber() && c != u'_' && c != u'.' && c != u'-')
            return quotedText(filter.key);
    }
    return filter.key;
}

QString filterText(const Filter& filter)
{
    QString out = filter.negated ? u"!"_s : QString();
    out += keyText(filter) + u':';
    if (!filter.isList)
        return out + operatorText(filter.op) +
               (filter.values.isEmpty() ? u"\"\""_s : valueText(filter.values.first()));
    QStringList items;
    for (const Value& value : filter.values)
        items << valueText(value);
    return out + u'[' + items.join(u", "_s) + u']';
}

} // namespace

QString Query::freeText() const
{
    QStringList words;
    for (const Term& term : terms) {
        if (const auto* text = std::get_if<FreeText>(&term))
            words << text->text;
    }
    return words.join(u' ');
}

QString toText(const Query& query)
{
    QStringList parts;
    for (const Term& term : query.terms) {
        if (const auto* filter = std::get_if<Filter>(&term))
            parts << filterText(*filter);
        else if (const auto* text = std::get_if<FreeText>(&term))
            parts << (text->quoted ? quotedText(text->text) : text->text);
    }
    return parts.join(u' ');
}

} // namespace vedette::search
