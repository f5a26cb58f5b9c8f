// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <cstdio>

#include <QStringList>

#include "app/commands/collect.h"
#include "app/commands/exitcodes.h"

using namespace Qt::Literals::StringLiterals;

/// Finds the command and hands over. Commands that need no window start before any application object.
int main(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    if (!arguments.isEmpty() && arguments.first() == "collect"_L1)
        return vedette::collect(arguments.mid(1));
    std::fputs("usage: vedette collect [--listen HOST:PORT] [--data-dir DIR]\n", stderr);
    return vedette::ExitUsage;
}
