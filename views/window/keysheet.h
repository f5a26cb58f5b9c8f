// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class QMenuBar;

namespace vedette::views {

/// Every action that has a key, as the menus have it: read from them, so that it cannot lag behind.
class KeySheet final : public QDialog
{
    Q_OBJECT

public:
    KeySheet(const QMenuBar* menus, QWidget* parent);
};

} // namespace vedette::views
