// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The menus of the main window: every action has its place there, with its key.

#include <QActionGroup>
#include <QApplication>
#include <QMenuBar>
#include <QMessageBox>

#include "models/settings/settings.h"
#include "models/sync/hub.h"
#include "views/accounts/accountdialog.h"
#include "views/common/icons.h"
#include "views/common/issueactions.h"
#include "views/common/theme.h"
#include "views/issues/issuespage.h"
#include "views/window/mainwindow.h"
#include "views/window/searchbox.h"
#include "views/window/topbar.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

void MainWindow::buildAccountMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Vedette"));
    QAction* add =
        menu->addAction(icon(u"plus"_s), tr("&Connect to a server …"), this, &MainWindow::addAccount);
    add->setObjectName(u"addAccount"_s);
    add->setShortcut(QKeySequence::New);
    QAction* accounts = menu->addAction(icon(u"server"_s), tr("&Accounts …"), this, [this] {
        auto* dialog = new AccountsDialog(m_hub, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    accounts->setObjectName(u"manageAccounts"_s);
    menu->addSeparator();
    menu->addAction(
            icon(u"collector"_s), tr("Use the &built-in collector"), this, [this] { m_ways.useCollector(); })
        ->setObjectName(u"useCollector"_s);
    menu->addAction(
            icon(u"sample"_s), tr("Look around with &sample data"), this, [this] { m_ways.lookAtSamples(); })
        ->setObjectName(u"lookAtSamples"_s);
    menu->addSeparator();
    QAction* quit = menu->addAction(tr("&Quit"), this, [this] { m_ways.quit(); });
    quit->setObjectName(u"quit"_s);
    quit->setShortcut(QKeySequence::Quit);
}

void MainWindow::buildViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    QAction* search = menu->addAction(icon(u"search"_s),
        tr("&Search\t%1 or /", "%1 is a key")
            .arg(QKeySequence(Qt::CTRL | Qt::Key_F).toString(QKeySequence::NativeText)),
        this, [this] { m_bar->search().takeFocus(); });
    search->setObjectName(u"searchAction"_s);
    search->setStatusTip(tr("Go to the search box"));
    search->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_F), QKeySequence(Qt::CTRL | Qt::Key_L)});
    // Where nothing is typed the slash does the same; in the menu it would act in every text field, too.
    auto* slash = new QAction(tr("Search"), this);
    slash->setObjectName(u"searchSlash"_s);
    slash->setShortcut(Qt::Key_Slash);
    slash->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(slash, &QAction::triggered, search, &QAction::trigger);
    m_body->addAction(slash);
    m_letters.append(slash);

    menu->addSeparator();
    auto* themes = new QActionGroup(this);
    const auto addTheme = [&](const QString& text, const char* name, settings::Theme theme) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1StringView(name));
        action->setCheckable(true);
        action->setChecked(m_settings.value(settings::keys::theme) == theme);
        themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, theme] {
            m_settings.setValue(settings::keys::theme, theme);
            m_theme.setChoice(theme);
        });
    };
    addTheme(tr("&Follow the desktop"), "themeFollow", settings::Theme::Follow);
    addTheme(tr("&Light"), "themeLight", settings::Theme::Light);
    addTheme(tr("&Dark"), "themeDark", settings::Theme::Dark);
    menu->addSeparator();
    QAction* letters = menu->addAction(tr("Single-letter &keys"));
    letters->setObjectName(u"singleLetters"_s);
    letters->setStatusTip(tr("Keys without Ctrl act in the list and the detail"));
    letters->setCheckable(true);
    letters->setChecked(m_settings.value(settings::keys::singleLetterKeys));
    connect(letters, &QAction::toggled, this, [this](bool on) {
        m_settings.setValue(settings::keys::singleLetterKeys, on);
        applyLetters();
    });
}

void MainWindow::buildGoMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Go"));
    const auto add = [&](const QString& text, const char* name, const QString& key, Qt::Key letter,
                         Qt::Key digit) {
        QAction* action = menu->addAction(text, this, [this, key] { choose(key); });
        action->setObjectName(QLatin1StringView(name));
        action->setShortcut(Qt::CTRL | digit);
        auto* sequence = new QAction(text, this);
        sequence->setObjectName(QLatin1StringView(name) + u"Letters"_s);
        sequence->setShortcut(QKeySequence(Qt::Key_G, letter));
        sequence->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(sequence, &QAction::triggered, action, &QAction::trigger);
        m_body->addAction(sequence);
        m_letters.append(sequence);
        // The menu shows both ways; what stands after a tab takes the place of the shortcut.
        action->setText(tr("%1\t%2 or %3", "menu text, key, other key")
                            .arg(text, action->shortcut().toString(QKeySequence::NativeText),
                                sequence->shortcut().toString(QKeySequence::NativeText)));
    };
    add(tr("&Inbox"), "goInbox", u"inbox"_s, Qt::Key_I, Qt::Key_1);
    add(tr("&Overview"), "goOverview", u"overview"_s, Qt::Key_O, Qt::Key_2);
    add(tr("&Alerts"), "goAlerts", u"alerts"_s, Qt::Key_A, Qt::Key_3);
    add(tr("&Collector"), "goCollector", u"collector"_s, Qt::Key_C, Qt::Key_4);
    add(tr("Ac&tions"), "goOutbox", u"outbox"_s, Qt::Key_T, Qt::Key_5);
}

void MainWindow::buildHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    QAction* keys = menu->addAction(icon(u"keyboard"_s),
        tr("&Keys\t%1 or ?", "%1 is a key")
            .arg(QKeySequence(QKeySequence::HelpContents).toString(QKeySequence::NativeText)),
        this, &MainWindow::showKeys);
    keys->setObjectName(u"showKeys"_s);
    keys->setShortcut(QKeySequence::HelpContents);
    auto* mark = new QAction(tr("Keys"), this);
    mark->setObjectName(u"showKeysMark"_s);
    mark->setShortcut(Qt::Key_Question);
    mark->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(mark, &QAction::triggered, keys, &QAction::trigger);
    m_body->addAction(mark);
    m_letters.append(mark);
    menu->addAction(icon(u"info"_s), tr("&About Vedette"), this, &MainWindow::showAbout)
        ->setObjectName(u"about"_s);
    applyLetters();
}

void MainWindow::applyLetters()
{
    const bool on = m_settings.value(settings::keys::singleLetterKeys);
    m_issues->actions().setSingleLetters(on);
    for (QAction* action : std::as_const(m_letters))
        action->setEnabled(on);
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(this);
    box->setObjectName(u"aboutBox"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Vedette"));
    box->setIconPixmap(programIcon().pixmap(QSize(64, 64), devicePixelRatioF()));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Vedette %1", "%1 is the version").arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        tr("A native desktop client for triaging errors.\n\n"
           "Its own files are GPL-3.0-or-later. The program, linked with open-source Qt Charts, is "
           "distributed under GPL-3.0-only."));
    box->open();
}

} // namespace vedette::views
