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

void MainWindow::connectNotices()
{
    connect(&m_hub.outbox(), &sync::Outbox::conflicted, this, &MainWindow::showConflict);
    connect(&m_hub, &sync::Hub::cacheSetAside, this,
        [this] { tell(tr("The cache could not be read and was begun anew. Nothing of yours is lost.")); });
    connect(&m_hub, &sync::Hub::userDataRescued, this, [this](const QString& file, bool isComplete) {
        tell(isComplete
                 ? tr("Your data file was damaged and was repaired. The damaged one is kept as %1.").arg(file)
                 : tr("Your data file was damaged. What could be read of accounts and waiting actions "
                      "was kept; the damaged file is %1.")
                       .arg(file));
    });
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
