// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/sync/hub.h"

namespace vedette::tests {

/// The joint without network, disk or threads: every class of models/sync as a script that a test of a page
/// sets and reads. Data members are what the page will see; each `set...` and `emit...` tells it; `calls` and
/// the lists of what was submitted say what the page did. GUI thread.

class ScriptedAccounts final : public sync::Accounts
{
    Q_OBJECT

public:
    QList<domain::Account> all;
    QHash<domain::AccountId, sync::ConnectionState> states;
    bool keeps = true;
    /// What the calls answer; each is finished at once.
    core::Result<sync::ServerInfo> inspected = core::fail(core::ErrorKind::Offline);
    core::Result<sync::TokenReach> examined = core::fail(core::ErrorKind::Unauthorized);
    core::Result<domain::Account> added = core::fail(core::ErrorKind::Unauthorized);
    QStringList calls;

    [[nodiscard]] QList<domain::Account> accounts() const override { return all; }
    [[nodiscard]] std::optional<domain::Account> account(const domain::AccountId& id) const override;
    [[nodiscard]] sync::ConnectionState state(const domain::AccountId& id) const override;
    [[nodiscard]] bool keepsTokens() const override { return keeps; }
    QFuture<core::Result<sync::ServerInfo>> inspect(const QUrl& url, const sync::NetworkWay& way) override;
    QFuture<core::Result<sync::TokenReach>> examine(
        const QUrl& url, const QString& token, const sync::NetworkWay& way) override;
    QFuture<core::Result<domain::Account>> signIn(const sync::SignInWish& wish) override;
    QFuture<core::Result<domain::Account>> renewToken(
        const domain::AccountId& id, const QString& token) override;
    QFuture<core::Result<domain::Account>> setNetwork(
        const domain::AccountId& id, const sync::NetworkWay& way) override;
    void remove(const domain::AccountId& id) override;

    void setAccounts(const QList<domain::Account>& accounts);
    void setState(const domain::AccountId& id, const sync::ConnectionState& state);
};

class ScriptedDirectory final : public sync::Directory
{
    Q_OBJECT

public:
    QHash<domain::AccountId, QList<domain::Project>> projectsOf;
    QHash<domain::AccountId, QStringList> environmentsOf;
    QList<domain::Actor> people; ///< assignees of every project
    std::optional<domain::Actor> self;
    sync::FeedState feedState;
    int refreshes = 0;

    [[nodiscard]] QList<domain::Project> projects(const domain::Scope& scope) const override;
    [[nodiscard]] QStringList environments(const domain::Scope& scope) const override;
    [[nodiscard]] QList<domain::Actor> assignees(
        const domain::Scope& scope, const domain::ProjectId& project) const override;
    [[nodiscard]] std::optional<domain::Actor> me(const domain::AccountId& account) const override;
    [[nodiscard]] sync::FeedState state(const domain::Scope& scope) const override;
    void refresh(const domain::Scope& scope) override;
};

class ScriptedOutbox final : public sync::Outbox
{
    Q_OBJECT

public:
    struct Submitted
    {
        QList<domain::Issue> issues;
        domain::Action action;
    };
    QList<Submitted> submitted;
    int undone = 0;
    int pending = 0;

    /// Emits issueChanged with the optimistic row for each, as the real one does.
    void submit(const QList<domain::Issue>& issues, const domain::Action& action) override;
    void undoLast() override { ++undone; }
    [[nodiscard]] bool canUndo() const override { return !submitted.isEmpty(); }
    void undo(qint64 batch) override { calls << QStringLiteral("undo %1").arg(batch); }
    [[nodiscard]] bool canUndo(qint64 batch) const override { return undoable.contains(batch); }
    void retry(qint64 id) override { calls << QStringLiteral("retry %1").arg(id); }
    void discard(qint64 id) override { calls << QStringLiteral("discard %1").arg(id); }
    void resolveConflict(qint64 id, Resolution how) override
    {
        calls << QStringLiteral("%1 %2")
                     .arg(how == Resolution::ApplyAnyway ? QStringLiteral("apply") : QStringLiteral("leave"))
                     .arg(id);
    }
    [[nodiscard]] int pendingCount() const override { return pending; }
    [[nodiscard]] QList<Entry> entries() const override { return rows; }

