// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/metamarks.h"

#include <algorithm>
#include <array>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include "app/collector/event/renderentries.h"
#include "app/collector/event/renderstack.h"
#include "app/collector/event/texts.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

QString qtext(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// What SDKs write over secrets.
bool isScrubbed(std::string_view text)
{
    constexpr std::array<std::string_view, 4> known = {"[Filtered]", "[filtered]", "[REDACTED]", "********"};
    return std::find(known.begin(), known.end(), text) != known.end();
}

void noteScrubbed(Notes& notes, std::string_view name, std::string_view value)
{
    if (isScrubbed(value))
        notes.addSubstitute(name, "@sdk:filtered", value.size());
}

void noteScrubbedMembers(Notes& notes, const std::string& prefix, json::Value object)
{
    for (const auto& [key, value] : object.members())
        noteScrubbed(notes, prefix + std::string(key), value.string().value_or(""));
}

void noteScrubbedPairs(Notes& notes, const std::string& prefix, const Pairs& pairs)
{
    for (std::size_t i = 0; i < pairs.size(); ++i)
        noteScrubbed(notes, prefix + std::to_string(i), pairs[i].second);
}

/// Where the API shows what the payload calls by these names.
class Places final
{
public:
    Places(const EventReading& event, const std::vector<std::string_view>& entryTypes, const Pairs& tags)
        : m_event(event)
        , m_entryTypes(entryTypes)
        , m_tags(tags)
    {}

    /// Empty for what is not shown, or has no place that `_meta` could name.
    [[nodiscard]] QStringList of(std::string_view name) const
    {
        if (name == "logentry")
            return inEntry("message", {u"formatted"_s});
        if (name == "tags" || name == "user" || name == "contexts" || name == "sdk")
            return {qtext(name)};
        if (name == "extra")
            return {u"context"_s};
        if (name == "modules")
            return {u"packages"_s};
        if (name == "breadcrumbs" || name == "threads")
            return inEntry(name, {u"values"_s});
        const std::size_t dot = name.find('.');
        if (dot == std::string_view::npos)
            return ofTag(name, u"value"_s); // release, environment and their like are shown as tags
        const std::string_view head = name.substr(0, dot);
        const std::string_view rest = name.substr(dot + 1);
        if (head == "tags")
            return ofTag(rest, u"value"_s);
        if (head == "tag_key")
            return ofTag(rest, u"key"_s);
        if (head == "user" || head == "contexts" || head == "sdk")
            return {qtext(head), qtext(rest)};
        if (head == "extra")
            return {u"context"_s, qtext(rest)};
        if (head == "request")
            return ofRequest(rest);
        if (name.starts_with("exception.values."))
            return ofException(name.substr(std::string_view("exception.values.").size()));
        return {};
    }

private:
    [[nodiscard]] QStringList inEntry(std::string_view type, const QStringList& path) const
    {
        const auto found = std::find(m_entryTypes.begin(), m_entryTypes.end(), type);
        if (found == m_entryTypes.end())
            return {};
        return QStringList{u"entries"_s, QString::number(found - m_entryTypes.begin()), u"data"_s} + path;
    }

    [[nodiscard]] QStringList ofTag(std::string_view key, const QString& part) const
    {
        const auto found =
            std::find_if(m_tags.begin(), m_tags.end(), [&](const auto& tag) { return tag.first == key; });
        if (found == m_tags.end())
            return {};
        return {u"tags"_s, QString::number(found - m_tags.begin()), part};
    }

    /// `url`, or `headers.3` for a pair's value.
    [[nodiscard]] QStringList ofRequest(std::string_view rest) const
    {
        const std::size_t dot = rest.find('.');
        if (dot == std::string_view::npos)
            return inEntry("request", {qtext(rest)});
        return inEntry("request", {qtext(rest.substr(0, dot)), qtext(rest.substr(dot + 1)), u"1"_s});
    }

    /// `0.value`; where the middle of a chain is left out, numbers say nothing.
    [[nodiscard]] QStringList ofException(std::string_view rest) const
    {
        const std::size_t dot = rest.find('.');
        if (dot == std::string_view::npos || m_event.exceptions.size() > maxExceptions)
            return {};
        return inEntry(
            "exception", {u"values"_s, qtext(rest.substr(0, dot)), qtext(apiName(rest.substr(dot + 1)))});
    }

    const EventReading& m_event;
    const std::vector<std::string_view>& m_entryTypes;
    const Pairs& m_tags;
};

QJsonObject nodeOf(const Note& note)
{
    if (note.type == "value_too_long") {
        const auto kept = static_cast<qint64>(note.kept);
        return {{u"len"_s, static_cast<qint64>(note.length)},
            {u"rem"_s, QJsonArray{QJsonArray{u"!limit"_s, u"s"_s, std::max<qint64>(kept - 3, 0), kept}}}};
    }
    if (note.type == "too_many")
        return {{u"len"_s, static_cast<qint64>(note.length)}};
    if (note.type == "invalid_data")
        return {{u"err"_s, QJsonArray{u"invalid_data"_s}}, {u"val"_s, qtext(note.value)}};
    return {};
}

/// Puts the node there, unless somebody else has put one.
void insert(QJsonObject& tree, const QStringList& path, qsizetype depth, const QJsonObject& node)
{
    const QString key = depth < path.size() ? path.at(depth) : QString(u""_s);
    if (depth == path.size()) {
        if (!tree.value(key).isObject())
            tree.insert(key, node);
        return;
    }
    QJsonObject inner = tree.value(key).toObject();
    insert(inner, path, depth + 1, node);
    tree.insert(key, inner);
}

} // namespace

void noteSubstitutes(
    const EventReading& event, const std::vector<std::pair<std::string, std::string>>& tags, Notes& notes)
{
    if (event.isAddressFilledIn && !event.person.ip.empty())
        notes.addSubstitute("user.ip_address", "@ip:auto", event.person.ip.size());
    noteScrubbedMembers(notes, "user.", event.user);
    noteScrubbedMembers(notes, "extra.", event.extra);
    for (const auto& [key, value] : tags)
        noteScrubbed(notes, "tags." + key, value);
    noteScrubbedPairs(notes, "request.headers.", shownHeaders(event.request));
    noteScrubbedPairs(notes, "request.cookies.", shownCookies(event.request));
    noteScrubbedPairs(notes, "request.query.", shownQuery(event.request));
}

std::string markedMeta(std::string_view meta, const EventReading& event, const Notes& notes,
    const std::vector<std::string_view>& entryTypes,
    const std::vector<std::pair<std::string, std::string>>& tags)
{
    if (notes.all().empty() && notes.substitutes().empty())
        return std::string(meta);
    QJsonObject tree =
        QJsonDocument::fromJson(QByteArray(meta.data(), static_cast<qsizetype>(meta.size()))).object();
    if (tree.isEmpty())
        return std::string(meta); // deeper than Qt reads: the SDK's own marks are worth more than ours
    const Places places(event, entryTypes, tags);
    for (const Note& note : notes.all()) {
        const QJsonObject node = nodeOf(note);
        const QStringList path = node.isEmpty() ? QStringList() : places.of(note.name);
        if (!path.isEmpty())
            insert(tree, path, 0, node);
    }
    for (const Substitute& each : notes.substitutes()) {
        const QStringList path = places.of(each.name);
        if (!path.isEmpty())
            insert(tree, path, 0,
                {{u"rem"_s,
                    QJsonArray{QJsonArray{qtext(each.rule), u"s"_s, 0, static_cast<qint64>(each.length)}}}});
    }
    return QJsonDocument(tree).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace vedette::collector
