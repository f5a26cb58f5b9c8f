// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/functionname.h"

#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

std::string_view withoutTrailingDigits(std::string_view text, std::string_view before)
{
    std::size_t end = text.size();
    while (end > 0 && isDigit(text[end - 1]))
        --end;
    const std::string_view head = text.substr(0, end);
    return end < text.size() && head.ends_with(before) ? head.substr(0, end - before.size()) : text;
}

/// Chrome writes `Object.aha [as callback]` and `new Foo`, Firefox `test/<` for a function without name in
/// test() and `async*load`, Safari `global code`.
std::string_view javascriptFunction(std::string_view name)
{
    if (const std::size_t as = name.find(" [as "); as != std::string_view::npos)
        name = name.substr(0, as);
    for (const std::string_view prefix : {std::string_view("async*"), std::string_view("async "),
             std::string_view("new "), std::string_view("get "), std::string_view("set ")}) {
        if (name.starts_with(prefix))
            name.remove_prefix(prefix.size());
    }
    if (name.ends_with('<') || name.ends_with(" code")) // `a/<`, `a.b<`, `global code`, `eval code`
        return {};
    const std::size_t dot = name.rfind('.');
    if (dot != std::string_view::npos)
        name.remove_prefix(dot + 1);
    const std::size_t slash = name.rfind('/');
    if (slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    if (name == "?" || name == "eval" || name == "anonymous" || name.starts_with("<anonymous>") ||
        name == "Anonymous function")
        return {};
    return name;
}

std::string_view javaFunction(std::string_view name)
{
    return name.starts_with("lambda$") ? withoutTrailingDigits(name, "$") : name;
}

/// `block (2 levels) in index`, `rescue in <main>`: the method it stands in. Templates are compiled to
/// `_app_views_home_html_erb__123_456`.
std::string_view rubyFunction(std::string_view name)
{
    if (const std::size_t in = name.rfind(" in "); in != std::string_view::npos)
        name.remove_prefix(in + 4);
    for (const std::string_view kind :
        {std::string_view("_erb_"), std::string_view("_haml_"), std::string_view("_slim_")}) {
        if (const std::size_t at = name.find(kind); at != std::string_view::npos)
            return name.substr(0, at + kind.size() - 1);
    }
    return name;
}

std::string_view phpFunction(std::string_view name)
{
    if (const std::size_t at = name.find("@anonymous"); at != std::string_view::npos)
        return name.substr(0, at + 10);                  // a NUL and the file's path follow
    if (name.find("{closure") != std::string_view::npos) // 8.4 adds where it stands
        return "{closure}";
    return name;
}

/// `Run (System.String a)`, `<Main>b__0_1`, `<Work>g__Inner|2_0`.
std::string_view csharpFunction(std::string_view name)
{
    name = trimmed(name.substr(0, name.find('(')));
    name = name.substr(0, name.find('|'));
    for (const std::string_view mark : {std::string_view(">b__"), std::string_view(">d__")}) {
        if (const std::size_t at = name.find(mark); at != std::string_view::npos)
            return name.substr(0, at + 2);
    }
    return name;
}

/// `void ns::f<int, A>(char) const [clone .cold]` -> `ns::f<T>`. Objective-C methods stay whole.
std::string nativeFunction(std::string_view name)
{
    if (name.starts_with("-[") || name.starts_with("+["))
        return std::string(name);
    // Blocks and closures belong to what they stand in.
    if (name.starts_with("__") && name.find("_block_invoke") != std::string_view::npos) {
        name = name.substr(0, name.find("_block_invoke"));
        name.remove_prefix(2);
        while (!name.empty() && isDigit(name.front()))
            name.remove_prefix(1);
        return std::string(name);
    }
    if (const std::size_t in = name.rfind(" in ");
        in != std::string_view::npos && name.starts_with("closure "))
        name.remove_prefix(in + 4);
    name = name.substr(0, name.find(" [clone "));
    // Rust's hash of an instance: ::h and 16 hex digits.
    if (name.size() > 19 && name.substr(name.size() - 19, 3) == "::h")
        name.remove_suffix(19);
    std::string out;
    out.reserve(name.size());
    std::size_t angle = 0;
    std::size_t round = 0;
    std::size_t wordStart = 0; // after the last space outside of brackets: a return type stands before it
    constexpr std::string_view anonymous = "(anonymous namespace)";
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (angle == 0 && round == 0 && name.substr(i, anonymous.size()) == anonymous) {
            i += anonymous.size() - 1;
            if (name.substr(i + 1, 2) == "::")
                i += 2;
            continue;
        }
        if (angle == 0 && round == 0 && name.substr(i).starts_with("operator")) {
            // operator<, operator(), operator-> carry brackets of their own.
            std::size_t end = i + 8;
            if (name.substr(end, 2) == "()")
                end += 2;
            while (end < name.size() &&
                   std::string_view("<>=-+*/%!&|^~[],").find(name[end]) != std::string_view::npos)
                ++end;
            out += name.substr(i, end - i);
            i = end - 1;
            continue;
        }
        if (c == '<' && (angle > 0 || (round == 0 && !out.empty() && out.size() > wordStart))) {
            if (angle++ == 0)
                out += "<T>";
        } else if (c == '>' && angle > 0) {
            --angle;
        } else if (angle > 0) { // NOLINT(bugprone-branch-clone): the order decides
            continue;
        } else if (c == '(') {
            ++round;
        } else if (c == ')') {
            round -= round > 0 ? 1 : 0;
        } else if (round > 0) {
            continue;
        } else if (c == ' ') {
            if (name.substr(i + 1) == "const" || name.substr(i + 1).starts_with("const "))
                break;
            out += c;
            wordStart = out.size();
        } else {
            out += c;
        }
    }
    const std::size_t space = trimmed(out).rfind(' ');
    std::string_view kept = trimmed(out);
    if (space != std::string_view::npos && name.find('(') != std::string_view::npos &&
        kept.find("operator") == std::string_view::npos)
        kept.remove_prefix(space + 1);
    return std::string(kept);
}

} // namespace

std::string stableFunction(std::string_view function, Family family)
{
    if (function.empty() || function == "<redacted>" || function == "<unknown>")
        return {};
    switch (family) {
    case Family::Javascript:
        return std::string(javascriptFunction(function));
    case Family::Java:
        return std::string(javaFunction(function));
    case Family::Ruby:
        return std::string(rubyFunction(function));
    case Family::Php:
        return std::string(phpFunction(function));
    case Family::CSharp:
        return std::string(csharpFunction(function));
    case Family::Native:
        return nativeFunction(function);
    case Family::Python:
    case Family::Go:
    case Family::Other:
        break;
    }
    return std::string(function);
}

std::string_view stableModule(std::string_view module, Family family)
{
    if (family != Family::Java)
        return module;
    // Foo$$EnhancerBySpringCGLIB$$1a2b, Foo$$Lambda$14/0x08, Foo_$$_jvst12, $Proxy42,
    // GeneratedMethodAccessor7
    for (const std::string_view mark :
        {std::string_view("_$$_"), std::string_view("$$"), std::string_view("$Lambda")}) {
        if (const std::size_t at = module.find(mark); at != std::string_view::npos && at > 0)
            return module.substr(0, at);
    }
    if (module.find("$Proxy") != std::string_view::npos || module.find("Accessor") != std::string_view::npos)
        return withoutTrailingDigits(module, "");
    return module;
}

} // namespace vedette::collector
