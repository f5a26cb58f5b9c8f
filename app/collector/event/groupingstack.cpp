// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/groupingstack.h"

#include "app/collector/event/functionname.h"
#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxLine = 120;
constexpr std::size_t maxTold = 1'000; ///< frames of one stack that are explained, as many as are shown

bool isNowhere(std::string_view file)
{
    return file.starts_with('<') || file == "[native code]" || file == "native";
}

bool hasLines(Family family)
{
    switch (family) {
    case Family::Javascript:
    case Family::Python:
    case Family::Php:
    case Family::Go:
    case Family::Ruby:
    case Family::CSharp:
        return true;
    case Family::Java:
    case Family::Native:
    case Family::Other:
        break;
    }
    return false;
}

/// What a frame says, and why it does not say more. Reasons are texts of a life for ever.
struct FrameParts
{
    std::string place, function, line;
    std::string_view placeHint, functionHint, lineHint;
    std::string_view hint; ///< of the whole, which then adds nothing

    [[nodiscard]] bool isEmpty() const { return place.empty() && function.empty() && line.empty(); }
};

std::string collapsed(std::string_view text)
{
    std::string out;
    bool space = false;
    for (const char c : trimmed(text)) {
        if (isSpace(c)) {
            space = true;
            continue;
        }
        if (space)
            out += ' ';
        space = false;
        out += c;
    }
    return out;
}

void readLine(FrameParts& parts, const Frame& frame)
{
    if (!hasLines(frame.family)) {
        parts.lineHint = "lines of source do not count on this platform";
    } else if (frame.contextLine.size() > maxLine * 4) {
        parts.lineHint = "the line is too long";
    } else if (frame.contextLine.find("{snip}") != std::string_view::npos) {
        parts.lineHint = "the line is cut";
    } else {
        parts.line = collapsed(frame.contextLine);
        if (isLongerThan(parts.line, maxLine)) {
            parts.line.clear();
            parts.lineHint = "the line is too long";
        }
    }
}

FrameParts partsOf(const Frame& frame)
{
    FrameParts parts;
    const bool javascript = frame.family == Family::Javascript;
    if (javascript && isNowhere(frame.filename)) {
        parts.hint = "built in: such frames come and go with the browser";
        return parts;
    }
    readLine(parts, frame);
    if (!javascript || !frame.sourceMapped || parts.line.empty()) {
        parts.function = stableFunction(frame.function, frame.family);
        parts.functionHint = "the name is made up by the compiler or says nothing";
    } else {
        parts.functionHint = "the line from the source map says more";
    }
    if (parts.function.empty() && parts.line.empty() && (javascript || frame.family == Family::Native)) {
        parts.hint = "an address alone";
        return parts;
    }
    if (!frame.module.empty())
        parts.place = stableModule(frame.module, frame.family);
    else if (!isUrl(frame.absPath) && !isUrl(frame.filename) && !isNowhere(frame.filename))
        parts.place = lowered(baseName(frame.filename));
    else
        parts.placeHint = "an address, which changes from build to build";
    if (parts.isEmpty())
        parts.hint = "nothing that tells it from others";
    return parts;
}

/// What a frame adds; empty for nothing.
std::string contribution(const Frame& frame)
{
    FrameParts parts = partsOf(frame);
    if (!parts.hint.empty())
        return {};
    std::string out = std::move(parts.place);
    out += '\x1f';
    out += parts.function;
    out += '\x1f';
    out += parts.line;
    return out;
}

/// A text that counts, or the one that was sent and why it does not.
void explain(GroupingComponent& frame, std::string_view name, std::string_view counted, std::string_view sent,
    bool counts, std::string_view hint)
{
    if (counted.empty())
        frame.leaf(name, sent, false, hint);
    else
        frame.leaf(name, counted, counts);
}

void explain(GroupingComponent& into, const Frame& frame, std::string_view ignored)
{
    const FrameParts parts = partsOf(frame);
    GroupingComponent& out = into.part("frame");
    out.hint = parts.hint.empty() ? ignored : parts.hint;
    const bool counts = out.hint.empty();
    const bool hasModule = !frame.module.empty();
    explain(out, hasModule ? "module" : "filename", parts.hint.empty() ? parts.place : std::string(),
        hasModule ? frame.module : frame.filename, counts, parts.placeHint);
    explain(out, "function", parts.hint.empty() ? parts.function : std::string(), frame.function, counts,
        parts.functionHint);
    explain(out, "context-line", parts.hint.empty() ? parts.line : std::string(), trimmed(frame.contextLine),
        counts, parts.lineHint);
    out.settle();
}

} // namespace

GroupingStacks::GroupingStacks(const std::vector<Frame>& frames)
    : m_frames(frames)
{
    m_texts.reserve(frames.size());
    for (const Frame& frame : frames)
        m_texts.push_back(contribution(frame));
}

void GroupingStacks::add(GroupingDigest& digest, StackVariant variant, std::size_t first, std::size_t count,
    GroupingComponent* into) const
{
    GroupingComponent frames;
    const std::string* previous = nullptr;
    for (std::size_t i = first; i < first + count; ++i) {
        const bool counted = counts(i, variant);
        const bool repeated = counted && previous && *previous == m_texts[i]; // recursion counts once
        if (counted && !repeated) {
            previous = &m_texts[i];
            digest.part(*previous);
        }
        if (into && i + maxTold >= first + count)
            explain(frames, m_frames[i],
                repeated                          ? "repeats the frame before it"
                : !counted && !m_texts[i].empty() ? "not a frame of the application"
                                                  : "");
    }
    if (!into || count == 0)
        return;
    frames.id = "stacktrace";
    frames.parts.reverse(); // newest first, as Sentry answers them here
    frames.settle();
    if (!frames.contributes)
        frames.hint = "no frame of it counts";
    else if (count > maxTold)
        frames.hint = "its older frames count too, but are not listed";
    into->parts.push_back(std::move(frames));
}

bool GroupingStacks::any(StackVariant variant, std::size_t first, std::size_t count) const
{
    for (std::size_t i = first; i < first + count; ++i) {
        if (counts(i, variant))
            return true;
    }
    return false;
}

bool GroupingStacks::isAllApp() const
{
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
        if (counts(i, StackVariant::System) && !counts(i, StackVariant::App))
            return false;
    }
    return true;
}

} // namespace vedette::collector
