// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli.h"

#include <algorithm>

namespace vedette::app {

using namespace Qt::Literals::StringLiterals;

const QList<CliOption>& cliCommonOptions()
{
    static const QList<CliOption> options{
        {u"--data-dir"_s, u"DIR"_s, u"keep everything under DIR instead of the XDG folders"_s},
        {u"--account"_s, u"NAME"_s, u"one account alone: its name, or its server's host"_s},
        {u"--json"_s, {}, u"print JSON, whose keys stay as they are"_s},
        {u"--help"_s, {}, u"print this and exit"_s, u"-h"_s},
        {u"--version"_s, {}, u"print the version and exit"_s, u"-v"_s},
    };
    return options;
}

namespace {

/// Of every command that changes issues.
const CliOption waitOption{
    u"--wait"_s, u"SECONDS"_s, u"wait so long for the server (30); 0 leaves it to the outbox"_s};

} // namespace

const QList<CliCommand>& cliCommands()
{
    static const QList<CliCommand> commands{
        {{}, {}, 0, 0, u"the desktop program; a second start raises the first"_s,
            {
                {u"--demo"_s, {}, u"on a throw-away data folder with sample events"_s},
                {u"--background"_s, {}, u"start in the tray, without a window"_s},
            }},
        {u"collect"_s, {}, 0, 0, u"the collector alone; prints one line of JSON when it is ready"_s,
            {
                {u"--listen"_s, u"HOST:PORT"_s,
                    u"loopback address and port (127.0.0.1:8969); port 0 picks a free one"_s},
                {u"--backup"_s, u"FILE"_s, u"write all it holds into FILE, also while it runs, and exit"_s},
                {u"--restore"_s, u"FILE"_s, u"put such a file in place of what it holds, and exit"_s},
                {u"--salvage"_s, {},
                    u"copy what can be read of a damaged database into a new one, and exit"_s},
            }},
        {u"import"_s, u"FILE..."_s, 1, -1, u"put event JSON or envelopes into the collector"_s,
            {
                {u"--project"_s, u"SLUG"_s, u"the project that gets them (the first one)"_s},
            }},
        {u"issues"_s, u"[QUERY]"_s, 0, -1,
            u"list issues; QUERY is in the servers' search language (is:unresolved)"_s,
            {
                {u"--sort"_s, u"ORDER"_s, u"events, users, last-seen or first-seen (events)"_s},
                {u"--period"_s, u"PERIOD"_s, u"what counts: 1h, 24h, 7d, 14d, 30d or 90d (14d)"_s},
                {u"--limit"_s, u"N"_s, u"at most so many, up to 1000 (25)"_s},
            }},
        {u"issue"_s, u"ID"_s, 1, 1,
            u"show an issue and its latest event; ID: number, short id, event id, URL"_s, {}},
        {u"resolve"_s, u"ID..."_s, 1, -1, u"resolve issues"_s, {waitOption}},
        {u"archive"_s, u"ID..."_s, 1, -1, u"archive issues until they escalate"_s, {waitOption}},
        {u"reopen"_s, u"ID..."_s, 1, -1, u"make issues unresolved again"_s, {waitOption}},
        {u"assign"_s, u"ID... WHO"_s, 2, -1,
            u"assign issues; WHO: e-mail address, name, #TEAM, me or nobody"_s, {waitOption}},
        {u"spikes"_s, u"FILE.csv"_s, 1, 1, u"run the spike detector over timestamp,value rows"_s, {}},
    };
    return commands;
}

namespace {

const CliCommand* findCommand(const QString& name)
{
    const auto& commands = cliCommands();
    const auto it = std::find_if(commands.begin(), commands.end(),
        [&name](const CliCommand& command) { return command.name == name; });
    return it == commands.end() ? nullptr : &*it;
}

const CliOption* findOption(const CliCommand& command, const QString& word)
{
    for (const QList<CliOption>* options : {&command.options, &cliCommonOptions()}) {
        for (const CliOption& option : *options) {
            if (option.name == word || (!option.letter.isEmpty() && option.letter == word))
                return &option;
        }
    }
    return nullptr;
}

void describe(QString& out, const QString& what, const QString& help)
{
    constexpr int column = 28;
    out += u"  "_s + what.leftJustified(column) +
           (what.size() > column ? u"\n  "_s + QString(column, u' ') : QString()) + help + u'\n';
}

void describe(QString& out, const QList<CliOption>& options)
{
    for (const CliOption& option : options) {
        const QString letter = option.letter.isEmpty() ? QString() : option.letter + u", "_s;
        describe(out, letter + option.name + (option.value.isEmpty() ? QString() : u' ' + option.value),
            option.help);
    }
}

} // namespace

core::Result<Invocation> parseCli(const QStringList& words)
{
    Invocation out;
    const CliCommand* command = findCommand({});
    bool optionsEnded = false;
    bool commandKnown = false;
    // The command comes first in meaning wherever it stands: its options may come before it.
    for (qsizetype i = 0; i < words.size() && !commandKnown; ++i) {
        const QString& word = words.at(i);
        if (word == u"--"_s)
            break;
        if (word.startsWith(u'-')) {
            bool takesNext = false;
            for (const CliCommand& any : cliCommands()) {
                const CliOption* option = findOption(any, word);
                takesNext = takesNext || (option && !option->value.isEmpty());
            }
            i += takesNext ? 1 : 0;
            continue;
        }
        command = findCommand(word);
        if (!command)
            return core::fail(core::ErrorKind::Usage, u"there is no command \"%1\""_s.arg(word));
        commandKnown = true;
    }
    out.command = command->name;
    bool sawCommand = command->name.isEmpty();
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString& word = words.at(i);
        if (!optionsEnded && word == u"--"_s) {
            optionsEnded = true;
            continue;
        }
        if (optionsEnded || !word.startsWith(u'-') || word == u"-"_s) {
            if (!sawCommand && word == command->name)
                sawCommand = true;
            else
                out.arguments << word;
            continue;
        }
        const qsizetype equals = word.indexOf(u'=');
        const CliOption* option = findOption(*command, word.left(equals < 0 ? word.size() : equals));
        if (!option)
            return core::fail(core::ErrorKind::Usage,
                command->name.isEmpty() ? u"there is no option %1"_s.arg(word)
                                        : u"\"%1\" has no option %2"_s.arg(command->name, word));
        if (out.has(option->name))
            return core::fail(core::ErrorKind::Usage, u"%1 is given twice"_s.arg(option->name));
        if (option->value.isEmpty()) {
            if (equals >= 0)
                return core::fail(core::ErrorKind::Usage, u"%1 takes no value"_s.arg(option->name));
            out.options.insert(option->name, {});
            continue;
        }
        QString value;
        if (equals >= 0)
            value = word.mid(equals + 1);
        else if (i + 1 < words.size())
            value = words.at(++i);
        if (value.isEmpty())
            return core::fail(
                core::ErrorKind::Usage, u"%1 wants a value: %2"_s.arg(option->name, option->value));
        out.options.insert(option->name, value);
    }
    if (out.has(u"--help"_s) || out.has(u"--version"_s))
        return out;
    if (out.arguments.size() < command->leastArguments)
        return core::fail(
            core::ErrorKind::Usage, u"\"%1\" wants %2"_s.arg(command->name, command->arguments));
    if (command->mostArguments >= 0 && out.arguments.size() > command->mostArguments)
        return core::fail(core::ErrorKind::Usage,
            u"too many words: \"%1\""_s.arg(out.arguments.at(command->mostArguments)));
    return out;
}

