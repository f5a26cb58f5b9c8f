// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/search/parser.h"

#include <optional>

#include <QRegularExpression>

#include "models/search/values.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::search {
namespace {

constexpr qsizetype maxLength = 10'000;

bool isKeyCharacter(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u == '_' ||
           u == '.' || u == '-';
}

class Parser
{
public:
    explicit Parser(QStringView text)
        : m_text(text)
    {}

    tl::expected<Query, SyntaxError> run()
    {
        Query query;
        for (;;) {
            while (m_at < m_text.size() && m_text[m_at].isSpace())
                ++m_at;
            if (m_at >= m_text.size())
                return query;
            if (const auto key = readKey()) {
                auto filter = readFilter(*key);
                if (!filter)
                    return tl::unexpected(filter.error());
                query.terms << std::move(*filter);
                continue;
            }
            auto text = readFreeText();
            if (!text)
                return tl::unexpected(text.error());
            query.terms << std::move(*text);
        }
    }

private:
    struct Key
    {
        QString name;
        bool explicitTag = false;
        bool negated = false;
        qsizetype start = 0;
    };

    [[nodiscard]] QChar at(qsizetype index) const { return index < m_text.size() ? m_text[index] : QChar(); }

    tl::unexpected<SyntaxError> fault(const QString& message, qsizetype start) const
    {
        return tl::unexpected(SyntaxError{message, {start, std::max<qsizetype>(1, m_at - start)}});
    }

    /// The key and its colon at the current place, or nothing (and nothing is taken).
    std::optional<Key> readKey()
    {
        Key key;
        key.start = m_at;
        qsizetype i = m_at;
        if (at(i) == u'!') {
            key.negated = true;
            ++i;
        }
        qsizetype begin = i;
        if (at(i) == u'"') {
            const qsizetype close = m_text.indexOf(u'"', i + 1);
            if (close < 0 || at(close + 1) != u':')
                return {};
            key.name = m_text.sliced(i + 1, close - i - 1).toString();
            m_at = close + 2;
            return key.name.isEmpty() ? std::nullopt : std::optional(key);
        }
        for (const QStringView wrapper : {QStringView(u"tags["), QStringView(u"flags[")}) {
            if (!m_text.sliced(i).startsWith(wrapper))
                continue;
            const qsizetype close = m_text.indexOf(u']', i);
            if (close < 0 || at(close + 1) != u':')
                return {};
            QStringView name = m_text.sliced(i + wrapper.size(), close - i - wrapper.size());
            if (name.isEmpty())
                return {};
            if (name.size() >= 2 && name.front() == u'"' && name.back() == u'"')
                name = name.sliced(1, name.size() - 2);
            key.name = wrapper == u"flags[" ? u"flags."_s + name.toString() : name.toString();
            key.explicitTag = true;
            m_at = close + 2;
            return key;
        }
        while (i < m_text.size() && isKeyCharacter(m_text[i]))
            ++i;
        // `http://host` is a word, not a filter on a key named http.
        if (i == begin || at(i) != u':' || (at(i + 1) == u'/' && at(i + 2) == u'/'))
            return {};
        key.name = m_text.sliced(begin, i - begin).toString();
        m_at = i + 1;
        return key;
    }

    tl::expected<Filter, SyntaxError> readFilter(const Key& key)
    {
        Filter filter;
        filter.key = key.name;
        filter.explicitTag = key.explicitTag;
        filter.negated = key.negated;
        if (at(m_at) == u'[') {
            auto list = readList(key);
            if (!list)
                return tl::unexpected(list.error());
            filter.isList = true;
            filter.values = std::move(*list);
        } else {
            filter.op = readOperator();
            auto value = readValue(false);
            if (!value)
                return tl::unexpected(value.error());
            if (value->text.isEmpty() && !value->quoted)
                return fault(u"Empty string after '%1:'"_s.arg(key.name), key.start);
            filter.values << *value;
        }
        filter.span = {key.start, m_at - key.start};
        return filter;
    }

