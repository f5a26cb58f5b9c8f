// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include "models/core/result.h"

namespace vedette::app {

/// One option as help and parser know it.
struct CliOption
{
    QString name;  ///< `--data-dir`
    QString value; ///< `DIR`; empty: a switch
    QString help;
    QString letter = {}; ///< `-h`, where it has one
};

/// One command. The desktop program is the command without a name.
struct CliCommand
{
    QString name;
    QString arguments; ///< as help shows them: `FILE...`
    qsizetype leastArguments = 0;
    qsizetype mostArguments = 0; ///< -1: any number
    QString help;
    QList<CliOption> options; ///< beside those of every command
};

/// What was asked for.
struct Invocation
{
    QString command;
    QHash<QString, QString> options; ///< by name; switches hold an empty text
    QStringList arguments;

    [[nodiscard]] bool has(const QString& option) const { return options.contains(option); }
};

/// The one table that parser and help are made from.
[[nodiscard]] const QList<CliCommand>& cliCommands();
/// Options that go with every command.
[[nodiscard]] const QList<CliOption>& cliCommonOptions();

/// Takes the words after the program's name apart: `--name value`, `--name=value`, `--` ends options.
/// Errors: Usage, with a sentence for people.
[[nodiscard]] core::Result<Invocation> parseCli(const QStringList& words);

/// The help text, of one command or of all (empty).
[[nodiscard]] QString cliHelp(const QString& command = {});

} // namespace vedette::app
