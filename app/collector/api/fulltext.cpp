// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/fulltext.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/storage/searchtext.h"
#include "models/search/values.h"

namespace vedette::collector::api {
namespace {

/// From so many candidates on, looking at one issue after the other until a page and the thousand that are
/// counted were found is quicker than looking at all candidates.
constexpr std::int64_t manyCandidates = 10'000;
/// More parts name hardly fewer candidates.
constexpr std::size_t mostParts = 10;

std::string patternOf(QStringView phrase)
{
    return '%' + search::likePattern(phrase).toStdString() + '%';
}

/// Contained in any of the three texts that issues and events both have.
Sql textColumnsContain(const std::string& alias, const std::string& pattern)
{
    const std::string matches = " LIKE ? ESCAPE '\\'";
    return {"(" + alias + ".title" + matches + " OR " + alias + ".culprit" + matches + " OR " + alias +
                ".message" + matches + ")",
        {pattern, pattern, pattern}};
}

/// The phrase between its stars.
std::vector<std::string> literalPieces(QStringView phrase)
{
    std::vector<std::string> out;
    QString piece;
    for (qsizetype i = 0; i < phrase.size(); ++i) {
        const bool escaped = phrase[i] == u'\\' && i + 1 < phrase.size() && phrase[i + 1] == u'*';
        if (escaped) {
            piece += u'*';
            ++i;
        } else if (phrase[i] == u'*') {
            out.push_back(piece.toStdString());
            piece.clear();
        } else {
            piece += phrase[i];
        }
    }
    out.push_back(piece.toStdString());
    return out;
}

/// The runs of three characters that start at or behind `from` and before `to`.
void addParts(std::vector<std::string>& out, std::string_view text, std::size_t from, std::size_t to)
{
    for (std::size_t at = from; at < to && at < text.size(); at = charactersAfter(text, at, 1)) {
        const std::size_t two = charactersAfter(text, at, 2);
        if (two >= text.size())
            return;
        std::string part(text.substr(at, charactersAfter(text, two, 1) - at));
        // A zero byte would end the query.
        if (part.find('\0') == std::string::npos && std::find(out.begin(), out.end(), part) == out.end())
            out.push_back(std::move(part));
    }
}

/// All of the parts, in the language of FTS5; empty for none. Some of them where there are many.
std::string allOf(const std::vector<std::string>& parts)
{
    std::string out;
    const std::size_t step = (parts.size() + mostParts - 1) / mostParts;
    for (std::size_t i = 0; i < parts.size(); i += step) {
        out += out.empty() ? "\"" : " AND \"";
        for (const char c : parts[i])
            out += c == '"' ? std::string("\"\"") : std::string(1, c);
        out += '"';
    }
    return out;
}

bool isWord(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What the index is asked for.
struct Parts
{
    std::string texts; ///< of a text as a whole
    /// Of the variable words alone. A phrase with such words finds them. In one without, the word at either
    /// end may be part of a variable one: `ms late` in "35ms late".
    std::string words;
};

Parts partsOf(QStringView phrase)
{
    std::vector<std::string> whole;
    std::vector<std::string> variable;
    std::vector<std::string> edges;
    for (const std::string& piece : literalPieces(phrase)) {
        addParts(whole, piece, 0, piece.size());
        for (const auto& [at, size] : variableWords(piece))
            addParts(variable, piece, charactersBefore(piece, at, 2), at + size);
        std::vector<std::string> first;
        std::size_t end = 0;
        while (end < piece.size() && isWord(piece[end]))
            ++end;
        addParts(first, piece, 0, end);
        std::vector<std::string> last;
        std::size_t begin = piece.size();
        while (begin > 0 && isWord(piece[begin - 1]))
            --begin;
        addParts(last, piece, charactersBefore(piece, begin, 2), piece.size());
        edges.push_back(allOf(first));
        if (begin > 0)
            edges.push_back(allOf(last));
    }
    Parts out;
    out.texts = allOf(whole);
    out.words = allOf(variable);
    for (const std::string& edge : edges) {
        if (variable.empty() && !edge.empty())
            out.words += (out.words.empty() ? "(" : " OR (") + edge + ")";
    }
    return out;
}

/// Issues with an event that has the variable words.
Sql issuesByWords(const Parts& parts, const std::string& pattern)
{
    Sql out{"SELECT e.issue_id FROM text_word_index CROSS JOIN events e ON e.id = text_word_index.rowid"
            " WHERE text_word_index MATCH ? AND ",
        {parts.words}};
    out += textColumnsContain("e", pattern);
    return out;
}

} // namespace

Sql issueTextContains(QStringView phrase)
{
    const std::string pattern = patternOf(phrase);
    const Parts parts = partsOf(phrase);
    Sql out{"(", {}};
    if (parts.texts.empty()) {
        out += textColumnsContain("i", pattern);
        // Not for each issue: the list of issues is made once, when the first issue's own text does not
        // match.
        out += " OR i.id IN (SELECT e.issue_id FROM events e WHERE ";
        out += textColumnsContain("e", pattern);
        out += "))";
        return out;
    }
    out +=
        Sql{"CASE WHEN (SELECT COUNT(*) FROM (SELECT 1 FROM text_index WHERE text_index MATCH ? LIMIT ?)) = ?"
            " THEN EXISTS (SELECT 1 FROM texts t WHERE t.issue_id = i.id AND t.text LIKE ? ESCAPE '\\')",
            {parts.texts, manyCandidates, manyCandidates, pattern}};
    if (!parts.words.empty()) {
        out += " OR i.id IN (";
        out += issuesByWords(parts, pattern);
        out += ")";
    }
    out +=
        Sql{" ELSE i.id IN (SELECT t.issue_id FROM text_index CROSS JOIN texts t ON t.id = text_index.rowid"
            " WHERE text_index MATCH ? AND t.text LIKE ? ESCAPE '\\'",
            {parts.texts, pattern}};
    if (!parts.words.empty()) {
        out += " UNION ALL ";
        out += issuesByWords(parts, pattern);
    }
    // Events from before there was an index, while they are being put into it.
    out += ") END OR ((SELECT value FROM meta WHERE key = 'texts_below') > 0 AND i.id IN (SELECT e.issue_id "
           "FROM "
           "events e WHERE e.id < (SELECT value FROM meta WHERE key = 'texts_below') AND ";
    out += textColumnsContain("e", pattern);
    out += ")))";
    return out;
}

Sql eventTextContains(QStringView phrase)
{
    return textColumnsContain("e", patternOf(phrase));
}

} // namespace vedette::collector::api
