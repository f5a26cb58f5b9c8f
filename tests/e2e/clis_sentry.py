# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""npm's `sentry`: what people call of it. It takes the address and the token from the environment."""

import json

NODE = 20  # the oldest that it runs on

# What it asks beside the point, and goes on without.
EXCUSED = {
    "/replay-count/": "replays are out of scope",
}


def command(installed):
    return ["node", str(installed / "node_modules/sentry/dist/bin.cjs")]


def variables(world):
    return {"SENTRY_URL": world.proxy.url, "SENTRY_AUTH_TOKEN": world.ready["token"], "NO_COLOR": "1",
            "SENTRY_CLI_NO_TELEMETRY": "1", "SENTRY_CLI_NO_UPDATE_CHECK": "1", "CI": "1"}


def shown(world, *words):
    """What it prints as JSON; lists come bare or under `data`."""
    printed = json.loads(world.run(*words, "--json"))
    return printed["data"] if isinstance(printed, dict) and isinstance(printed.get("data"), list) else printed


def identity(world):
    status = shown(world, "auth", "status")
    world.check("the token is known to be good", status["authenticated"] and status["verification"]["success"], str(status))
    world.check("whose it is", shown(world, "auth", "whoami")["username"])
    world.check("a wrong token is told", "401" in world.run_failing("org", "list", "--fresh",
                                                                     variables={"SENTRY_AUTH_TOKEN": "0" * 64}))
    # And as people without that variable sign in: the token goes to a file in the home folder, bound to this address.
    world.run("auth", "login", "--token", world.ready["token"], "--url", world.proxy.url,
              variables={"SENTRY_AUTH_TOKEN": ""})
    kept = json.loads(world.run("auth", "status", "--json", variables={"SENTRY_AUTH_TOKEN": ""}))
    world.check("signed in", kept["authenticated"], str(kept))


def directory(world):
    organization, project = world.ready["organization"], world.ready["project"]
    world.check("organizations", [row["slug"] for row in shown(world, "org", "list", "--fresh")] == [organization])
    world.check("one organization", shown(world, "org", "view", organization)["slug"] == organization)
    world.check("projects", [row["slug"] for row in shown(world, "project", "list", f"{organization}/")] == [project])
    viewed = world.run("project", "view", f"{organization}/{project}")
    world.check("one project with its DSN", world.dsn in viewed, viewed)
    world.run("project", "create", f"{organization}/shop-api:node", "--team", "everyone")
    slugs = [row["slug"] for row in world.api(f"organizations/{organization}/projects/")]
    world.check("a project is made", slugs == [project, "shop-api"], str(slugs))
    world.run("project", "delete", f"{organization}/shop-api", "--yes")
    world.check("and deleted", len(world.api(f"organizations/{organization}/projects/")) == 1)
    world.check("teams", "everyone" in world.run("team", "list", f"{organization}/"))
    world.run("repo", "list", f"{organization}/")


def issues(world):
    organization, project = world.ready["organization"], world.ready["project"]
    frames = [{"filename": "shop.py", "function": "pay", "lineno": 7, "in_app": True, "context_line": "cart['total']"}]
    event = world.send({
        "event_id": "c" * 32, "platform": "python", "release": "web@1.0", "environment": "production",
        "exception": {"values": [{"type": "KeyError", "value": "'total'", "stacktrace": {"frames": frames}}]}})
    world.send({"message": "elsewhere", "level": "warning"})
    rows = {row["title"]: row for row in shown(world, "issue", "list", f"{organization}/{project}")}
    world.check("the issues are listed", sorted(rows) == ["KeyError: 'total'", "elsewhere"], str(sorted(rows)))
    found = shown(world, "issue", "list", f"{organization}/{project}", "--query", "level:warning")
    world.check("a query narrows the list", [row["title"] for row in found] == ["elsewhere"])
    issue = rows["KeyError: 'total'"]["shortId"]
    world.check("an issue is shown with its stack", "shop.py" in world.run("issue", "view", issue))
    world.check("its events", [row["eventID"] for row in shown(world, "issue", "events", issue)] == [event])
    world.check("an event with its stack", "shop.py" in world.run("event", "view", f"{organization}/{project}/{event}"))

    def state():
        row = world.api(f"organizations/{organization}/issues/{issue}/")
        return row["status"], row["substatus"], row["statusDetails"]

    world.run("issue", "resolve", issue)
    world.check("resolved", state()[0] == "resolved")
    world.run("issue", "unresolve", issue)
    world.check("open again", state()[:2] == ("unresolved", "regressed"), str(state()))
    world.run("issue", "archive", issue)
    world.check("archived", state()[:2] == ("ignored", "archived_forever"), str(state()))
    world.run("issue", "unresolve", issue)
    world.run("issue", "resolve", issue, "--in", "@next")
    world.check("resolved in the next release", state()[2].get("inNextRelease") is True, str(state()))
    world.run("issue", "unresolve", issue)
    world.run("issue", "resolve", issue, "--in", "web@1.0")
    world.check("resolved in a release", state()[2].get("inRelease") == "web@1.0", str(state()))


def releases(world):
    organization, project = world.ready["organization"], world.ready["project"]
    world.run("release", "create", f"{organization}/web@2.0", "--project", project)
    world.run("release", "finalize", f"{organization}/web@2.0")
    world.check("finalized", world.api(f"organizations/{organization}/releases/web%402.0/")["dateReleased"])
    world.check("shown", shown(world, "release", "view", f"{organization}/web@2.0")["version"] == "web@2.0")
    world.run("release", "deploy", f"{organization}/web@2.0", "production")
    world.check("deployed", shown(world, "release", "deploys", f"{organization}/web@2.0")[0]["environment"] == "production")
    listed = [row["version"] for row in shown(world, "release", "list", f"{organization}/{project}")]
    world.check("those of production are listed", listed == ["web@1.0"], str(listed))


def use(world):
    identity(world)
    directory(world)
    issues(world)
    releases(world)
