// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/cursor.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/tagdistribution.h"

namespace vedette::collector::api {
namespace {

/// A list of values on a page of its own, with its Link header.
Response valuesAnswer(const Call& call, const TagSource& source, const std::string& key)
{
    auto request = TagValueRequest::from(call.request);
    if (!request)
        return Response::detail(
            400, "Invalid sort: choose one of age, count, date, id, with - for descending");
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    request->limit = page->limit;
    request->offset = page->offset;
    json::Writer out;
    out.beginArray();
    const bool more = writeTagValues(out, call, source, key, *request);
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, more);
    return response;
}

struct OrganizationTags
{
    TagSource source;
    Window window;

    static core::Result<OrganizationTags> from(const Call& call)
    {
        auto window = Window::from(call.request, call.now());
        if (!window)
            return core::fail(window.error());
        const auto projects = requestedProjects(call);
        if (!projects)
            return core::fail(projects.error());
        TagSource source = TagSource::ofProjects(*projects, *window);
        return OrganizationTags{std::move(source), std::move(*window)};
    }
};

Response fault(const core::Error& error)
{
    return Response::detail(400, error.detail.toStdString());
}

} // namespace

Response issueTags(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    const auto window = Window::from(call.request, call.now());
    if (!window)
        return fault(window.error());
    std::vector<std::string> wanted;
    for (const std::string_view key : call.request.queryValues("key"))
        wanted.emplace_back(key);
    const auto asked = call.request.queryValue("limit");
    const std::int64_t limit = std::clamp<std::int64_t>(
        (asked ? decimal(*asked) : std::nullopt).value_or(wanted.empty() ? 10 : 9), 1, 100);
    const std::string_view readable = call.request.queryValue("readable").value_or("");
    json::Writer out;
    writeTagDistributions(
        out, call, TagSource::ofIssue(*id, *window), wanted, limit, readable == "1" || readable == "true");
    return Response::json(200, out.take());
}

Response issueTag(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    const auto window = Window::from(call.request, call.now());
    if (!window)
        return fault(window.error());
    json::Writer out;
    if (!writeTagDistribution(out, call, TagSource::ofIssue(*id, *window), call.parts.at(1), 9))
        return notFound();
    return Response::json(200, out.take());
}

Response issueTagValues(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    const auto window = Window::from(call.request, call.now());
    if (!window)
        return fault(window.error());
    return valuesAnswer(call, TagSource::ofIssue(*id, *window), call.parts.at(1));
}

Response issueUsers(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    const auto window = Window::from(call.request, call.now());
    if (!window)
        return fault(window.error());
    return valuesAnswer(call, TagSource::ofIssue(*id, *window), "user");
}

Response organizationTags(const Call& call)
{
    const auto tags = OrganizationTags::from(call);
    if (!tags)
        return fault(tags.error());
    json::Writer out;
    writeTagKeys(out, call, tags->source);
    return Response::json(200, out.take());
}

Response organizationTagValues(const Call& call)
{
    const auto tags = OrganizationTags::from(call);
    if (!tags)
        return fault(tags.error());
    return valuesAnswer(call, tags->source, call.parts.at(0));
}

} // namespace vedette::collector::api
