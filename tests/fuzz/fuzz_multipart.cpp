// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A content type, a newline, a body: no form, or parts that lie within the body, in their order, without
// overlap; and a form written anew from them reads back the same. A crash reporter's upload made of the same
// bytes is refused, or its files lie within them too.

#include <cstdlib>

#include "app/collector/envelope/multipart.h"
#include "app/collector/ingest/crashreport.h"
#include "models/json/mend.h"

using namespace vedette;
using namespace vedette::collector;

namespace {

constexpr std::string_view ownBoundary = "vedette-7f3c9a";

bool isWithin(std::string_view part, std::string_view whole)
{
    return part.empty() ||
           (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

bool isText(const std::string& text)
{
    bool changed = false;
    (void)json::mendUtf8(text, changed);
    return !changed;
}

/// What a quoted parameter can hold as it is.
bool isPlain(const std::string& name)
{
    return name.find_first_of("\"\\\r\n%") == std::string::npos;
}

void checkWrittenAnew(const std::vector<FormPart>& parts)
{
    std::string body;
    for (const FormPart& part : parts) {
        if (!isPlain(part.name) || !isPlain(part.filename) ||
            part.name.size() + part.filename.size() > 8'000 ||
            part.data.find(ownBoundary) != std::string_view::npos)
            return;
        body += "--" + std::string(ownBoundary) + "\r\nContent-Disposition: form-data; name=\"" + part.name +
                "\"";
        if (part.isFile)
            body += "; filename=\"" + part.filename + "\"";
        body += "\r\n\r\n" + std::string(part.data) + "\r\n";
    }
    body += "--" + std::string(ownBoundary) + "--\r\n";
    const auto again = parseMultipart("multipart/form-data; boundary=" + std::string(ownBoundary), body);
    if (!again || again->size() != parts.size())
        std::abort();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const FormPart& part = (*again)[i];
        if (part.name != parts[i].name || part.filename != parts[i].filename ||
            part.isFile != parts[i].isFile || part.data != parts[i].data)
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t line = std::min(bytes.find('\n'), bytes.size());
    const std::string_view contentType = bytes.substr(0, line);
    const std::string_view body = bytes.substr(std::min(line + 1, bytes.size()));
    if (const auto parts = parseMultipart(contentType, body)) {
        if (parts->size() > 1'000)
            std::abort();
        const char* end = body.data();
        for (const FormPart& part : *parts) {
            if (!isText(part.name) || !isText(part.filename) || !isText(part.contentType) ||
                part.isFile == part.filename.empty())
                std::abort();
            if (part.data.empty())
                continue;
            if (!isWithin(part.data, body) || part.data.data() < end)
                std::abort();
            end = part.data.data() + part.data.size();
        }
        checkWrittenAnew(*parts);
    } else if (parts.error().detail.isEmpty()) {
        std::abort();
    }
    Request request;
    request.method = "POST";
    request.headers = {{"content-type", std::string(contentType)}};
    const auto crash = readCrashReport(request, body);
    if (!crash)
        return 0;
    if (crash->eventJson.empty() || crash->attachments.empty())
        std::abort();
    for (const SentAttachment& attachment : crash->attachments) {
        if (!isWithin(attachment.bytes, body))
            std::abort();
    }
    return 0;
}
