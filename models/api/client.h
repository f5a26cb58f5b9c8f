// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>

#include "models/api/page.h"
#include "models/api/types.h"
#include "models/core/result.h"
#include "models/domain/account.h"
#include "models/domain/action.h"
#include "models/domain/collector.h"
#include "models/domain/event.h"
#include "models/domain/issue.h"
#include "models/domain/project.h"

namespace vedette::core {
class Clock;
class Lane;
class Mailbox;
} // namespace vedette::core

namespace vedette::api {

class AccessManager;
class ChangeStream;

/// The Sentry web API of one server: one base URL and one token, which is held in memory and sent to that
/// origin only, and to the regions which that server itself named. At most four requests are open at once,
/// the others queue, and none goes out before the server's own limits allow it. Answers are bounded, decoded
/// on the lane, and come home to the GUI thread, where the client lives.
///
/// Every call returns a future that is finished exactly once, on the GUI thread: with a value, with an error,
/// without a result after `future.cancel()` (which aborts what is open), and with ErrorKind::Cancelled when
/// the client dies. Read them with core::onDone. Every call can give Offline, Timeout, Tls, Proxy,
/// Redirected, Unauthorized, Forbidden, NotFound, RateLimited (with `retryAfter`), Server, NotSentry,
/// Malformed, TooLarge and Cancelled; others are named below. `Error::detail` has the server's own words,
/// redacted and short.
class Client final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Client)

