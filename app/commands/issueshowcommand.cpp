// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/issueshowcommand.h"

namespace vedette::app {
namespace {

/// The issue has so long to come; its requests give up sooner by themselves.
constexpr std::chrono::seconds readingTime{60};

} // namespace

IssueShowCommand::IssueShowCommand(const Invocation& invocation, sync::Hub& hub)
    : FoundCommand(invocation, hub)
{}

IssueShowCommand::~IssueShowCommand() = default;

void IssueShowCommand::proceed()
{
    m_detail = hub().makeDetailFeed();
    connect(m_detail.get(), &sync::DetailFeed::eventChanged, this,
        [this](const domain::Event& event) { m_event = event; });
    connect(m_detail.get(), &sync::DetailFeed::eventCleared, this, [this] { m_event.reset(); });
    // Each request of it may be the last one.
    connect(m_detail.get(), &sync::DetailFeed::issueStateChanged, this, &IssueShowCommand::look,
        Qt::QueuedConnection);
    connect(m_detail.get(), &sync::DetailFeed::eventStateChanged, this, &IssueShowCommand::look,
        Qt::QueuedConnection);
    allow(readingTime);
    m_detail->open(issues().first());
}

void IssueShowCommand::look()
{
    if (!isOver() && !m_detail->issueState().loading && !m_detail->eventState().loading)
        finish();
}

void IssueShowCommand::finish()
{
    if (!m_detail) {
        complain(core::Error{core::ErrorKind::Timeout, 0, {}, {}}, {});
        end();
        return;
    }
    const domain::IssueDetail detail = m_detail->detail();
    const QString account = names().value(detail.issue.account);
    if (const auto error = m_detail->issueState().error)
        complain(*error, account);
    const auto error = m_detail->eventState().error;
    if (error && error->kind != core::ErrorKind::NotFound) // an issue whose events are gone is still one
        complain(*error, account);
    say(wantsJson() ? issueAsJson(detail, account, m_event) : issueAsText(detail, account, m_event));
    end();
}

} // namespace vedette::app
