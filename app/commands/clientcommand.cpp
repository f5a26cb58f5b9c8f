// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/clientcommand.h"

#include <QDBusConnection>
#include <QTimer>

#include <utility>

#include "app/commands/issuecommand.h"
#include "models/core/ondone.h"
#include "models/core/text.h"
#include "models/secrets/keychainsecretstore.h"
#include "views/common/errortext.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace vedette::app {
namespace {

/// Another command that has the folder is waited for.
constexpr auto othersPatience = 60s;
constexpr auto lookAgainAfter = 200ms;

QJsonObject jsonOf(const CommandAnswer& answer)
{
    return {{u"exitCode"_s, answer.exitCode}, {u"out"_s, QString::fromUtf8(answer.out)},
        {u"err"_s, QString::fromUtf8(answer.err)}};
}

CommandAnswer answerOf(const QJsonObject& json)
{
    return {json.value("exitCode"_L1).toInt(ExitFailed), json.value("out"_L1).toString().toUtf8(),
        json.value("err"_L1).toString().toUtf8()};
}

} // namespace

void runBroughtCommand(const QStringList& words, sync::Hub& hub, std::function<void(const QJsonObject&)> done)
{
    const auto invocation = parseCli(words);
    if (!invocation || !isIssueCommand(*invocation)) {
        done(jsonOf({ExitUsage, {}, "vedette: the running Vedette does not know that command\n"}));
        return;
    }
    IssueCommand* command = IssueCommand::make(*invocation, hub).release();
    command->setParent(&hub);
    QObject::connect(command, &IssueCommand::finished, command,
        [command, done = std::move(done)](const CommandAnswer& answer) {
            done(jsonOf(answer));
            command->deleteLater();
        });
    command->start();
}

ClientCommand::ClientCommand(Invocation invocation, QStringList words, Paths paths)
    : m_invocation(std::move(invocation))
    , m_words(std::move(words))
    , m_paths(std::move(paths))
{}

ClientCommand::~ClientCommand() = default;

void ClientCommand::start()
{
    m_since.start();
    QMetaObject::invokeMethod(this, &ClientCommand::run, Qt::QueuedConnection);
}

void ClientCommand::run()
{
    if (const auto made = m_paths.make(); !made) {
        fail(made.error(), made.error().detail);
        return;
    }
    m_instance = std::make_unique<desktop::SingleInstance>(m_paths.data, QDBusConnection::sessionBus());
    if (m_instance->claim(desktop::SingleInstance::Use::Command)) {
        open();
        return;
    }
    connect(m_instance.get(), &desktop::SingleInstance::answered, this,
        [this](const QJsonObject& answer) { emit finished(answerOf(answer)); });
    connect(m_instance.get(), &desktop::SingleInstance::unanswered, this, [this] {
        if (m_since.elapsed() < std::chrono::milliseconds(othersPatience).count())
            QTimer::singleShot(lookAgainAfter, this, &ClientCommand::run);
        else
            fail(core::Error{core::ErrorKind::Busy, 0, {}, {}},
                u"another process has %1 and does not answer"_s.arg(m_paths.data));
    });
    m_instance->askFirst(m_words);
}

void ClientCommand::open()
{
    m_tokens = std::make_unique<secrets::KeychainSecretStore>();
    sync::Hub::Options options;
    options.dataFolder = m_paths.data;
    options.cacheFolder = m_paths.cache;
    auto hub = sync::Hub::open(options, m_clock, *m_tokens);
    if (!hub) {
        fail(hub.error(), views::errorText(hub.error(), {}, views::Retry::ByHand));
        return;
    }
    m_hub = *std::move(hub);
    if (!BuiltInCollector::existsIn(m_paths.data)) {
        begin();
        return;
    }
    m_collector = std::make_unique<BuiltInCollector>(m_paths.data, m_clock);
    core::onDone(m_collector->start({.anyPort = true, .firstProject = false}), this,
        [this](const core::Result<BuiltInCollector::Address>& at) {
            // Without it the servers can still be asked.
            if (at)
                m_hub->attachCollector(at->url, at->token);
            begin();
        });
}

void ClientCommand::begin()
{
    m_command = IssueCommand::make(m_invocation, *m_hub);
    connect(m_command.get(), &IssueCommand::finished, this, &ClientCommand::finished);
    m_command->start();
}

void ClientCommand::fail(const core::Error& error, const QString& sentence)
{
    CommandAnswer answer;
    answer.exitCode = exitCodeOf(error.kind);
    answer.err = u"vedette %1: %2\n"_s.arg(m_invocation.command, core::singleLine(sentence)).toUtf8();
    emit finished(answer);
}

} // namespace vedette::app
