// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/bodies/words.h"

#include <algorithm>
#include <cctype>

namespace vedette::bench {
namespace {

// Sorted: looked up by binary search.
constexpr auto kept = std::to_array<std::string_view>({"abstract", "accept", "anonymous", "array", "assert",
    "async", "await", "base", "begin", "block", "boolean", "break", "case", "catch", "chan", "class", "const",
    "constructor", "continue", "curl", "debug", "default", "defer", "delete", "elif", "else", "ensure",
    "enum", "error", "errors", "event", "example", "except", "exception", "export", "exports", "extends",
    "extract", "false", "fatal", "final", "finally", "float", "format", "frozen", "func", "function",
    "genexpr", "global", "gzip", "html", "http", "https", "image", "import", "info", "init", "instanceof",
    "interface", "invalid", "issue", "json", "lambda", "level", "levels", "listcomp", "local", "localhost",
    "main", "message", "mode", "module", "modules", "native", "next", "nginx", "node", "none", "null",
    "number", "object", "package", "pass", "print", "private", "promise", "proto", "prototype", "public",
    "python", "raise", "range", "require", "rescue", "return", "ruby", "runtime", "select", "self", "sentry",
    "static", "string", "struct", "super", "switch", "symbol", "then", "this", "throw", "throws", "true",
    "type", "typeof", "undefined", "unhandled", "unless", "until", "value", "values", "void", "warning",
    "when", "while", "with", "yaml", "yield"});

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isAlnum(char c)
{
    return isLower(c) || isUpper(c) || isDigit(c);
}

template<class Test>
std::size_t run(std::string_view text, std::size_t at, Test test)
{
    std::size_t n = 0;
    while (at + n < text.size() && test(text[at + n]))
        ++n;
    return n;
}

/// Whether `text` has this shape at `at`: `d` is a digit, `T` a T or a space, anything else itself.
bool hasShape(std::string_view text, std::size_t at, std::string_view shape)
{
    if (text.size() - at < shape.size())
        return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char c = text[at + i];
        if (shape[i] == 'd' ? !isDigit(c) : shape[i] == 'T' ? c != 'T' && c != ' ' : c != shape[i])
            return false;
    }
    return true;
}

/// The length of an IPv4 address at `at`, 0 for none. Its octets are added to `out`.
std::size_t address(std::string_view text, std::size_t at, std::vector<Token>& out)
{
    std::vector<Token> octets;
    std::size_t end = at;
    for (int i = 0; i < 4; ++i) {
        if (i > 0 && (end >= text.size() || text[end++] != '.'))
            return 0;
        const std::size_t n = run(text, end, isDigit);
        if (n == 0 || n > 3)
            return 0;
        octets.push_back({Token::Kind::Octet, end, n});
        end += n;
    }
    out.insert(out.end(), octets.begin(), octets.end());
    return end - at;
}

std::size_t hex(std::string_view text, std::size_t at)
{
    const std::size_t n = run(text, at, [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); });
    const std::string_view found = text.substr(at, n);
    const bool mixed =
        std::any_of(found.begin(), found.end(), isDigit) && std::any_of(found.begin(), found.end(), isLower);
    return n >= 8 && mixed && (at + n == text.size() || !isAlnum(text[at + n])) ? n : 0;
}

} // namespace

bool Words::isKept(std::string_view word)
{
    return std::binary_search(kept.begin(), kept.end(), word);
}

void Words::learn(std::string_view text)
{
    for (const Token& token : tokens(text)) {
        if ((token.kind != Token::Kind::Lower && token.kind != Token::Kind::Capital))
            continue;
        std::string word(text.substr(token.at, token.size));
        word.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(word.front())));
        m_learnt[token.size].push_back(std::move(word));
    }
}

void Words::settle()
{
    for (std::size_t length = shortest; length <= longest; ++length) {
        std::vector<std::string>& words = m_learnt[length];
        std::sort(words.begin(), words.end());
        words.erase(std::unique(words.begin(), words.end()), words.end());
        const auto isPrime = [](std::size_t n) {
            for (std::size_t i = 2; i * i <= n; ++i) {
                if (n % i == 0)
                    return false;
            }
            return n > 1;
        };
        std::size_t count = words.size();
        while (count > 0 && !isPrime(count))
            --count;
        m_primes[length] = static_cast<std::uint32_t>(count);
        for (const std::string& word : words)
            m_words[length] += word;
        words.clear();
    }
}

std::vector<Token> tokens(std::string_view text)
{
    std::vector<Token> out;
    std::size_t at = 0;
    const auto take = [&](Token::Kind kind, std::size_t size) {
        out.push_back({kind, at, size});
        at += size;
    };
    while (at < text.size()) {
        const char c = text[at];
        const char before = at > 0 ? text[at - 1] : ' ';
        if (c == '\\') {
            at += at + 1 < text.size() && text[at + 1] == 'u' ? 6 : 2;
        } else if (hasShape(text, at, "dddd-dd-ddTdd:dd:dd") && !isDigit(before)) {
            take(Token::Kind::Instant, 19);
        } else if (hasShape(text, at, "dddd-dd-dd") && !isAlnum(before)) {
            take(Token::Kind::Date, 10);
        } else if (const std::size_t hexes = !isAlnum(before) || before == 'x' ? hex(text, at) : 0;
                   hexes > 0) {
            take(Token::Kind::Hex, hexes);
        } else if (isDigit(c)) {
            if (const std::size_t whole = isAlnum(before) ? 0 : address(text, at, out); whole > 0)
                at += whole;
            else if (const std::size_t digits = run(text, at, isDigit);
                     digits > 1 && digits < 17 && before != '%')
                take(Token::Kind::Digits, digits);
            else
                at += digits;
        } else if (isLower(c) || (isUpper(c) && at + 1 < text.size() && isLower(text[at + 1]))) {
            const std::size_t n = (isUpper(c) ? 1 : 0) + run(text, at + (isUpper(c) ? 1 : 0), isLower);
            std::string word(text.substr(at, n));
            word.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(word.front())));
            if (n >= Words::shortest && n <= Words::longest && before != '%' && !Words::isKept(word))
                take(isUpper(c) ? Token::Kind::Capital : Token::Kind::Lower, n);
            else
                at += n;
        } else {
            ++at;
        }
    }
    return out;
}

} // namespace vedette::bench
