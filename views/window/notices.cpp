// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the banner of the main window says.

#include "models/core/text.h"
#include "models/sync/hub.h"
#include "views/common/banner.h"
#include "views/outbox/outboxtext.h"
#include "views/window/mainwindow.h"
#include "views/window/statusline.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

void MainWindow::tell(const QString& text)
{
    m_banner->showMessage(MessageBanner::Tone::Warning, text);
}

void MainWindow::showConflict(
    const domain::Issue& issue, const domain::Action& action, const domain::Conflict& conflict)
{
    m_status->showDone({}, false);
    m_banner->showMessage(MessageBanner::Tone::Warning,
        tr("%1 was not changed: %2", "an issue, then who did what")
            .arg(core::singleLine(issue.shortId, 60), conflictText(action, conflict)),
        {{tr("Decide …"), [this] { choose(u"outbox"_s); }}});
}

} // namespace vedette::views
