// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/renderframe.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "app/collector/event/bag.h"
#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

bool isTold(json::Value value)
{
    return value.exists() && !value.isNull();
}

/// One attribute after the other of a frame that is being written.
class FrameWriter final
{
public:
    FrameWriter(json::Writer& out, const Step& at, Notes& notes)
        : m_out(out)
        , m_at(at)
        , m_notes(notes)
    {}

    /// What readFrame() made of `sent`, which it takes as a text only.
    void readText(std::string_view sentName, std::string_view name, json::Value sent, std::string_view read)
    {
        if (isTold(sent) && !sent.isString())
            m_notes.addAt(Step(m_at, sentName, name), "invalid_data", sent.toJson());
        writeText(m_out, m_notes, name, read, Step(m_at, sentName, name), maxFrameChars);
    }

    void text(std::string_view sentName, std::string_view name, json::Value sent)
    {
        writeText(m_out, m_notes, name, sent, Step(m_at, sentName, name), maxFrameChars);
    }

    void number(std::string_view sentName, std::string_view name, json::Value sent)
    {
        const auto number = sent.integerLike();
        if (number)
            m_out.field(name, *number);
        else
            m_out.nullField(name);
        if (!number && isTold(sent))
            m_notes.addAt(Step(m_at, sentName, name), "invalid_data", sent.toJson());
    }

    void inApp(json::Value sent, bool read)
    {
        if (isTold(sent) && !sent.isBool())
            m_notes.addAt(Step(m_at, "in_app", "inApp"), "invalid_data", sent.toJson());
        m_out.field("inApp", read);
    }

    void variables(json::Value sent)
    {
        const Step at(m_at, "vars");
        Bag bag(m_out, m_notes, maxContextBytes);
        m_out.key("vars");
        if (sent.isObject() && sent.size() > 0) {
            bag.value(sent, at);
        } else if (sent.isArray() && sent.size() > 0) { // PHP's list of arguments
            std::size_t index = 0;
            m_out.beginObject();
            for (const json::Value item : sent.items()) {
                if (index == maxPairs || bag.left() == 0) {
                    m_notes.addAt(at, "too_many", std::to_string(sent.size()), sent.size(), index);
                    break;
                }
                m_out.key(std::to_string(index));
                bag.value(item, Step(at, index));
                ++index;
            }
            m_out.endObject();
        } else {
            if (isTold(sent) && !sent.isObject() && !sent.isArray())
                m_notes.addAt(at, "invalid_data", sent.toJson());
            m_out.null();
        }
    }

    void free(std::string_view name, json::Value sent)
    {
        m_out.key(name);
        Bag(m_out, m_notes, maxContextBytes).value(sent, Step(m_at, name));
    }

    struct Source
    {
        json::Value before, line, after, number;
    };

    /// `[[number, text], ...]` around the line itself; an empty list where the line is not known.
    void source(const Source& source)
    {
        m_out.key("context").beginArray();
        if (source.line.isString()) {
            m_number =
                source.number.integerLike().value_or(0) - static_cast<std::int64_t>(source.before.size());
            m_number = std::max<std::int64_t>(m_number, 0);
            lines("pre_context", source.before);
            const Step context(m_at, "context_line", "context");
            line(Step::unnamed(context, m_shown), source.line);
            lines("post_context", source.after);
        } else if (isTold(source.line)) {
            m_notes.addAt(Step(m_at, "context_line", "context"), "invalid_data", source.line.toJson());
        }
        m_out.endArray();
    }

private:
    void lines(std::string_view name, json::Value sent)
    {
        if (isTold(sent) && !sent.isArray())
            m_notes.addAt(Step(m_at, name, "context"), "invalid_data", sent.toJson());
        const Step context(m_at, name, "context");
        std::size_t index = 0;
        for (const json::Value text : sent.items())
            line(Step(context, index++, m_shown), text);
    }

    void line(const Step& pair, json::Value sent)
    {
        const Step at = Step::unnamed(pair, 1);
        ++m_shown;
        const auto text = sent.text();
        if (!text && isTold(sent))
            m_notes.addAt(at, "invalid_data", sent.toJson());
        m_out.beginArray().integer(m_number++);
        if (text && isLongerThan(*text, maxFrameChars)) {
            m_notes.addAt(at, "value_too_long", *text, charCount(*text), maxFrameChars);
            m_out.string(cut(*text, maxFrameChars));
        } else {
            m_out.string(text.value_or(""));
        }
        m_out.endArray();
    }