    QList<Entry> rows;
    QList<qint64> undoable;
    QStringList calls; ///< of retry, discard, resolveConflict and undo, in order
    void setEntries(const QList<Entry>& entries);
    void setPending(int count);
    /// The server refuses the last submit: rolls the rows back and says why.
    void refuseLast(const core::Error& error);
};

class ScriptedAlertWatch final : public sync::AlertWatch
{
    Q_OBJECT

public:
    QList<alerts::Alert> inAlarm;
    QList<alerts::Alert> raised;
    QList<domain::Issue> top;
    QList<std::pair<domain::IssueId, core::TimePoint>> snoozed;
    int checks = 0;

    [[nodiscard]] QList<alerts::Alert> current() const override { return inAlarm; }
    [[nodiscard]] QList<alerts::Alert> history() const override { return raised; }
    [[nodiscard]] QList<domain::Issue> topFive() const override { return top; }
    void snooze(const domain::Issue& issue, core::TimePoint until) override;
    void checkNow() override { ++checks; }

    void setCurrent(const QList<alerts::Alert>& alerts);
    void raise(const alerts::Alert& alert);
};

class ScriptedHub;

class ScriptedIssueFeed final : public sync::IssueFeed
{
    Q_OBJECT

public:
    explicit ScriptedIssueFeed(ScriptedHub& hub)
        : m_hub(hub)
    {}

    [[nodiscard]] const sync::IssueQuery& query() const override { return m_query; }
    void setQuery(const sync::IssueQuery& query) override;
    [[nodiscard]] QList<domain::Issue> rows() const override { return m_rows; }
    [[nodiscard]] sync::FeedState state() const override { return m_state; }
    void refresh() override { ++refreshes; }
    void fetchMore() override { ++fetches; }
    void setFollowed(bool on) override { followed = on; }

    /// What the server would have told: another list, the same list newer, how it stands.
    void emitReset(const QList<domain::Issue>& rows);
    void emitMerged(const QList<domain::Issue>& rows);
    void setState(const sync::FeedState& state);

    int queries = 0;
    int refreshes = 0;
    int fetches = 0;
    bool followed = false;

private:
    ScriptedHub& m_hub;
    sync::IssueQuery m_query;
    QList<domain::Issue> m_rows;
    sync::FeedState m_state;
};

class ScriptedDetailFeed final : public sync::DetailFeed
{
    Q_OBJECT

public:
    explicit ScriptedDetailFeed(ScriptedHub& hub)
        : m_hub(hub)
    {}

    void open(const domain::Issue& issue) override;
    void close() override;
    [[nodiscard]] domain::IssueDetail detail() const override { return m_detail; }
    [[nodiscard]] sync::FeedState issueState() const override { return issueFeedState; }
    [[nodiscard]] sync::FeedState eventState() const override { return eventFeedState; }
    void refresh() override { calls << QStringLiteral("refresh"); }
    void showOlder() override { calls << QStringLiteral("older"); }
    void showNewer() override { calls << QStringLiteral("newer"); }
    void showLatest() override { calls << QStringLiteral("latest"); }

    void emitDetail(const domain::IssueDetail& detail);
    void emitEvent(const domain::Event& event);
    void setIssueState(const sync::FeedState& state);
    void setEventState(const sync::FeedState& state);

    sync::FeedState issueFeedState;
    sync::FeedState eventFeedState;
    QStringList calls;

private:
    ScriptedHub& m_hub;
    domain::IssueDetail m_detail;
};

class ScriptedOverviewFeed final : public sync::OverviewFeed
{
    Q_OBJECT

public:
    explicit ScriptedOverviewFeed(ScriptedHub& hub)
        : m_hub(hub)
    {}

    void setScope(const domain::Scope& scope) override;
    [[nodiscard]] QList<domain::ProjectSummary> summaries() const override;
    [[nodiscard]] sync::FeedState state() const override { return m_state; }
    void refresh() override { ++refreshes; }
    void setFollowed(bool on) override { followed = on; }

    void emitSummaries();
    void setState(const sync::FeedState& state);

    domain::AccountId account;
    int refreshes = 0;
    bool followed = false;

private:
    ScriptedHub& m_hub;
    sync::FeedState m_state;
};

class ScriptedCollectorFeed final : public sync::CollectorFeed
{
    Q_OBJECT

public:
    explicit ScriptedCollectorFeed(ScriptedHub& hub)
        : m_hub(hub)
    {}

