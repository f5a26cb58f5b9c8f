// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/applicationadaptor.h"

#include "app/desktop/singleinstance.h"

namespace vedette::desktop {

using namespace Qt::Literals::StringLiterals;

namespace {

QString tokenOf(const QVariantMap& platformData)
{
    const QString token = platformData.value(u"activation-token"_s).toString();
    return token.isEmpty() ? platformData.value(u"desktop-startup-id"_s).toString() : token;
}

} // namespace

ApplicationAdaptor::ApplicationAdaptor(SingleInstance& instance)
    : QDBusAbstractAdaptor(&instance)
    , m_instance(instance)
{}

void ApplicationAdaptor::Activate(const QVariantMap& platformData)
{
    emit m_instance.activated(tokenOf(platformData));
}

void ApplicationAdaptor::Open(const QStringList& uris, const QVariantMap& platformData)
{
    emit m_instance.openRequested(uris, tokenOf(platformData));
}

} // namespace vedette::desktop
