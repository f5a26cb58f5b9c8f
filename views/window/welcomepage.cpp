// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/welcomepage.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

WelcomePage::WelcomePage(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"welcomePage"_s);
    setProperty("role", u"page"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(48, 48, 48, 48);
    layout->setSpacing(space::s);
    layout->addStretch(2);
    auto* title = new PlainLabel(tr("See what breaks, and say what becomes of it."));
    title->setFont(titleFont(titleFont(font())));
    title->setAlignment(Qt::AlignCenter);
    auto* text = new PlainLabel(tr("Three ways in. Each can be added later, too."), "secondary");
    text->setAlignment(Qt::AlignCenter);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addSpacing(24);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::l);
    row->addStretch(1);
    row->addWidget(way(tr("Connect to a server"),
        tr("sentry.io, a Sentry of your own, or GlitchTip. You need its address and a token."),
        tr("Add an account"), "connectWay", true, &WelcomePage::connectRequested));
    row->addWidget(way(tr("Use the built-in collector"),
        tr("Errors of the program that you are writing, on this machine. No account, no server: a DSN for "
           "any Sentry SDK."),
        tr("Start the collector"), "collectorWay", false, &WelcomePage::collectorRequested));
    row->addWidget(way(tr("Look around with sample data"),
        tr("Two weeks of sample errors in a throw-away folder, in a window of its own. Nothing of it stays."),
        tr("Open the samples"), "samplesWay", false, &WelcomePage::samplesRequested));
    row->addStretch(1);
    layout->addLayout(row);
    layout->addStretch(3);
}

QWidget* WelcomePage::way(const QString& title, const QString& text, const QString& button, const char* name,
    bool primary, void (WelcomePage::*signal)())
{
    auto* card = new QFrame;
    card->setProperty("role", u"card"_s);
    card->setFixedWidth(fontMetrics().averageCharWidth() * 42);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::s);
    auto* head = new PlainLabel(title);
    head->setFont(titleFont(font()));
    head->setWordWrap(true);
    auto* body = new PlainLabel(text, "secondary");
    body->setWordWrap(true);
    body->setAlignment(Qt::AlignTop);
    body->setMinimumHeight(fontMetrics().lineSpacing() * 4);
    auto* go = new QPushButton(button);
    go->setObjectName(QLatin1StringView(name));
    if (primary)
        go->setProperty("role", u"primary"_s);
    layout->addWidget(head);
    layout->addWidget(body, 1);
    layout->addWidget(go, 0, Qt::AlignLeft);
    connect(go, &QPushButton::clicked, this, signal);
    return card;
}

} // namespace vedette::views