    [[nodiscard]] bool isAvailable() const override;
    [[nodiscard]] domain::CollectorStatus status() const override;
    [[nodiscard]] QList<ProjectWithKeys> projects() const override;
    [[nodiscard]] QList<domain::Actor> members() const override;
    [[nodiscard]] sync::FeedState state() const override { return m_state; }
    void refresh() override { ++refreshes; }
    void setFollowed(bool on) override { followed = on; }
    QFuture<core::Result<domain::Actor>> addMember(const QString& name, const QString& email) override;
    QFuture<core::Result<domain::Project>> addProject(const QString& name, const QString& platform) override;
    QFuture<core::Result<domain::Project>> renameProject(const QString& slug, const QString& name) override;
    QFuture<core::Result<domain::ProjectKey>> addKey(const QString& slug, const QString& label) override;
    QFuture<core::Result<domain::ProjectKey>> setKeyActive(
        const QString& slug, const QString& keyId, bool isActive) override;
    QFuture<core::Result<domain::ProjectSettings>> projectSettings(const QString& slug) override;
    QFuture<core::Result<domain::ProjectSettings>> setProjectSettings(
        const QString& slug, const domain::ProjectSettings& settings) override;
    QFuture<core::Result<domain::CollectorSettings>> settings() override;
    QFuture<core::Result<domain::CollectorSettings>> setSettings(
        const domain::CollectorSettings& settings) override;

    void setState(const sync::FeedState& state);

    int refreshes = 0;
    bool followed = false;

private:
    ScriptedHub& m_hub;
    sync::FeedState m_state;
};

/// Hands the scripts out. Feeds belong to the page that asked; the last of each kind is reachable here while
/// it lives.
class ScriptedHub final : public sync::Hub
{
    Q_OBJECT

public:
    ScriptedHub() = default;

    ScriptedAccounts scriptedAccounts;
    ScriptedDirectory scriptedDirectory;
    ScriptedOutbox scriptedOutbox;
    ScriptedAlertWatch scriptedWatch;

    /// What a new issue feed answers a query with: rows by the query's text, all of them where the text is
    /// not listed. `answersAtOnce` false: the test answers by emitReset.
    QHash<QString, QList<domain::Issue>> rowsFor;
    QList<domain::Issue> rows;
    sync::FeedState listState;
    bool answersAtOnce = true;

    /// What a detail feed answers open() with; the issue is put into the detail.
    domain::IssueDetail detail;
    std::optional<domain::Event> event;

    QList<domain::ProjectSummary> summaries;
    bool hasCollector = true;
    domain::CollectorStatus collectorStatus;
    core::Result<domain::ProjectSettings> projectSettings = domain::ProjectSettings();
    core::Result<domain::CollectorSettings> collectorSettings = domain::CollectorSettings();
    /// What the calls that change the collector were given, one text each, in order.
    QStringList collectorCalls;
    std::optional<core::Error> collectorRefusal; ///< what they answer, if set
    QList<sync::CollectorFeed::ProjectWithKeys> collectorProjects;
    core::Result<domain::Actor> memberAdded = core::fail(core::ErrorKind::Rejected);
    core::Result<domain::Project> projectAdded = core::fail(core::ErrorKind::Rejected);

    QList<ScriptedIssueFeed*> issueFeeds; ///< in the order they were made; those that live
    ScriptedDetailFeed* detailFeed = nullptr;
    ScriptedOverviewFeed* overviewFeed = nullptr;
    ScriptedCollectorFeed* collectorFeed = nullptr;
    bool visible = true;

    /// What findIssues() answers, by the text that is looked for; NotFound for any other.
    QHash<QString, QList<domain::Issue>> issuesFor;

    void attachCollector(const QUrl& url, const QString& token) override;
    QFuture<core::Result<QList<domain::Issue>>> findIssues(
        const QString& text, const QList<domain::AccountId>& /*accounts*/) override
    {
        using Found = core::Result<QList<domain::Issue>>;
        return QtFuture::makeReadyFuture(issuesFor.contains(text)
                                             ? Found(issuesFor.value(text))
                                             : Found(core::fail(core::ErrorKind::NotFound)));
    }
    void setVisible(bool on) override { visible = on; }
    [[nodiscard]] sync::Accounts& accounts() override { return scriptedAccounts; }
    [[nodiscard]] sync::Directory& directory() override { return scriptedDirectory; }
    [[nodiscard]] sync::Outbox& outbox() override { return scriptedOutbox; }
    [[nodiscard]] sync::AlertWatch& alertWatch() override { return scriptedWatch; }
    [[nodiscard]] std::unique_ptr<sync::IssueFeed> makeIssueFeed() override;
    [[nodiscard]] std::unique_ptr<sync::DetailFeed> makeDetailFeed() override;
    [[nodiscard]] std::unique_ptr<sync::OverviewFeed> makeOverviewFeed() override;
    [[nodiscard]] std::unique_ptr<sync::CollectorFeed> makeCollectorFeed() override;
};

} // namespace vedette::tests
