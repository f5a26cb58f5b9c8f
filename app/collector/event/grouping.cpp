// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/grouping.h"

#include <QCryptographicHash>

#include <algorithm>
#include <optional>

#include "app/collector/event/parameterise.h"
#include "app/collector/event/payload.h"
#include "app/collector/event/problems.h"
#include "app/collector/event/stack.h"

namespace vedette::collector {
namespace {

/// Separates the parts of what is hashed, so that "a","bc" and "ab","c" differ.
constexpr char separator = '\x1f';

std::string hashOf(const std::vector<std::string>& parts)
{
    QCryptographicHash hash(QCryptographicHash::Md5);
    for (const std::string& part : parts) {
        hash.addData(QByteArrayView(part.data(), static_cast<qsizetype>(part.size())));
        hash.addData(QByteArrayView(&separator, 1));
    }
    return hash.result().toHex().toStdString();
}

bool takesSourceLine(std::string_view platform)
{
    return isJavaScript(platform) || platform == "python" || platform == "php" || platform == "go" ||
           platform == "ruby" || platform == "csharp";
}

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    }
    return out;
}

std::string collapsedSpace(std::string_view text)
{
    std::string out;
    for (const char c : trimmed(text)) {
        const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!blank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    return out;
}

/// Without template arguments, parameters and return type: `std::vector<int> ns::f<T>(int)` is `ns::f`.
std::string trimmedNative(std::string_view function)
{
    std::string out;
    int depth = 0;
    for (std::size_t i = 0; i < function.size(); ++i) {
        const char c = function[i];
        if (c == '<' && out.size() >= 8 && out.compare(out.size() - 8, 8, "operator") == 0) {
            out += c;
            continue;
        }
        if (c == '(' && depth == 0) {
            if (function.substr(i, 21) == "(anonymous namespace)") {
                i += 20;
                continue;
            }
            break;
        }
        if (c == '<')
            ++depth;
        else if (c == '>' && depth > 0)
            --depth;
        else if (depth == 0)
            out += c;
    }
    const std::string_view clean = trimmed(out);
    const std::size_t space = clean.rfind(' ');
    return std::string(space == std::string_view::npos ? clean : clean.substr(space + 1));
}

/// Java and C# name classes and lambdas anew in each build: `Foo$$Lambda$12`, `Foo$$EnhancerByCGLIB$$ab12`.
std::string trimmedJvm(std::string_view name)
{
    for (const std::string_view mark :
        {std::string_view("$$EnhancerBy"), std::string_view("$$FastClassBy"), std::string_view("$$Lambda"),
            std::string_view("_$$_javassist"), std::string_view("$$SpringCGLIB")})
        name = name.substr(0, name.find(mark));
    std::string out(name.substr(0, name.find("lambda$")));
    if (out.size() != name.size())
        out += "lambda";
    // Numbers of anonymous classes: Foo$1 and Foo$2 swap places with any edit.
    while (!out.empty() && out.back() >= '0' && out.back() <= '9' && out.find('$') != std::string::npos)
        out.pop_back();
    return out;
}

std::string functionOf(const StackFrame& frame)
{
    std::string_view function = frame.function;
    if (isJavaScript(frame.platform)) {
        if (function == "<anonymous>" || function == "eval" || function == "?" ||
            function == "Anonymous function" || function.find("/<") != std::string_view::npos)
            return {};
        // `new Foo`, `async bar`, `Object.aha [as callback]`: the last dotted name.
        function = function.substr(0, function.find(" ["));
        const std::size_t space = function.rfind(' ');
        if (space != std::string_view::npos)
            function = function.substr(space + 1);
        const std::size_t dot = function.rfind('.');
        if (dot != std::string_view::npos)
            function = function.substr(dot + 1);
        return function == "<anonymous>" ? std::string() : std::string(function);
    }
    if (isNativePlatform(frame.platform))
        return trimmedNative(function);
    if (frame.platform == "java" || frame.platform == "csharp")
        return trimmedJvm(function);
    if (frame.platform == "ruby" && function.substr(0, 6) == "block ") {
        const std::size_t in = function.find(" in ");
        return in == std::string_view::npos ? "block" : std::string(function.substr(in + 4));
    }
    if (function == "<lambda>" || function == "{closure}")
        return std::string(function);
    return std::string(function);
}

/// What one frame adds; nothing where it says nothing that stays the same from event to event.
std::optional<std::string> contribution(const StackFrame& frame)
{
    const std::string_view file = frame.filename;
    if (file == "<anonymous>" || file == "[native code]" || file == "native code")
        return {};
    const bool javascript = isJavaScript(frame.platform);
    std::string place;
    if (frame.moduleSent)
        place = frame.platform == "java" ? trimmedJvm(frame.module) : frame.module;
    else if (!file.empty())
        place = lower(baseName(file));
    else
        place = lower(baseName(frame.package));
    std::string function = functionOf(frame);
    std::string line;
    if (takesSourceLine(frame.platform) && frame.hasContext) {
        line = collapsedSpace(frame.contextLine);
        if (line.size() > 120)
            line.clear();
    }
    // A source-mapped line says more than the minified name beside it.
    if (javascript && !line.empty() && frame.raw["data"].isObject())
        function.clear();
    if (function.empty() && line.empty() && (isNativePlatform(frame.platform) || place.empty()))
        return {};
    return place + separator + function + separator + line;
}

/// The contributions of a stack, in order; directly repeated ones (recursion) count once.
std::vector<std::string> stackParts(const std::vector<StackFrame>& frames, bool onlyInApp)
{
    std::vector<std::string> out;
    for (const StackFrame& frame : frames) {
        if (onlyInApp && !frame.inApp)
            continue;
        auto part = contribution(frame);
        if (part && (out.empty() || out.back() != *part))
            out.push_back(std::move(*part));
    }
    // A single frame that is only the address of a page tells nothing.
    if (out.size() == 1 && !frames.empty() && isJavaScript(frames.back().platform)) {
        const std::string& only = out.front();
        if (only.size() >= 2 && only.substr(only.size() - 2) == std::string(2, separator))
            out.clear();
    }
    return out;
}

struct Variants
{
    std::vector<std::string> app;
    std::vector<std::string> system;

    [[nodiscard]] bool empty() const { return app.empty() && system.empty(); }
};

void append(std::vector<std::string>& to, std::vector<std::string> parts)
{
    to.insert(to.end(), std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
}

std::string exceptionType(json::Value value)
{
    if (value["mechanism"]["synthetic"].boolean().value_or(false))
        return {};
    const json::Value nsError = value["mechanism"]["meta"]["ns_error"];
    std::string type = textOf(value["type"], 256);
    if (nsError.isObject())
        type += separator + textOf(nsError["domain"], 256) + separator + textOf(nsError["code"], 32);
    return type;
}

Variants exceptionVariants(json::Value payload, std::string_view platform)
{
    Variants out;
    const auto values = valuesOf(checked(payload, "exception"));
    Variants stacks;
    for (const json::Value value : values) {
        const auto frames = readStack(value["stacktrace"], platform);
        auto app = stackParts(frames, true);
        auto system = stackParts(frames, false);
        if (!app.empty()) {
            stacks.app.push_back(exceptionType(value));
            append(stacks.app, std::move(app));
        }
        if (!system.empty()) {
            stacks.system.push_back(exceptionType(value));
            append(stacks.system, std::move(system));
        }
    }
    if (!stacks.empty())
        return stacks;
    // No stack says anything: types and values, without what differs from event to event.
    for (const json::Value value : values) {
        const std::string type = exceptionType(value);
        const std::string text = parameterised(value["value"].text().value_or(""));
        if (type.empty() && text.empty())
            continue;
        out.system.push_back(type);
        out.system.push_back(text);
    }
    return out;
}

Variants stackVariants(json::Value stacktrace, std::string_view platform)
{
    const auto frames = readStack(stacktrace, platform);
    return {stackParts(frames, true), stackParts(frames, false)};
}

Variants defaultVariants(json::Value payload, std::string_view platform)
{
    Variants out = exceptionVariants(payload, platform);
    if (!out.empty())
        return out;
    const auto threads = valuesOf(checked(payload, "threads"));
    if (threads.size() == 1) {
        out = stackVariants(threads.front()["stacktrace"], platform);
        if (!out.empty())
            return out;
    }
    out = stackVariants(checked(payload, "stacktrace"), platform);
    if (!out.empty())
        return out;
    if (const json::Value csp = payload["csp"]; csp.isObject()) {
        out.system = {"csp", textOf(csp["effective_directive"], 200), textOf(csp["blocked_uri"], 200)};
        return out;
    }
    const Message message = messageOf(payload);
    const std::string text = parameterised(message.raw.empty() ? message.formatted : message.raw);
    if (!text.empty())
        out.system = {"message", text};
    return out;
}

std::vector<std::string> hashesOf(const Variants& variants)
{
    std::vector<std::string> out;
    if (!variants.app.empty())
        out.push_back(hashOf(variants.app));
    if (!variants.system.empty())
        out.push_back(hashOf(variants.system));
    if (out.empty())
        out.push_back(hashOf({"nothing"}));
    if (out.size() == 2 && out[0] == out[1])
        out.pop_back();
    return out;
}

bool isDefaultToken(std::string_view part)
{
    return part == "{{ default }}" || part == "{{default}}";
}

} // namespace

std::vector<std::string> groupingHashes(json::Value payload, std::string_view platform)
{
    std::vector<std::string> fingerprint;
    for (const json::Value part : checked(payload, "fingerprint").items()) {
        if (auto text = part.text())
            fingerprint.push_back(std::move(*text));
    }
    const bool isDefault =
        fingerprint.empty() || (fingerprint.size() == 1 && isDefaultToken(fingerprint.front()));
    const bool needsDefault =
        isDefault || std::any_of(fingerprint.begin(), fingerprint.end(), isDefaultToken);
    const auto defaults =
        needsDefault ? hashesOf(defaultVariants(payload, platform)) : std::vector<std::string>();
    if (isDefault)
        return defaults;
    if (!needsDefault)
        return {hashOf(fingerprint)};
    std::vector<std::string> out;
    for (const std::string& hash : defaults) {
        std::vector<std::string> parts = fingerprint;
        std::replace_if(parts.begin(), parts.end(), isDefaultToken, hash);
        out.push_back(hashOf(parts));
    }
    return out;
}

} // namespace vedette::collector