public:
    struct Options
    {
        QUrl baseUrl;  ///< scheme, host, port, maybe a path prefix; never the /api/0/ part
        QString token; ///< empty: requests go without one
        /// What the server is known to be from a former probe; probe() sets it anew.
        domain::ServerKind kind = domain::ServerKind::Unknown;
        /// Known organizations with their regions, from a former organizations().
        QList<domain::Organization> organizations = {};
        std::chrono::milliseconds timeout{30'000};   ///< without a byte going either way
        std::chrono::milliseconds deadline{120'000}; ///< for a whole answer, however it drips
        qint64 maxAnswerBytes = 20'000'000;
    };

    /// All four must outlive the client, and the mailbox must outlive the lane.
    Client(Options options, AccessManager& network, core::Lane& lane, core::Mailbox& home,
        const core::Clock& clock, QObject* parent = nullptr);
    /// The same with a network of its own.
    Client(Options options, std::unique_ptr<AccessManager> network, core::Lane& lane, core::Mailbox& home,
        const core::Clock& clock, QObject* parent = nullptr);
    ~Client() override;

    /// Calls that are made while it lives are for nobody who looks: they give way to all others.
    class Background final
    {
        Q_DISABLE_COPY_MOVE(Background)

    public:
        explicit Background(Client& client);
        ~Background();

    private:
        Client& m_client;
    };

    [[nodiscard]] QUrl baseUrl() const;
    [[nodiscard]] domain::ServerKind kind() const;
    /// Requests on the wire and in the queue.
    [[nodiscard]] int openRequests() const;
    /// How long the server wants to be left alone, as it said by 429 or 503; zero: not at all. By the running
    /// time, so that setting the date changes nothing. Calls that would come too early wait for up to 10
    /// seconds, and end with RateLimited (HeldBack) where that is not enough.
    [[nodiscard]] std::chrono::milliseconds quietFor() const;

    // -- sign-in
    // ---------------------------------------------------------------------------------------------

    /// What answers at the base URL, asked without the token.
    QFuture<core::Result<ServerInfo>> probe();
    /// Whose token it is, and its scopes. The person is remembered: assignees() marks them.
    QFuture<core::Result<Identity>> whoAmI();
    /// All organizations, with their regions, which are remembered.
    QFuture<core::Result<QList<domain::Organization>>> organizations();

    // -- directory
    // -------------------------------------------------------------------------------------------

    /// All projects that the token reaches.
    QFuture<core::Result<QList<domain::Project>>> projects(const domain::OrganizationId& organization);
    QFuture<core::Result<QStringList>> environments(const domain::OrganizationId& organization);
    /// Who an issue of the project can be assigned to: people (you first), then teams. A project without an
    /// id means the whole organization. Empty on GlitchTip, which knows no assignment.
    QFuture<core::Result<QList<domain::Actor>>> assignees(
        const domain::OrganizationId& organization, const domain::ProjectRef& project = {});
    /// Adds a person. Errors: Rejected (the address is there already).
    QFuture<core::Result<domain::Actor>> createMember(
        const domain::OrganizationId& organization, const QString& name, const QString& email);
    QFuture<core::Result<QList<domain::ProjectKey>>> keys(
        const domain::OrganizationId& organization, const QString& projectSlug);
    /// Makes a project. Errors: Rejected.
    QFuture<core::Result<domain::Project>> createProject(
        const domain::OrganizationId& organization, const QString& name, const QString& platform);

    // -- issues
    // ----------------------------------------------------------------------------------------------

    /// One page. Errors: Rejected (a query that the server does not understand).
    QFuture<core::Result<Page<domain::Issue>>> issues(const IssueListRequest& request);
    /// One issue; its counts are of all time. `tags` holds keys and totals at most: see issueTags(). An issue
    /// that was merged away answers with its new parent's id.
    QFuture<core::Result<domain::IssueDetail>> issue(
        const domain::OrganizationId& organization, const domain::IssueId& issue);
    QFuture<core::Result<QList<domain::TagDistribution>>> issueTags(
        const domain::OrganizationId& organization, const domain::IssueId& issue);
    /// One event with all its entries. Recommended falls back to latest; oldest is walked to where the server
    /// has no word for it.
    QFuture<core::Result<domain::Event>> event(const domain::OrganizationId& organization,
        const domain::IssueId& issue, const EventSelector& which, const QStringList& environments = {});
    /// Events of an issue, newest first.
    QFuture<core::Result<Page<EventSummary>>> events(const domain::OrganizationId& organization,
        const domain::IssueId& issue, const QString& cursor = {}, int limit = 50);
    /// Accepted events of a project in steps of an hour, from `since` to `until`, gaps filled with zeros.
    QFuture<core::Result<domain::Series>> projectStats(const domain::OrganizationId& organization,
        const domain::ProjectRef& project, core::TimePoint since, core::TimePoint until);

    // -- changing issues
    // -------------------------------------------------------------------------------------

    /// Carries out an action on one issue and reads it back. The state in the answer is the server's; its
    /// counts are of all time. Errors: Rejected, Unsupported (GlitchTip: all but resolve, archive, reopen).
    QFuture<core::Result<domain::Issue>> update(const domain::OrganizationId& organization,
        const domain::IssueId& issue, const domain::Action& action);
    /// The same for many at once, guarded: with explicit ids, their projects, and a query naming the same
    /// issues, because a server that finds none of the ids would change whatever the query matches (contract
    /// section 8). Read the rows again afterwards. Errors: as update; Usage for an empty list, and for issues
    /// without an id, a short id or a project (nothing is sent then).
    QFuture<core::Result<BulkOutcome>> updateMany(const domain::OrganizationId& organization,
        const QList<domain::Issue>& issues, const domain::Action& action);
    /// Deletes one issue with its events. The server may take its time.
    QFuture<core::Result<void>> remove(
        const domain::OrganizationId& organization, const domain::IssueId& issue);

    // -- the built-in collector
    // ------------------------------------------------------------------------------

    /// How the collector is doing. Errors: NotFound where the server is not ours.
    QFuture<core::Result<domain::CollectorStatus>> collectorStatus();
    QFuture<core::Result<domain::CollectorSettings>> collectorSettings();
    /// Answers what is in force then. Errors: Rejected (a value that cannot be).
    QFuture<core::Result<domain::CollectorSettings>> setCollectorSettings(
        const domain::CollectorSettings& settings);
    /// What a project lets in and passes on. Errors: NotFound where the server is not ours.
    QFuture<core::Result<domain::ProjectSettings>> projectSettings(
        const domain::OrganizationId& organization, const QString& projectSlug);
    /// Answers what is in force then. Errors: Rejected (a value that cannot be; nothing was changed).
    QFuture<core::Result<domain::ProjectSettings>> setProjectSettings(
        const domain::OrganizationId& organization, const QString& projectSlug,
        const domain::ProjectSettings& settings);
    /// Gives a project another name; its slug stays. Errors: Rejected.
    QFuture<core::Result<domain::Project>> renameProject(
        const domain::OrganizationId& organization, const QString& projectSlug, const QString& name);
    /// Makes one more key. Errors: Rejected.
    QFuture<core::Result<domain::ProjectKey>> addKey(
        const domain::OrganizationId& organization, const QString& projectSlug, const QString& label);
    /// A key that is not active opens nothing; it can be made active again.
    QFuture<core::Result<domain::ProjectKey>> setKeyActive(const domain::OrganizationId& organization,
        const QString& projectSlug, const QString& keyId, bool isActive);
    /// What changes there, as it happens. It lives on until the caller lets go of it, beside the four
    /// requests, and must not outlive the network; null where the token cannot be sent.
    [[nodiscard]] std::unique_ptr<ChangeStream> followChanges(const domain::OrganizationId& organization);

    class Private; ///< of client*.cpp

private:
    std::unique_ptr<Private> d;
};

} // namespace vedette::api
