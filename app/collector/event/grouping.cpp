// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/grouping.h"

#include <QCryptographicHash>

#include <algorithm>

#include "app/collector/event/functionname.h"
#include "app/collector/event/parameterise.h"
#include "app/collector/event/report.h"
#include "app/collector/event/texts.h"
#include "app/collector/event/titles.h"

namespace vedette::collector {
namespace {

/// MD5 over parts that cannot run into each other. Not for secrets: it only has to tell groups apart, and 32
/// hex digits are the form that Sentry's API shows.
class Digest final
{
public:
    explicit Digest(std::string_view kind) { part(kind); }

    void part(std::string_view text)
    {
        m_hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
        m_hash.addData(QByteArrayView("\0", 1));
    }
    [[nodiscard]] std::string hex()
    {
        const QByteArray digest = m_hash.result().toHex();
        return {digest.constData(), static_cast<std::size_t>(digest.size())};
    }

private:
    QCryptographicHash m_hash{QCryptographicHash::Md5};
};

enum class Variant
{
    App,
    System
};

/// What a frame adds; empty for nothing.
std::string contribution(const Frame& frame)
{
    constexpr std::size_t maxLine = 120;
    const bool javascript = frame.family == Family::Javascript;
    const auto isNowhere = [](std::string_view file) {
        return file.starts_with('<') || file == "[native code]" || file == "native";
    };
    if (javascript && isNowhere(frame.filename))
        return {}; // built in: Array.map and eval come and go with the browser
    std::string line;
    switch (frame.family) {
    case Family::Javascript:
    case Family::Python:
    case Family::Php:
    case Family::Go:
    case Family::Ruby:
    case Family::CSharp:
        if (frame.contextLine.size() <= maxLine * 4 &&
            frame.contextLine.find("{snip}") == std::string_view::npos) {
            bool space = false;
            for (const char c : trimmed(frame.contextLine)) {
                if (isSpace(c)) {
                    space = true;
                    continue;
                }
                if (space)
                    line += ' ';
                space = false;
                line += c;
            }
            if (isLongerThan(line, maxLine))
                line.clear();
        }
        break;
    case Family::Java:
    case Family::Native:
    case Family::Other:
        break;
    }
    std::string function;
    if (!javascript || !frame.sourceMapped || line.empty())
        function = stableFunction(frame.function, frame.family);
    if (function.empty() && line.empty() && (javascript || frame.family == Family::Native))
        return {}; // an address or a lone URL
    std::string place;
    if (!frame.module.empty())
        place = stableModule(frame.module, frame.family);
    else if (!isUrl(frame.absPath) && !isUrl(frame.filename) && !isNowhere(frame.filename))
        place = lowered(baseName(frame.filename));
    if (function.empty() && line.empty() && place.empty())
        return {};
    place += '\x1f';
    place += function;
    place += '\x1f';
    place += line;
    return place;
}

/// The stacks of an event, each frame's contribution computed once for both variants.
class Stacks final
{
public:
    explicit Stacks(const std::vector<Frame>& frames)
        : m_frames(frames)
    {
        m_texts.reserve(frames.size());
        for (const Frame& frame : frames)
            m_texts.push_back(contribution(frame));
    }

    /// Adds the frames of one stack; answers how many counted.
    std::size_t add(Digest& digest, Variant variant, std::size_t first, std::size_t count) const
    {
        std::size_t counted = 0;
        const std::string* previous = nullptr;
        for (std::size_t i = first; i < first + count; ++i) {
            if (!counts(i, variant) || (previous && *previous == m_texts[i]))
                continue; // recursion counts once
            previous = &m_texts[i];
            digest.part(*previous);
            ++counted;
        }
        return counted;
    }

    [[nodiscard]] bool any(Variant variant) const { return any(variant, 0, m_frames.size()); }
    [[nodiscard]] bool any(Variant variant, std::size_t first, std::size_t count) const
    {
        for (std::size_t i = first; i < first + count; ++i) {
            if (counts(i, variant))
                return true;
        }
        return false;
    }
    /// Both variants would say the same.
    [[nodiscard]] bool isAllApp() const
    {
        for (std::size_t i = 0; i < m_frames.size(); ++i) {
            if (counts(i, Variant::System) && !counts(i, Variant::App))
                return false;
        }
        return true;
    }

private:
    [[nodiscard]] bool counts(std::size_t i, Variant variant) const
    {
        return !m_texts[i].empty() && (variant == Variant::System || m_frames[i].inApp == true);
    }

