// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/tray.h"

#include <QLocale>

#include "models/core/text.h"

namespace vedette::desktop {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A menu takes `&` for a mnemonic.
QString menuText(const QString& text)
{
    QString out = text;
    return out.replace(u'&', u"&&"_s);
}

} // namespace

Tray::Tray(const QIcon& icon, const core::Clock& clock, QObject* parent)
    : QObject(parent)
    , m_base(icon)
    , m_clock(clock)
    , m_menu(std::make_unique<QMenu>())
{
    m_menu->setObjectName(u"trayMenu"_s);
    m_icon.setIcon(m_base);
    m_icon.setContextMenu(m_menu.get());
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            emit openRequested();
    });
    fillMenu();
    refresh();
}

Tray::~Tray()
{
    m_icon.setContextMenu(nullptr);
}

bool Tray::hasHost()
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void Tray::show()
{
    m_icon.show();
}

void Tray::setFacts(const TrayFacts& facts)
{
    if (facts == m_facts)
        return;
    const bool sameIcon = trayMode(facts) == trayMode(m_facts) && facts.inAlarm == m_facts.inAlarm;
    TrayFacts former = std::exchange(m_facts, facts);
    if (!sameIcon)
        m_icon.setIcon(trayIcon(m_base, trayMode(facts), facts.inAlarm));
    // The menu may be open: touch it only when it changes.
    former.lastChecked = facts.lastChecked;
    former.blind = facts.blind;
    former.inAlarm = facts.inAlarm;
    if (former != facts)
        fillMenu();
    refresh();
}

void Tray::refresh()
{
    const QString text = trayToolTip(m_facts, m_clock.now());
    if (m_icon.toolTip() != text)
        m_icon.setToolTip(text);
}

void Tray::fillMenu()
{
    m_menu->clear();
    QAction* open = m_menu->addAction(tr("Open Vedette"), this, &Tray::openRequested);
    open->setObjectName(u"trayOpen"_s);
    m_menu->setDefaultAction(open);
    if (!m_facts.topFive.isEmpty()) {
        m_menu->addSection(tr("Most events in 24 hours"));
        for (const domain::Issue& issue : std::as_const(m_facts.topFive)) {
            const QString title = core::singleLine(issue.title.isEmpty() ? issue.shortId : issue.title, 60);
            QAction* action =
                m_menu->addAction(menuText(tr("%1  %2", "count of events, then title of an issue")
                                               .arg(QLocale().toString(issue.count), title)),
                    this, [this, issue] { emit issueRequested(issue); });
            action->setObjectName(u"trayIssue"_s);
        }
    }
    m_menu->addSeparator();
    const bool paused = m_facts.pausedUntil && *m_facts.pausedUntil > m_clock.now();
    QAction* pause = m_menu->addAction(tr("Pause notifications for an hour"));
    pause->setObjectName(u"trayPause"_s);
    pause->setCheckable(true);
    pause->setChecked(paused);
    connect(pause, &QAction::toggled, this, &Tray::pauseRequested);
    QAction* collector = m_menu->addAction(
        m_facts.collectorUrl.isEmpty() ? tr("The collector is off")
                                       : tr("Collector on %1", "%1 is a URL").arg(m_facts.collectorUrl));
    collector->setObjectName(u"trayCollector"_s);
    collector->setEnabled(false);
    m_menu->addSeparator();
    m_menu->addAction(tr("Quit"), this, &Tray::quitRequested)->setObjectName(u"trayQuit"_s);
}

} // namespace vedette::desktop