    Operator readOperator()
    {
        static constexpr std::pair<QStringView, Operator> operators[] = {
            {u">=", Operator::GreaterOrEqual},
            {u"<=", Operator::LessOrEqual},
            {u"!=", Operator::NotEqual},
            {u">", Operator::Greater},
            {u"<", Operator::Less},
            {u"=", Operator::Equal},
        };
        for (const auto& [text, op] : operators) {
            if (m_text.sliced(m_at).startsWith(text)) {
                m_at += text.size();
                return op;
            }
        }
        return Operator::Equal;
    }

    /// A quoted text, or a bare one up to a space or a parenthesis (in a list also a comma or the bracket).
    tl::expected<Value, SyntaxError> readValue(bool inList)
    {
        Value value;
        if (at(m_at) == u'"') {
            const qsizetype open = m_at;
            value.quoted = true;
            for (++m_at; m_at < m_text.size(); ++m_at) {
                if (m_text[m_at] == u'\\' && at(m_at + 1) == u'"') {
                    value.text += u'"';
                    ++m_at;
                } else if (m_text[m_at] == u'"') {
                    ++m_at;
                    return value;
                } else {
                    value.text += m_text[m_at];
                }
            }
            return fault(u"Unclosed quote"_s, open);
        }
        while (m_at < m_text.size()) {
            const QChar c = m_text[m_at];
            if (c.isSpace() || (inList ? (c == u',' || c == u']') : (c == u'(' || c == u')')))
                break;
            value.text += c;
            ++m_at;
        }
        return value;
    }

    tl::expected<QList<Value>, SyntaxError> readList(const Key& key)
    {
        const qsizetype open = m_at++;
        if (key.name.compare(u"is", Qt::CaseInsensitive) == 0)
            return fault(u"\"in\" syntax is not supported for \"is\" search"_s, key.start);
        QList<Value> values;
        const auto skipSpaces = [this] {
            while (m_at < m_text.size() && m_text[m_at].isSpace())
                ++m_at;
        };
        for (;;) {
            skipSpaces();
            auto value = readValue(true);
            if (!value)
                return tl::unexpected(value.error());
            if (value->text.isEmpty() && !value->quoted)
                return fault(u"Lists should not have empty values"_s, open);
            if (hasWildcard(value->text))
                return fault(u"Lists should not have wildcards"_s, open);
            values << *value;
            skipSpaces();
            const QChar c = at(m_at);
            if (c != u',' && c != u']')
                return fault(u"Unclosed list after '%1:'"_s.arg(key.name), open);
            ++m_at;
            if (c == u']')
                return values;
        }
    }

    /// Behind the parenthesis that closes the one at the current place; the current place where there is
    /// none. A group is one piece of free text, filters in it included (contract section 11).
    [[nodiscard]] qsizetype groupEnd() const
    {
        int depth = 0;
        for (qsizetype i = m_at; i < m_text.size(); ++i) {
            if (m_text[i] == u'(')
                ++depth;
            else if (m_text[i] == u')' && --depth == 0)
                return i + 1;
            if (depth == 0)
                break;
        }
        return m_at;
    }

    tl::expected<FreeText, SyntaxError> readFreeText()
    {
        FreeText out;
        const qsizetype start = m_at;
        if (at(m_at) == u'"') {
            auto value = readValue(false);
            if (!value)
                return tl::unexpected(value.error());
            out.text = value->text;
            out.quoted = true;
        } else {
            const qsizetype group = groupEnd();
            while (m_at < m_text.size() && (m_at < group || !m_text[m_at].isSpace()))
                out.text += m_text[m_at++];
            for (const QString& word : out.text.split(QRegularExpression(u"[\\s()]+"_s))) {
                if (word == u"OR" || word == u"AND")
                    return fault(
                        u"Boolean statements containing \"OR\" or \"AND\" are not supported in this search"_s,
                        start);
            }
        }
        out.span = {start, m_at - start};
        return out;
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

} // namespace

tl::expected<Query, SyntaxError> parse(QStringView text)
{
    if (text.size() > maxLength)
        return tl::unexpected(SyntaxError{u"The search is longer than 10,000 characters"_s, {maxLength, 1}});
    return Parser(text).run();
}

} // namespace vedette::search
