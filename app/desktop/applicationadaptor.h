// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusAbstractAdaptor>
#include <QStringList>
#include <QVariantMap>

namespace vedette::desktop {

class SingleInstance;

/// org.freedesktop.Application as the Desktop Entry Specification (D-Bus Activation) has it: what launchers
/// and a second start call. Owned by the object it speaks for.
class ApplicationAdaptor final : public QDBusAbstractAdaptor
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")
    Q_DISABLE_COPY_MOVE(ApplicationAdaptor)

public:
    explicit ApplicationAdaptor(SingleInstance& instance);

public slots:
    // The names are those of the specification. NOLINTBEGIN(readability-identifier-naming)
    void Activate(const QVariantMap& platformData);
    void Open(const QStringList& uris, const QVariantMap& platformData);
    // NOLINTEND(readability-identifier-naming)

private:
    SingleInstance& m_instance;
};

} // namespace vedette::desktop
