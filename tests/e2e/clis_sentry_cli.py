# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""@sentry/cli: what people and their CI call of it."""

import os
import subprocess

NODE = 18  # the oldest that it runs on

# A route that is not there and a thing that is not there get the same answer.
EXCUSED = {
    "/releases/nothing@1/": "asked for on purpose",
}


def command(installed):
    # It finds its program in the optional package of the platform that npm brought: no install script has run.
    return ["node", str(installed / "node_modules/@sentry/cli/bin/sentry-cli")]


def variables(world):
    return {"SENTRY_URL": world.proxy.url, "SENTRY_AUTH_TOKEN": world.ready["token"],
            "SENTRY_ORG": world.ready["organization"], "SENTRY_PROJECT": world.ready["project"]}


def make_repository(folder):
    """Three commits of two people, and what a forge calls it."""
    folder.mkdir()
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*words, **more):
        return subprocess.run(["git", *words], cwd=folder, env={**environment, **more}, capture_output=True, text=True,
                              check=True).stdout.strip()

    git("init", "-q", "-b", "main")
    git("remote", "add", "origin", "https://git.example.org/shop/web.git")
    commits = []
    for number, name in enumerate(("Ann", "Bob", "Ann")):
        (folder / f"file{number}.py").write_text("pass\n")
        git("add", ".")
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
               for what, value in (("NAME", name), ("EMAIL", f"{name.lower()}@example.org"))}
        git("commit", "-q", "-m", f"Change {number}", **who)
        commits.append(git("rev-parse", "HEAD"))
    return commits


def events(world):
    world.run("send-event", "-m", "sent by hand", "-r", "web@1.0", "-t", "job:night", variables={"SENTRY_DSN": world.dsn})
    envelope = world.folder / "event.envelope"
    envelope.write_text('{"event_id":"' + "b" * 32 + '","dsn":"' + world.dsn + '"}\n{"type":"event"}\n'
                        '{"message":"sent in an envelope","level":"error"}\n')
    world.run("send-envelope", envelope, variables={"SENTRY_DSN": world.dsn})
    listed = world.run("events", "list")
    world.check("both events are listed", "sent by hand" in listed and "sent in an envelope" in listed, listed)


def issues(world):
    rows = world.api(f"organizations/{world.ready['organization']}/issues/?query=")
    ids = {row["title"]: row["id"] for row in rows}

    def status(title):
        return world.api(f"organizations/{world.ready['organization']}/issues/{ids[title]}/")["status"]

    listed = world.run("issues", "list")
    world.check("the issues are listed", all(row["shortId"] in listed for row in rows), listed)
    world.check("a query narrows the list", "envelope" not in world.run("issues", "list", "--query", "hand"))
    world.run("issues", "resolve", "-i", ids["sent by hand"])
    world.check("resolved", status("sent by hand") == "resolved")
    world.check("and no other", status("sent in an envelope") == "unresolved")
    world.run("issues", "unresolve", "-i", ids["sent by hand"])
    world.check("open again", status("sent by hand") == "unresolved")
    world.run("issues", "mute", "-i", ids["sent in an envelope"])
    world.check("muted", status("sent in an envelope") == "ignored")
    world.run("issues", "resolve", "-a")
    world.check("all resolved", {status(title) for title in ids} == {"resolved"})


def releases(world):
    organization = world.ready["organization"]
    repository = world.folder / "web"
    commits = make_repository(repository)
    world.run("releases", "new", "web@2.0", "--url", "https://ci.example.org/2")

    def release(version="web%402.0", part=""):
        return world.api(f"organizations/{organization}/releases/{version}/{part}")

    world.check("made", release()["url"] == "https://ci.example.org/2" and not release()["dateReleased"])
    world.run("releases", "set-commits", "web@2.0", "--local", "--initial-depth", "10", cwd=repository)
    listed = [commit["id"] for commit in release(part="commits/")]
    world.check("the commits are there, newest first", listed == commits[::-1], str(listed))
    world.check("with their authors", {person["email"] for person in release()["authors"]} ==
                {"ann@example.org", "bob@example.org"})
    world.check("and files", {row["filename"] for row in release(part="commitfiles/")} >= {"file1.py", "file2.py"})
    # --commit and --auto know only repositories that the server has.
    world.api(f"organizations/{organization}/repos/", "POST",
              {"name": "shop/web", "url": "https://git.example.org/shop/web", "provider": "git"})
    world.run("releases", "new", "web@2.1", "--finalize")
    world.run("releases", "set-commits", "web@2.1", "--commit", f"shop/web@{commits[1]}..{commits[2]}", cwd=repository)
    world.check("a head is the last commit", release("web%402.1")["lastCommit"]["id"] == commits[2])
    world.run("releases", "set-commits", "web@2.1", "--auto", cwd=repository)
    world.run("releases", "finalize", "web@2.0")
    world.check("finalized", release()["dateReleased"])
    world.run("releases", "set-commits", "web@2.0", "--clear")
    world.check("cleared", release()["commitCount"] == 0, str(release()["commitCount"]))
    world.check("listed", all(version in world.run("releases", "list") for version in ("web@2.0", "web@2.1", "web@1.0")))
    world.check("described", "web@2.1" in world.run("releases", "info", "web@2.1", "--show-projects", "--show-commits"))
    world.run_failing("releases", "info", "nothing@1")
    world.run("releases", "archive", "web@2.0")
    world.check("archived", release()["status"] == "archived")
    world.run("releases", "restore", "web@2.0")
    world.check("restored", release()["status"] == "open")
    world.run("deploys", "new", "-r", "web@2.0", "-e", "production", "-n", "first", "-t", "60")
    world.check("a deploy is kept", release(part="deploys/")[0]["environment"] == "production")
    world.check("and listed", "production" in world.run("deploys", "list", "-r", "web@2.0"))
    world.run("releases", "delete", "web@2.0")
    world.check("deleted", "web@2.0" not in world.run("releases", "list"))
    world.check("its repository is listed", "shop/web" in world.run("repos", "list"))


def use(world):
    shown = world.run("info")
    world.check("info tells who and where", world.proxy.url in shown and "event:write" in shown, shown)
    world.check("organizations", world.ready["organization"] in world.run("organizations", "list"))
    world.check("projects", world.ready["project"] in world.run("projects", "list"))
    events(world)
    issues(world)
    releases(world)
    wrong = world.run_failing("info", variables={"SENTRY_AUTH_TOKEN": "0" * 64})
    world.check("a wrong token is told", "(Unauthorized)" in wrong or "401" in wrong, wrong)
