// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/attachmentform.h"

#include "app/collector/event/texts.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {

SentAttachment attachmentOf(const FormPart& part)
{
    SentAttachment out;
    out.about.name = cut(part.filename, 255);
    out.about.contentType = cut(part.contentType, 200);
    out.about.type = part.name == "upload_file_minidump"  ? "event.minidump"
                     : part.name == "view-hierarchy.json" ? "event.view_hierarchy"
                                                          : "event.attachment";
    out.bytes = part.data;
    return out;
}

core::Result<std::vector<SentAttachment>> readAttachmentForm(
    std::string_view contentType, std::string_view body)
{
    if (!isMultipart(contentType))
        return core::fail(core::ErrorKind::Malformed, u"the body is no multipart/form-data"_s);
    const auto parts = parseMultipart(contentType, body);
    if (!parts)
        return core::fail(parts.error());
    std::vector<SentAttachment> out;
    for (const FormPart& part : *parts) {
        if (part.isFile)
            out.push_back(attachmentOf(part));
    }
    if (out.empty())
        return core::fail(core::ErrorKind::Malformed, u"the form has no file"_s);
    return out;
}

} // namespace vedette::collector
