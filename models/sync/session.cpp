// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/session.h"

#include <algorithm>

#include "models/api/changestream.h"

namespace vedette::sync {
namespace {

using core::ErrorKind;

/// Whether a failure still shows that the server is there and does its work.
bool isAnswer(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Gone:
    case ErrorKind::Rejected:
    case ErrorKind::RateLimited:
    case ErrorKind::TooLarge:
        return true;
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::Proxy:
    case ErrorKind::Redirected:
    case ErrorKind::Unauthorized:
    case ErrorKind::Server:
    case ErrorKind::NotSentry:
    case ErrorKind::Malformed:
    case ErrorKind::Unsupported:
    case ErrorKind::Storage:
    case ErrorKind::NewerData:
    case ErrorKind::Busy:
    case ErrorKind::Keychain:
    case ErrorKind::Cancelled:
    case ErrorKind::Usage:
    case ErrorKind::Internal:
        return false;
    }
    return false;
}

/// Says nothing about the server: we ourselves did not ask it, or stopped.
bool isOurs(const core::Error& error)
{
    const ErrorKind kind = error.kind;
    return error.cause == core::ErrorCause::HeldBack || kind == ErrorKind::Cancelled ||
           kind == ErrorKind::Usage || kind == ErrorKind::Unsupported || kind == ErrorKind::Internal;
}

} // namespace

Session::Session(domain::Account account, const core::Clock& clock, QObject* parent)
    : QObject(parent)
    , m_account(std::move(account))
    , m_clock(clock)
{}

Session::~Session() = default;

void Session::setAccount(const domain::Account& account)
{
    m_account = account;
    if (isReady() && !std::exchange(m_wasReady, true)) {
        follow();
        emit ready();
    }
}

domain::OrganizationId Session::organization(const domain::OrganizationId& wanted) const
{
    if (!wanted.isEmpty() || m_account.organizations.isEmpty())
        return wanted;
    return m_account.organizations.front().id;
}

void Session::setClient(std::unique_ptr<api::Client> client)
{
    m_changes.reset();
    // Those who wait for the former one are told, and shall find it gone.
    const std::unique_ptr<api::Client> former = std::exchange(m_client, std::move(client));
    m_wasReady = isReady();
    if (m_wasReady) {
        follow();
        emit ready();
    }
}

void Session::follow()
{
    if (m_account.kind != domain::ServerKind::Collector)
        return;
    m_changes = m_client->followChanges(organization());
    if (!m_changes)
        return;
    connect(m_changes.get(), &api::ChangeStream::changed, this, &Session::changedThere);
    connect(m_changes.get(), &api::ChangeStream::liveChanged, this, &Session::liveChanged);
}

bool Session::isLive() const
{
    return m_changes && m_changes->isLive();
}

std::chrono::milliseconds Session::quietFor() const
{
    return m_client ? m_client->quietFor() : std::chrono::milliseconds(0);
}

void Session::note(const std::optional<core::Error>& error)
{
    if (error && isOurs(*error))
        return;
    if (!error || isAnswer(error->kind)) {
        m_state.lastChecked = m_clock.now();
        enter(ConnectionState::Phase::Online, {});
        return;
    }
    if (error->httpStatus != 0)
        m_state.lastChecked = m_clock.now();
    const bool wantsToken = error->kind == ErrorKind::Unauthorized || error->kind == ErrorKind::Keychain;
    enter(wantsToken ? ConnectionState::Phase::NeedsToken : ConnectionState::Phase::Blind, error);
}

void Session::enter(ConnectionState::Phase phase, const std::optional<core::Error>& error)
{
    const ConnectionState::Phase former = m_state.phase;
    if (former != phase) {
        m_state.phase = phase;
        m_state.since = m_clock.now();
    }
    m_state.error = error;
    emit stateChanged();
    if (phase == ConnectionState::Phase::Online && former != phase &&
        former != ConnectionState::Phase::Unknown)
        emit cameBack();
}

FeedState waiting(const Session* session, FeedState state)
{
    state.error = session != nullptr ? session->state().error : std::nullopt;
    state.loading = session != nullptr && !state.error;
    return state;
}

} // namespace vedette::sync
