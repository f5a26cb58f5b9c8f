// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/issuecommand.h"

#include <utility>

#include "app/commands/issueactcommand.h"
#include "app/commands/issuelistcommand.h"
#include "app/commands/issueshowcommand.h"
#include "models/core/text.h"
#include "views/common/errortext.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::app {

bool isIssueCommand(const Invocation& invocation)
{
    static const QStringList commands{
        u"issues"_s, u"issue"_s, u"resolve"_s, u"archive"_s, u"reopen"_s, u"assign"_s};
    return commands.contains(invocation.command);
}

std::unique_ptr<IssueCommand> IssueCommand::make(const Invocation& invocation, sync::Hub& hub)
{
    if (invocation.command == u"issues")
        return std::make_unique<IssueListCommand>(invocation, hub);
    if (invocation.command == u"issue")
        return std::make_unique<IssueShowCommand>(invocation, hub);
    return std::make_unique<IssueActCommand>(invocation, hub);
}

IssueCommand::IssueCommand(Invocation invocation, sync::Hub& hub)
    : m_invocation(std::move(invocation))
    , m_hub(hub)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (!m_isOver)
            giveUp();
    });
}

IssueCommand::~IssueCommand() = default;

void IssueCommand::start()
{
    QMetaObject::invokeMethod(this, &IssueCommand::begin, Qt::QueuedConnection);
}

void IssueCommand::begin()
{
    if (chooseAccounts())
        run();
    else
        end();
}

bool IssueCommand::chooseAccounts()
{
    const QString wanted = m_invocation.options.value(u"--account"_s);
    for (const domain::Account& account : m_hub.accounts().accounts()) {
        const bool isMeant = wanted.isEmpty() || account.id.value() == wanted ||
                             account.name.compare(wanted, Qt::CaseInsensitive) == 0 ||
                             account.baseUrl.host().compare(wanted, Qt::CaseInsensitive) == 0;
        if (isMeant)
            m_accounts << account.id;
    }
    if (m_accounts.isEmpty() && wanted.isEmpty())
        complain(u"there is no account yet. Start Vedette and add one."_s, ExitNotFound);
    else if (m_accounts.isEmpty())
        complain(u"there is no account \"%1\""_s.arg(wanted), ExitNotFound);
    else if (!wanted.isEmpty() && m_accounts.size() > 1)
        complain(u"\"%1\" names more than one account: use one's name"_s.arg(wanted), ExitUsage);
    return m_answer.exitCode == ExitOk;
}

AccountNames IssueCommand::names() const
{
    AccountNames out;
    for (const domain::Account& account : m_hub.accounts().accounts())
        out.insert(account.id, account.name);
    return out;
}

std::optional<int> IssueCommand::number(const QString& option, int usual, int least, int most)
{
    const QString word = m_invocation.options.value(option);
    if (word.isEmpty())
        return usual;
    bool isNumber = false;
    const int given = word.toInt(&isNumber);
    if (isNumber && given >= least && given <= most)
        return given;
    complain(u"%1 is a number from %2 to %3"_s.arg(option).arg(least).arg(most), ExitUsage);
    return std::nullopt;
}

void IssueCommand::complain(const QString& sentence, ExitCode code)
{
    m_answer.err += u"vedette %1: %2\n"_s.arg(m_invocation.command, core::singleLine(sentence)).toUtf8();
    m_answer.exitCode = code;
}

void IssueCommand::complain(const core::Error& error, const QString& about)
{
    complain(views::errorText(error, about, views::Retry::ByHand), exitCodeOf(error.kind));
}

void IssueCommand::end()
{
    if (std::exchange(m_isOver, true))
        return;
    m_patience.stop();
    emit finished(m_answer);
}

} // namespace vedette::app