QString cliHelp(const QString& name)
{
    QString out;
    const CliCommand* one = name.isEmpty() ? nullptr : findCommand(name);
    if (one) {
        out = u"usage: vedette "_s + one->name + u" [OPTIONS]"_s +
              (one->arguments.isEmpty() ? QString() : u' ' + one->arguments) + u"\n\n"_s + one->help +
              u"\n\n"_s;
        describe(out, one->options);
        describe(out, cliCommonOptions());
        return out;
    }
    out = u"usage: vedette [OPTIONS]\n       vedette COMMAND [OPTIONS] [ARGUMENTS]\n\n"_s;
    const CliCommand* desktop = findCommand({});
    out += u"Without a command: "_s + desktop->help + u".\n\noptions:\n"_s;
    describe(out, desktop->options);
    describe(out, cliCommonOptions());
    out += u"\ncommands:\n"_s;
    for (const CliCommand& command : cliCommands()) {
        if (command.name.isEmpty())
            continue;
        describe(out, command.name + (command.arguments.isEmpty() ? QString() : u' ' + command.arguments),
            command.help);
        for (const CliOption& option : command.options)
            describe(out, u"  "_s + option.name + u' ' + option.value, option.help);
    }
    out += u"\nexit codes: 0 ok, 1 failed, 2 usage, 3 busy, 4 not found, 5 not allowed\n"_s;
    return out;
}

} // namespace vedette::app
