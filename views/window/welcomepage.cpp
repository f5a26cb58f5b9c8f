// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/welcomepage.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/common/buttons.h"
#include "views/common/icons.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr int programSize = 56;
constexpr int signSize = 24;
constexpr int cardCharacters = 40;

} // namespace

WelcomePage::WelcomePage(QWidget* parent)
    : QWidget(parent)
    , m_program(new PlainLabel)
{
    setObjectName(u"welcomePage"_s);
    setProperty("role", u"page"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(space::s);
    layout->addStretch(2);
    m_program->setAlignment(Qt::AlignCenter);
    auto* title = new PlainLabel(tr("See what breaks, and say what becomes of it."));
    title->setFont(titleFont(titleFont(font())));
    title->setAlignment(Qt::AlignCenter);
    auto* text = new PlainLabel(tr("Three ways in. The others stay open in the Vedette menu."), "secondary");
    text->setAlignment(Qt::AlignCenter);
    layout->addWidget(m_program);
    layout->addSpacing(space::s);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addSpacing(24);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::l);
    row->addStretch(1);
    row->addWidget(way({u"server"_s, tr("Connect to a server"),
        tr("sentry.io, a Sentry of your own, or GlitchTip. You need its address and a token."),
        tr("Add an account"), "connectWay", true, &WelcomePage::connectRequested}));
    row->addWidget(way({u"collector"_s, tr("Use the built-in collector"),
        tr("Errors of the program that you are writing, on this machine. No account, no server: a DSN for "
           "any Sentry SDK."),
        tr("Start the collector"), "collectorWay", false, &WelcomePage::collectorRequested}));
    row->addWidget(way({u"sample"_s, tr("Look around with sample data"),
        tr("Two weeks of sample errors in a window of their own. Nothing of it stays on this machine."),
        tr("Open the samples"), "samplesWay", false, &WelcomePage::samplesRequested}));
    row->addStretch(1);
    layout->addLayout(row);
    layout->addStretch(3);
    showSigns();
}

QWidget* WelcomePage::way(const Way& way)
{
    auto* card = new QFrame;
    card->setProperty("role", u"card"_s);
    card->setFixedWidth(fontMetrics().averageCharWidth() * cardCharacters + 2 * space::l);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::s);
    auto* sign = new PlainLabel;
    m_signs.append({sign, way.icon});
    auto* head = new PlainLabel(way.title);
    head->setFont(boldFont(font()));
    head->setWordWrap(true);
    auto* body = new PlainLabel(way.text, "secondary");
    body->setWordWrap(true);
    body->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    body->setMinimumHeight(fontMetrics().lineSpacing() * 4);
    const QString name = QLatin1StringView(way.name);
    QPushButton* go = way.primary ? makePrimaryButton(way.button, name) : makeButton(way.button, name);
    go->setAccessibleDescription(way.text);
    layout->addWidget(sign);
    layout->addWidget(head);
    layout->addWidget(body, 1);
    layout->addWidget(go, 0, Qt::AlignLeft);
    connect(go, &QPushButton::clicked, this, way.signal);
    return card;
}

void WelcomePage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showSigns();
}

void WelcomePage::showSigns()
{
    m_program->setPixmap(programIcon().pixmap(QSize(programSize, programSize), devicePixelRatioF()));
    for (const auto& [label, name] : std::as_const(m_signs))
        label->setPixmap(icon(name, IconTone::Accent).pixmap(QSize(signSize, signSize), devicePixelRatioF()));
}

} // namespace vedette::views
