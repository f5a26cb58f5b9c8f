// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QPoint>

#include <functional>

#include "models/core/error.h"
#include "models/domain/action.h"

namespace vedette::sync {
class Hub;
}

namespace vedette::views {

class IssueActions;
class MessageBanner;

/// Carries out what the issue actions say on whatever issues the page names: through the outbox, never to a
/// server itself. What a server refuses is said in the banner with a way out. GUI thread; everything that it
/// is given outlives it.
class Triage final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Triage)

public:
    /// `targets`: the issues that an action is meant for now; `pickerPosition`: where the list of people
    /// opens.
    Triage(sync::Hub& hub, IssueActions& actions, MessageBanner& banner,
        std::function<QList<domain::Issue>()> targets, std::function<QPoint()> pickerPosition,
        QWidget* parent);

    /// Notes that a person has looked at an issue.
    void markSeen(const domain::Issue& issue);
    /// Which actions make sense for what is chosen now.
    void updateActions();

signals:
    /// An action was taken on these; `sentence` says so.
    void acted(const QList<vedette::domain::Issue>& issues, const vedette::domain::Action& action,
        const QString& sentence);
    /// Something about the account has to be set right first.
    void wayOutRequested(const vedette::domain::AccountId& account, const vedette::core::Error& error);

private:
    void submit(const domain::Action& action);
    void pickAssignee();
    void assignToMe();
    void openInBrowser();
    void showRefusal(
        const QList<domain::Issue>& issues, const domain::Action& action, const core::Error& error);

    sync::Hub& m_hub;
    IssueActions& m_actions;
    MessageBanner& m_banner;
    std::function<QList<domain::Issue>()> m_targets;
    std::function<QPoint()> m_pickerPosition;
    QWidget* m_parent;
};

/// What was done, in the past tense: "3 issues resolved".
[[nodiscard]] QString actionDoneText(const domain::Action& action, int issues);
/// What could not be done: "2 issues could not be resolved."
[[nodiscard]] QString actionRefusedText(const domain::Action& action, int issues);

} // namespace vedette::views