    const std::vector<Frame>& m_frames;
    std::vector<std::string> m_texts;
};

std::string exceptionHash(const EventReading& event, const Stacks& stacks, Variant variant)
{
    Digest digest("exception");
    // Values count only where no exception of the chain has a stack: what wraps another repeats its text, and
    // the stack says more.
    const bool anyStack = stacks.any(variant);
    for (const ExceptionReading& exception : event.exceptions) {
        const bool hasStack = stacks.any(variant, exception.firstFrame, exception.frameCount);
        // A made-up exception's type names the signal or the hook, not the fault.
        digest.part(exception.synthetic && hasStack ? std::string_view() : std::string_view(exception.type));
        if (hasStack) {
            stacks.add(digest, variant, exception.firstFrame, exception.frameCount);
            continue;
        }
        if (anyStack)
            continue;
        const json::Value nsError = exception.mechanism["meta"]["ns_error"];
        if (nsError.isObject()) {
            digest.part(nsError["domain"].text().value_or(""));
            digest.part(nsError["code"].text().value_or(""));
        } else {
            digest.part(parameterised(exception.value));
        }
    }
    return digest.hex();
}

std::vector<std::string> stackHashes(const Stacks& stacks, std::size_t count)
{
    std::vector<std::string> out;
    for (const Variant variant : {Variant::App, Variant::System}) {
        if (!stacks.any(variant) || (variant == Variant::System && !out.empty() && stacks.isAllApp()))
            continue;
        Digest digest("stack");
        stacks.add(digest, variant, 0, count);
        out.push_back(digest.hex());
    }
    return out;
}

/// An exception without type, value and code would make one issue of all that are so.
bool saysAnything(const ExceptionReading& exception)
{
    return !exception.type.empty() || !exception.value.empty() ||
           exception.mechanism["meta"]["ns_error"].isObject();
}

std::vector<std::string> defaultHashes(const EventReading& event)
{
    if (event.report.exists()) {
        Digest digest(event.type);
        digest.part(reportDirective(event));
        digest.part(reportSource(event));
        return {digest.hex()};
    }
    const Stacks stacks(event.frames);
    if (stacks.any(Variant::System) ||
        std::any_of(event.exceptions.begin(), event.exceptions.end(), saysAnything)) {
        std::vector<std::string> out;
        if (stacks.any(Variant::App))
            out.push_back(exceptionHash(event, stacks, Variant::App));
        if (out.empty() || !stacks.isAllApp())
            out.push_back(exceptionHash(event, stacks, Variant::System));
        return out;
    }
    if (!event.otherFrames.empty()) {
        const Stacks others(event.otherFrames);
        if (std::vector<std::string> out = stackHashes(others, event.otherFrames.size()); !out.empty())
            return out;
    }
    Digest digest("message");
    const std::string& message = event.messageTemplate.empty() ? event.message : event.messageTemplate;
    digest.part(parameterised(firstLine(message)));
    return {digest.hex()};
}

/// `{{ default }}`, however spaced: its name. Empty for a plain part.
std::string_view variable(std::string_view part)
{
    part = trimmed(part);
    if (!part.starts_with("{{") || !part.ends_with("}}") || part.size() < 4)
        return {};
    return trimmed(part.substr(2, part.size() - 4));
}

/// The other variables that Sentry's documentation of fingerprints names. An unknown one stands for itself.
std::string variableValue(const EventReading& event, std::string_view name, std::string_view part)
{
    const ExceptionReading* last = event.exceptions.empty() ? nullptr : &event.exceptions.back();
    if (name == "error.type" || name == "type")
        return last ? last->type : std::string();
    if (name == "error.value" || name == "value")
        return last ? last->value : std::string();
    if (name == "transaction")
        return event.transaction;
    if (name == "level")
        return event.level;
    if (name == "logger")
        return event.logger;
    if (name == "message")
        return event.message;
    if (name == "function")
        return crashPlace(event).function;
    return std::string(part);
}

std::vector<std::string> fingerprintParts(json::Value fingerprint)
{
    std::vector<std::string> parts;
    if (auto text = fingerprint.text(); text && !text->empty())
        parts.push_back(std::move(*text));
    for (const json::Value item : fingerprint.items()) {
        if (auto text = item.text())
            parts.push_back(std::move(*text));
    }
    return parts;
}

} // namespace

std::vector<std::string> groupingHashes(const EventReading& event)
{
    const std::vector<std::string> parts = fingerprintParts(event.fingerprint);
    const auto isDefault = [](const std::string& part) { return variable(part) == "default"; };
    if (parts.empty() || (parts.size() == 1 && isDefault(parts.front())))
        return defaultHashes(event);
    std::vector<std::string> bases = {std::string()};
    if (std::any_of(parts.begin(), parts.end(), isDefault))
        bases = defaultHashes(event);
    std::vector<std::string> out;
    for (const std::string& base : bases) {
        Digest digest("fingerprint");
        for (const std::string& part : parts) {
            const std::string_view name = variable(part);
            digest.part(name.empty() ? part : name == "default" ? base : variableValue(event, name, part));
        }
        out.push_back(digest.hex());
    }
    return out;
}

} // namespace vedette::collector
