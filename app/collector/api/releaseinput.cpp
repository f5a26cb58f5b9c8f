// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/releaseinput.h"

#include <algorithm>

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxVersion = 250;
constexpr std::size_t maxSha = 64;
constexpr std::size_t maxRepository = 200;
constexpr std::size_t maxPerson = 128;
constexpr std::size_t maxPath = 255;
// Bounds of our own: what Sentry takes is bound by its body size alone.
constexpr std::size_t maxMessage = 65'536;
constexpr std::size_t maxCommits = 10'000;
constexpr std::size_t maxFiles = 10'000; ///< of one commit
constexpr std::size_t maxRefs = 100;

std::vector<CommitFile> readFiles(json::Value patches, FieldErrors& errors)
{
    std::vector<CommitFile> out;
    if (patches.exists() && !patches.isNull() && !patches.isArray())
        errors.add("patch_set", "Expected a list of items.");
    for (const json::Value patch : patches.items()) {
        const std::string_view path = patch["path"].string().value_or("");
        const std::string_view type = patch["type"].string().value_or("");
        if (path.empty() || characters(path) > maxPath || (type != "A" && type != "M" && type != "D")) {
            errors.add(
                "patch_set", "Each item needs a path of at most 255 characters, and A, M or D as its type.");
            break;
        }
        if (out.size() == maxFiles)
            break;
        out.push_back({std::string(path), std::string(type)});
    }
    return out;
}

std::vector<Commit> readCommits(const Call& call, FieldErrors& errors)
{
    std::vector<Commit> out;
    const json::Value list = call.body["commits"];
    if (!list.isArray()) {
        errors.add("commits", "Expected a list of items.");
        return out;
    }
    if (list.size() > maxCommits) {
        errors.add("commits", "Ensure this field has no more than 10000 elements.");
        return out;
    }
    std::size_t item = 0;
    for (const json::Value value : list.items()) {
        FieldErrors own;
        if (own.requireObject(value)) {
            Commit commit;
            commit.sha = own.required(value, "id", maxSha).value_or("");
            commit.repository = own.text(value, "repository", maxRepository).value_or("");
            commit.message = own.text(value, "message", maxMessage).value_or("");
            commit.authorName = own.text(value, "author_name", maxPerson).value_or("");
            commit.authorEmail = own.text(value, "author_email", maxPerson).value_or("");
            commit.created = own.date(value, "timestamp").value_or(call.nowMs());
            commit.files = readFiles(value["patch_set"], own);
            out.push_back(std::move(commit));
        }
        errors.add("commits", item++, std::move(own));
    }
    return out;
}

/// `refs`, or `headCommits` as they were called before.
void readHeads(const Call& call, std::string_view list, std::string_view shaField, std::vector<Commit>& out,
    FieldErrors& errors)
{
    const json::Value refs = call.body[list];
    if (!refs.exists() || refs.isNull())
        return;
    if (!refs.isArray() || refs.size() > maxRefs) {
        errors.add(list, refs.isArray() ? "Ensure this field has no more than 100 elements."
                                        : "Expected a list of items.");
        return;
    }
    std::size_t item = 0;
    for (const json::Value value : refs.items()) {
        FieldErrors own;
        Commit head;
        head.sha = own.required(value, shaField, maxSha).value_or("");
        head.repository = own.required(value, "repository", maxRepository).value_or("");
        head.created = call.nowMs();
        // A range is written as from..to in old clients.
        if (const std::size_t dots = head.sha.find(".."); dots != std::string::npos)
            head.sha.erase(0, dots + 2);
        out.push_back(std::move(head));
        errors.add(list, item++, std::move(own));
    }
}

void setText(const Call& call, std::int64_t release, const char* sql, const std::optional<std::string>& value)
{
    if (!value)
        return;
    SQLite::Statement update(call.db, sql);
    update.bind(1, *value);
    update.bind(2, release);
    update.exec();
}

} // namespace

ReleaseInput readReleaseInput(const Call& call, FieldErrors& errors)
{
    ReleaseInput input;
    input.ref = errors.text(call.body, "ref", maxVersion);
    input.url = errors.url(call.body, "url");
    input.released = errors.date(call.body, "dateReleased");
    input.status = errors.text(call.body, "status", maxVersion);
    if (input.status && *input.status != "open" && *input.status != "archived")
        errors.add("status", "Invalid status '" + *input.status + "'.");
    if (const json::Value commits = call.body["commits"]; commits.exists() && !commits.isNull())
        input.commits = readCommits(call, errors);
    readHeads(call, "refs", "commit", input.heads, errors);
    // An empty list of refs is how sentry-cli takes all commits away.
    if (!input.commits && call.body["refs"].isArray() && call.body["refs"].size() == 0)
        input.commits.emplace();
    if (input.heads.empty())
        readHeads(call, "headCommits", "currentId", input.heads, errors);
    return input;
}

std::optional<std::string> readVersion(const Call& call, FieldErrors& errors)
{
    auto version = errors.required(call.body, "version", maxVersion);
    // Sentry refuses slashes, too. SDKs send them all the same, and here a release that events have may be
    // finalized like any other.
    const bool hasControl = version && std::any_of(version->begin(), version->end(),
                                           [](char c) { return static_cast<unsigned char>(c) < ' '; });
    if (version && (hasControl || *version == "." || *version == ".." || *version == "latest")) {
        errors.add("version", "Release with name " + *version + " is not allowed");
        version.reset();
    }
    return version;
}

void applyReleaseInput(const Call& call, const std::vector<std::int64_t>& releases, const ReleaseInput& input)
{
    for (const std::int64_t release : releases) {
        setText(call, release, "UPDATE releases SET ref = ? WHERE id = ?", input.ref);
        setText(call, release, "UPDATE releases SET url = ? WHERE id = ?", input.url);
        setText(call, release, "UPDATE releases SET status = ? WHERE id = ?", input.status);
        if (input.released) {
            SQLite::Statement update(call.db, "UPDATE releases SET released = ? WHERE id = ?");
            update.bind(1, *input.released);
            update.bind(2, release);
            update.exec();
        }
    }
    if (input.commits)
        replaceCommits(call.db, releases, *input.commits, call.now());
    if (!input.heads.empty())
        addHeads(call.db, releases, input.heads, call.now());
}

} // namespace vedette::collector::api
