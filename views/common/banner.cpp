// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/banner.h"

#include <QHBoxLayout>
#include <QPushButton>

#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

MessageBanner::MessageBanner(QWidget* parent)
    : QFrame(parent)
    , m_label(new PlainLabel)
    , m_action(new QPushButton)
{
    setProperty("role", u"banner"_s);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::m, space::s, space::s, space::s);
    m_label->setWordWrap(true);
    m_label->setObjectName(u"bannerText"_s);
    m_action->setObjectName(u"bannerAction"_s);
    auto* close = new QPushButton(tr("Dismiss"));
    close->setObjectName(u"bannerDismiss"_s);
    close->setProperty("role", u"quiet"_s);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_action);
    layout->addWidget(close);
    connect(close, &QPushButton::clicked, this, &MessageBanner::dismiss);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto run = m_run;
        dismiss();
        if (run)
            run();
    });
    hide();
}

void MessageBanner::showMessage(const QString& text, const QString& actionText, std::function<void()> action)
{
    m_label->setText(text);
    setAccessibleName(text);
    m_action->setText(actionText);
    m_action->setVisible(!actionText.isEmpty());
    m_run = std::move(action);
    show();
}

void MessageBanner::dismiss()
{
    m_run = {};
    hide();
}

QString MessageBanner::text() const
{
    return m_label->text();
}

} // namespace vedette::views
