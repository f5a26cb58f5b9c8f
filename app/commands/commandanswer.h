// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QMetaType>

#include "app/commands/exitcodes.h"

namespace vedette::app {

/// What a command has to say, and with what the program ends.
struct CommandAnswer
{
    int exitCode = ExitOk;
    QByteArray out; ///< for stdout, UTF-8
    QByteArray err; ///< for stderr, UTF-8

    friend bool operator==(const CommandAnswer&, const CommandAnswer&) = default;
};

} // namespace vedette::app

Q_DECLARE_METATYPE(vedette::app::CommandAnswer)
