// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/grouping.h"

#include <algorithm>

#include "app/collector/event/groupingstack.h"
#include "app/collector/event/parameterise.h"
#include "app/collector/event/report.h"
#include "app/collector/event/texts.h"
#include "app/collector/event/titles.h"

namespace vedette::collector {
namespace {

using Variants = std::vector<GroupingVariant>;

/// Begins to tell of a variant, where anybody listens.
GroupingComponent* tell(Variants* told, std::string_view key)
{
    if (!told)
        return nullptr;
    GroupingVariant variant;
    variant.key = key;
    variant.type = "component";
    variant.root.id = key;
    told->push_back(std::move(variant));
    return &told->back().root;
}

/// Ends telling of it: the hash that it gives, or why it gives none.
void settle(Variants* told, const std::string& hash, std::string_view hint = {})
{
    if (!told)
        return;
    GroupingVariant& variant = told->back();
    variant.root.settle();
    variant.hash = hash;
    variant.hint = hint;
    variant.root.contributes = variant.root.contributes && hint.empty();
    variant.root.hint = hint;
}

void explain(GroupingComponent* into, std::string_view name, std::string_view text, bool counts,
    std::string_view reason = {})
{
    if (into)
        into->leaf(name, text, counts, reason);
}

/// A text of which only what stays the same from event to event counts.
void addParameterised(
    GroupingDigest& digest, std::string_view name, std::string_view text, GroupingComponent* into)
{
    const std::string stable = parameterised(text);
    digest.part(stable);
    if (!into)
        return;
    into->leaf(name, stable, true);
    if (stable != text && !into->parts.empty())
        into->parts.back().hint = "without what changes from event to event";
}

void addException(GroupingDigest& digest, const ExceptionReading& exception, const GroupingStacks& stacks,
    StackVariant variant, bool anyStack, GroupingComponent* into)
{
    const bool hasStack = stacks.any(variant, exception.firstFrame, exception.frameCount);
    // A made-up exception's type names the signal or the hook, not the fault.
    const bool typeCounts = !exception.synthetic || !hasStack;
    digest.part(typeCounts ? std::string_view(exception.type) : std::string_view());
    explain(into, "type", exception.type, typeCounts, "made up: it names the signal or the hook");
    stacks.add(digest, variant, exception.firstFrame, exception.frameCount, into);
    if (hasStack || anyStack) {
        explain(into, "value", exception.value, false, "a stack says more");
        return;
    }
    const json::Value nsError = exception.mechanism["meta"]["ns_error"];
    if (!nsError.isObject()) {
        addParameterised(digest, "value", exception.value, into);
        return;
    }
    for (const char* name : {"domain", "code"}) {
        const std::string text = nsError[name].text().value_or("");
        digest.part(text);
        explain(into, "ns-error", text, true);
    }
    explain(into, "value", exception.value, false, "domain and code of the NSError say more");
}

std::string exceptionHash(
    const EventReading& event, const GroupingStacks& stacks, StackVariant variant, GroupingComponent* into)
{
    GroupingDigest digest("exception");
    // Values count only where no exception of the chain has a stack: what wraps another repeats its text, and
    // the stack says more.
    const bool anyStack = stacks.any(variant);
    if (into && event.exceptions.size() > 1)
        into = &into->part("chained-exception");
    constexpr std::size_t maxTold = 500; // exceptions; and frames, of which one stack tells a thousand
    constexpr std::size_t maxFramesTold = 9'000;
    std::size_t told = 0;
    for (const ExceptionReading& exception : event.exceptions) {
        const bool isTold = into && told < maxTold && exception.firstFrame < maxFramesTold;
        GroupingComponent* own = isTold ? &into->part("exception") : nullptr;
        ++told;
        addException(digest, exception, stacks, variant, anyStack, own);
        if (own)
            own->settle();
    }
    if (into)
        into->settle();
    return digest.hex();
}

std::string stackHash(
    const EventReading& event, const GroupingStacks& stacks, StackVariant variant, GroupingComponent* into)
{
    GroupingDigest digest("stack");
    stacks.add(digest, variant, 0, event.otherFrames.size(), into);
    return digest.hex();
}

/// The hashes of what `hashOf` makes of the stacks: the application's frames, then all of them unless those
/// are the same. Without any frame that counts there is the second one if `always`, else none.
template<class HashOf>
std::vector<std::string> stackVariants(
    const GroupingStacks& stacks, bool always, Variants* told, const HashOf& hashOf)
{
    std::vector<std::string> out;
    GroupingComponent* into = tell(told, "app");
    if (stacks.any(StackVariant::App)) {
        out.push_back(hashOf(StackVariant::App, into));
        settle(told, out.back());
    } else if (told) {
        static_cast<void>(hashOf(StackVariant::App, into));
        settle(told, {}, "no frame is known to be of the application");
    }
    into = tell(told, "system");
    const bool same = !out.empty() && stacks.isAllApp();
    if (!same && (always || stacks.any(StackVariant::System))) {
        out.push_back(hashOf(StackVariant::System, into));
        settle(told, out.back());
    } else if (told) {
        static_cast<void>(hashOf(StackVariant::System, into));
        settle(told, {}, same ? "the same frames as the application's" : "no frame counts");
    }
    return out;
}

/// An exception without type, value and code would make one issue of all that are so.
bool saysAnything(const ExceptionReading& exception)
{
    return !exception.type.empty() || !exception.value.empty() ||
           exception.mechanism["meta"]["ns_error"].isObject();
}

std::vector<std::string> reportHashes(const EventReading& event, Variants* told)
{
    GroupingComponent* into = tell(told, "default");
    GroupingDigest digest(event.type);
    for (const auto& [name, text] :
        {std::pair<std::string_view, std::string>{"violation", reportDirective(event)},
            {"uri", reportSource(event)}}) {
        digest.part(text);
        explain(into, name, text, true);
    }
    std::vector<std::string> out = {digest.hex()};
    settle(told, out.front());
    return out;
}

std::vector<std::string> messageHashes(const EventReading& event, Variants* told)
{
    GroupingComponent* into = tell(told, "default");
    GroupingDigest digest("message");
    const std::string& message = event.messageTemplate.empty() ? event.message : event.messageTemplate;
    addParameterised(digest, "message", firstLine(message), into);
    std::vector<std::string> out = {digest.hex()};
    settle(told, out.front());
    return out;
}

std::vector<std::string> defaultHashes(const EventReading& event, Variants* told)
{
    if (event.report.exists())
        return reportHashes(event, told);
    const GroupingStacks stacks(event.frames);
    if (stacks.any(StackVariant::System) ||
        std::any_of(event.exceptions.begin(), event.exceptions.end(), saysAnything)) {
        return stackVariants(stacks, true, told, [&](StackVariant variant, GroupingComponent* into) {
            return exceptionHash(event, stacks, variant, into);
        });
    }
    if (!event.otherFrames.empty()) {
        const GroupingStacks others(event.otherFrames);
        auto out = stackVariants(others, false, told, [&](StackVariant variant, GroupingComponent* into) {
            return stackHash(event, others, variant, into);
        });
        if (!out.empty())
            return out;
    }
    return messageHashes(event, told);
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

/// The default variants where a fingerprint stands before them: each with it, or none on its own.
void salt(Variants& told, const std::vector<std::string>& hashes)
{
    std::size_t next = 0;
    for (GroupingVariant& variant : told) {
        if (variant.hash.empty())
            continue;
        variant.type = "salted-component";
        variant.hash = hashes.at(next++);
    }
}

void overrule(Variants& told)
{
    for (GroupingVariant& variant : told) {
        variant.hash.clear();
        variant.hint = "the fingerprint stands before it";
        variant.root.hint = variant.hint;
        variant.root.contributes = false;
    }
}

std::vector<std::string> hashesOf(const EventReading& event, Variants* told)
{
    const std::vector<std::string> parts = fingerprintParts(event.fingerprint);
    const auto isDefault = [](const std::string& part) { return variable(part) == "default"; };
    if (parts.empty() || (parts.size() == 1 && isDefault(parts.front())))
        return defaultHashes(event, told);
    const bool isSalted = std::any_of(parts.begin(), parts.end(), isDefault);
    std::vector<std::string> bases = {std::string()};
    if (isSalted)
        bases = defaultHashes(event, told);
    else if (told)
        static_cast<void>(defaultHashes(event, told));
    std::vector<std::string> out;
    std::vector<std::string> values;
    for (const std::string& base : bases) {
        GroupingDigest digest("fingerprint");
        for (const std::string& part : parts) {
            const std::string_view name = variable(part);
            const std::string value = name.empty()        ? part
                                      : name == "default" ? base
                                                          : variableValue(event, name, part);
            digest.part(value);
            if (told && out.empty())
                values.push_back(name == "default" ? part : value);
        }
        out.push_back(digest.hex());
    }
    if (!told)
        return out;
    if (isSalted) {
        salt(*told, out);
    } else {
        overrule(*told);
        GroupingVariant own;
        own.key = own.type = "custom-fingerprint";
        own.hash = out.front();
        told->push_back(std::move(own));
    }
    for (GroupingVariant& variant : *told) {
        if (variant.type == "component")
            continue;
        variant.sent = parts;
        variant.values = values;
    }
    return out;
}

} // namespace

std::vector<std::string> groupingHashes(const EventReading& event)
{
    return hashesOf(event, nullptr);
}

std::vector<GroupingVariant> groupingVariants(const EventReading& event)
{
    Variants told;
    static_cast<void>(hashesOf(event, &told));
    return told;
}

} // namespace vedette::collector