    json::Writer& m_out;
    const Step& m_at;
    Notes& m_notes;
    std::int64_t m_number = 0; ///< of the next line of source
    std::size_t m_shown = 0;   ///< lines that are written
};

/// `/static/js/vendor.min.js` is the module `static/js/vendor.min`: browsers tell addresses only.
std::string_view moduleOfPath(std::string_view path)
{
    while (path.starts_with('/'))
        path.remove_prefix(1);
    const std::size_t dot = path.rfind('.');
    const std::size_t slash = path.rfind('/');
    if (dot != std::string_view::npos && dot > (slash == std::string_view::npos ? 0 : slash + 1))
        path = path.substr(0, dot);
    return path;
}

} // namespace

void writeFrame(json::Writer& out, const Frame& frame, const Step& at, Notes& notes)
{
    // One walk over the members instead of one for each of them.
    json::Value filename, absPath, moduleSent, package, function, inApp, platform, rawFunction, symbol,
        symbolAddr, instructionAddr, addrMode, colno, vars, trust, errors, lock, sourceLink;
    FrameWriter::Source source;
    const std::array<std::pair<std::string_view, json::Value*>, 22> wanted = {{{"filename", &filename},
        {"abs_path", &absPath}, {"module", &moduleSent}, {"package", &package}, {"function", &function},
        {"in_app", &inApp}, {"platform", &platform}, {"raw_function", &rawFunction}, {"symbol", &symbol},
        {"symbol_addr", &symbolAddr}, {"instruction_addr", &instructionAddr}, {"addr_mode", &addrMode},
        {"colno", &colno}, {"vars", &vars}, {"trust", &trust}, {"errors", &errors}, {"lock", &lock},
        {"source_link", &sourceLink}, {"pre_context", &source.before}, {"context_line", &source.line},
        {"post_context", &source.after}, {"lineno", &source.number}}};
    for (const auto& [key, value] : frame.json.members()) {
        for (const auto& [name, place] : wanted) {
            if (name == key)
                *place = value;
        }
    }
    std::string_view module = frame.module;
    if (module.empty() && frame.family == Family::Javascript && isUrl(frame.absPath))
        module = moduleOfPath(frame.filename);
    FrameWriter writer(out, at, notes);
    out.beginObject();
    writer.readText("filename", "filename", filename, frame.filename);
    // Where only one of the two was sent, clients still look for the other.
    writer.readText("abs_path", "absPath", absPath, frame.absPath.empty() ? frame.filename : frame.absPath);
    writer.readText("module", "module", moduleSent, module);
    writer.readText("package", "package", package, frame.package);
    writer.text("platform", "platform", platform);
    writer.readText("function", "function", function, frame.function);
    writer.text("raw_function", "rawFunction", rawFunction);
    writer.text("symbol", "symbol", symbol);
    writer.text("symbol_addr", "symbolAddr", symbolAddr);
    writer.text("instruction_addr", "instructionAddr", instructionAddr);
    writer.text("addr_mode", "addrMode", addrMode);
    writer.number("lineno", "lineNo", source.number);
    writer.number("colno", "colNo", colno);
    writer.inApp(inApp, frame.inApp.value_or(false));
    writer.source(source);
    writer.variables(vars);
    writer.text("trust", "trust", trust);
    writer.free("errors", errors);
    writer.free("lock", lock);
    writer.text("source_link", "sourceLink", sourceLink);
    out.endObject();
}

void writeTemplateData(json::Writer& out, json::Value frame, Notes& notes)
{
    const Frame read = readFrame(frame, Family::Other);
    const Step at(Step::Root::InEntry, "template", "template");
    FrameWriter writer(out, at, notes);
    out.beginObject();
    writer.readText("filename", "filename", frame["filename"], read.filename);
    writer.readText("abs_path", "absPath", frame["abs_path"], read.absPath);
    writer.number("lineno", "lineNo", frame["lineno"]);
    writer.source({frame["pre_context"], frame["context_line"], frame["post_context"], frame["lineno"]});
    out.endObject();
}

} // namespace vedette::collector
