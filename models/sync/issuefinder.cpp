// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/issuefinder.h"

#include <QPointer>
#include <QPromise>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <utility>

#include "models/sync/accountbook.h"
#include "models/sync/issuereference.h"
#include "models/sync/session.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

using core::ErrorKind;

/// So long a token and the organizations may be on their way.
constexpr std::chrono::seconds patience{10};

bool isOn(const domain::Account& account, const QUrl& server)
{
    const auto isSame = [&server](const QUrl& url) {
        return url.host() == server.host() && url.port(443) == server.port(443);
    };
    if (server.isEmpty() || isSame(account.baseUrl))
        return true;
    // The hosted service shows an organization's pages on a host of its own, below the account's.
    if (server.host().endsWith(u'.' + account.baseUrl.host()))
        return true;
    return std::any_of(account.organizations.begin(), account.organizations.end(),
        [&isSame](const domain::Organization& organization) { return isSame(organization.regionUrl); });
}

/// One search: asks one organization after the other, and goes when it is done.
class Search final : public QObject
{
public:
    Search(
        AccountBook& book, IssueReference wanted, const QList<domain::AccountId>& accounts, QObject* parent)
        : QObject(parent)
        , m_wanted(std::move(wanted))
    {
        m_promise.start();
        for (Session* session : book.sessions()) {
            const domain::Account& account = session->account();
            if ((accounts.isEmpty() || accounts.contains(account.id)) && isOn(account, m_wanted.server))
                m_sessions << session;
        }
        m_patience.setSingleShot(true);
        connect(&m_patience, &QTimer::timeout, this, [this] { giveUp({ErrorKind::Timeout, 0, {}, {}}); });
    }

    QFuture<core::Result<QList<domain::Issue>>> future() { return m_promise.future(); }

    /// The next account, as soon as it can be asked.
    void next()
    {
        m_patience.stop();
        if (m_session)
            m_session->disconnect(this);
        m_organizations.clear();
        m_session = m_sessions.isEmpty() ? nullptr : m_sessions.takeFirst();
        if (!m_session) {
            if (m_sessions.isEmpty())
                finish();
            else
                next(); // that account was signed out meanwhile
            return;
        }
        connect(m_session, &QObject::destroyed, this, &Search::next);
        if (m_session->isReady()) {
            begin();
            return;
        }
        connect(m_session, &Session::ready, this, &Search::begin);
        connect(m_session, &Session::stateChanged, this, &Search::lookAtState);
        m_patience.start(patience);
        lookAtState();
    }

private:
    void lookAtState()
    {
        if (m_session->isReady())
            return; // ready() comes
        const ConnectionState& state = m_session->state();
        if (state.error && state.phase != ConnectionState::Phase::Unknown)
            giveUp(*state.error);
        else if (state.phase == ConnectionState::Phase::NeedsToken)
            giveUp({ErrorKind::Unauthorized, 0, {}, {}});
    }

    void giveUp(const core::Error& error)
    {
        if (!m_error)
            m_error = error;
        next();
    }

    void begin()
    {
        m_patience.stop();
        m_session->disconnect(this);
        connect(m_session, &QObject::destroyed, this, &Search::next);
        for (const domain::Organization& organization : m_session->account().organizations) {
            if (m_wanted.organization.isEmpty() || organization.id.value() == m_wanted.organization)
                m_organizations << organization.id;
        }
        ask();
    }

    void ask()
    {
        if (m_organizations.isEmpty()) {
            next();
            return;
        }
        if (!m_session->client()) { // its way to the server is being changed
            note({ErrorKind::Cancelled, 0, {}, {}});
            next();
            return;
        }
        const domain::OrganizationId organization = m_organizations.takeFirst();
        if (m_wanted.kind == IssueReference::Kind::IssueId) {
            m_session->receive(m_session->client()->issue(organization, domain::IssueId(m_wanted.text)), this,
                [this, organization, asked = m_session](const core::Result<domain::IssueDetail>& detail) {
                    if (asked != m_session)
                        return; // signed out meanwhile
                    if (detail)
                        keep(detail->issue, organization);
                    else
                        note(detail.error());
                    ask();
                });
            return;
        }
        api::IssueListRequest request;
        request.organization = organization;
        request.query = m_wanted.text;
        request.shortIdLookup = m_wanted.kind == IssueReference::Kind::ShortId;
        request.groupStatsPeriod.clear();
        m_session->receive(m_session->client()->issues(request), this,
            [this, organization, asked = m_session](const core::Result<api::Page<domain::Issue>>& page) {
                if (asked != m_session)
                    return;
                if (!page)
                    note(page.error());
                for (const domain::Issue& issue : page ? page->items : QList<domain::Issue>()) {
                    // A server without that look-up has searched for the text instead.
                    const bool isMeant = m_wanted.kind == IssueReference::Kind::ShortId
                                             ? issue.shortId.compare(m_wanted.text, Qt::CaseInsensitive) == 0
                                             : page->directHit;
                    if (isMeant)
                        keep(issue, organization);
                }
                ask();
            });
    }

    void keep(domain::Issue issue, const domain::OrganizationId& organization)
    {
        issue.account = m_session->account().id;
        issue.organization = organization;
        m_found << issue;
    }

    /// That there is no such issue here is no fault.
    void note(const core::Error& error)
    {
        const bool isMissing = error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Gone;
        if (!isMissing && !m_error)
            m_error = error;
    }

    void finish()
    {
        if (!m_found.isEmpty())
            m_promise.addResult(core::Result<QList<domain::Issue>>(m_found));
        else
            m_promise.addResult(core::Result<QList<domain::Issue>>(
                core::fail(m_error ? *m_error : core::Error{ErrorKind::NotFound, 0, {}, {}})));
        m_promise.finish();
        deleteLater();
    }

    const IssueReference m_wanted;
    QPromise<core::Result<QList<domain::Issue>>> m_promise;
    QList<QPointer<Session>> m_sessions;
    QPointer<Session> m_session;
    QList<domain::OrganizationId> m_organizations;
    QList<domain::Issue> m_found;
    std::optional<core::Error> m_error;
    QTimer m_patience;
};

} // namespace

IssueFinder::IssueFinder(AccountBook& book)
    : m_book(book)
{}

IssueFinder::~IssueFinder() = default;

QFuture<core::Result<QList<domain::Issue>>> IssueFinder::find(
    const QString& text, const QList<domain::AccountId>& accounts)
{
    IssueReference wanted = parseIssueReference(text);
    if (wanted.kind == IssueReference::Kind::None) {
        return QtFuture::makeReadyFuture(core::Result<QList<domain::Issue>>(core::fail(ErrorKind::Usage)));
    }
    auto* search = new Search(m_book, std::move(wanted), accounts, this);
    auto future = search->future();
    search->next();
    return future;
}

} // namespace vedette::sync
