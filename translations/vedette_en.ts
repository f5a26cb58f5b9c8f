<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-FileCopyrightText: 2026 The Vedette developers
     SPDX-License-Identifier: GPL-3.0-or-later -->
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>vedette::desktop::AlertText</name>
    <message numerus="yes">
        <source>Snooze %n hour(s)</source>
        <comment>button of a notification</comment>
        <translation>
            <numerusform>Snooze %n hour</numerusform>
            <numerusform>Snooze %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Snooze %n minute(s)</source>
        <comment>button of a notification</comment>
        <translation>
            <numerusform>Snooze %n minute</numerusform>
            <numerusform>Snooze %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) so far</source>
        <comment>reason of a new issue</comment>
        <translation>
            <numerusform>%n event so far</numerusform>
            <numerusform>%n events so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::desktop::Tray</name>
    <message numerus="yes">
        <source>%n issue(s) want(s) a look</source>
        <comment>tray tool tip</comment>
        <translation>
            <numerusform>%n issue wants a look</numerusform>
            <numerusform>%n issues want a look</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::items::IssueListModel</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n user(s)</source>
        <translation>
            <numerusform>%n user</numerusform>
            <numerusform>%n users</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::AlertsPage</name>
    <message numerus="yes">
        <source>%n in alarm now</source>
        <translation>
            <numerusform>%n in alarm now</numerusform>
            <numerusform>%n in alarm now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) raised</source>
        <translation>
            <numerusform>%n alert raised</numerusform>
            <numerusform>%n alerts raised</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::BreadcrumbsView</name>
    <message numerus="yes">
        <source>Show %n earlier one(s)</source>
        <translation>
            <numerusform>Show %n earlier one</numerusform>
            <numerusform>Show %n earlier ones</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::DetailPane</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::EventView</name>
    <message numerus="yes">
        <source>%n package(s)</source>
        <translation>
            <numerusform>%n package</numerusform>
            <numerusform>%n packages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::FigureTable</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::ForwardingCard</name>
    <message numerus="yes">
        <source>%n envelope(s) not queued: too large, or the queue was full</source>
        <translation>
            <numerusform>%n envelope not queued: too large, or the queue was full</numerusform>
            <numerusform>%n envelopes not queued: too large, or the queue was full</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::FrequencyChart</name>
    <message numerus="yes">
        <source>%n event(s) over time</source>
        <translation>
            <numerusform>%n event over time</numerusform>
            <numerusform>%n events over time</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n event(s)</source>
        <comment>%1 is a moment</comment>
        <translation>
            <numerusform>%1: %n event</numerusform>
            <numerusform>%1: %n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::IssuesPage</name>
    <message numerus="yes">
        <source>%n issue(s)</source>
        <translation>
            <numerusform>%n issue</numerusform>
            <numerusform>%n issues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <comment>issues</comment>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::MainWindow</name>
    <message numerus="yes">
        <source>%n issue(s)</source>
        <translation>
            <numerusform>%n issue</numerusform>
            <numerusform>%n issues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unresolved issue(s)</source>
        <translation>
            <numerusform>%n unresolved issue</numerusform>
            <numerusform>%n unresolved issues</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::OutboxPage</name>
    <message numerus="yes">
        <source>%n action(s) waiting</source>
        <translation>
            <numerusform>%n action waiting</numerusform>
            <numerusform>%n actions waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::ProjectsCard</name>
    <message numerus="yes">
        <source>%n DSN(s)</source>
        <comment>of a project</comment>
        <translation>
            <numerusform>%n DSN</numerusform>
            <numerusform>%n DSNs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n project(s)</source>
        <translation>
            <numerusform>Show all %n project</numerusform>
            <numerusform>Show all %n projects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::StackView</name>
    <message numerus="yes">
        <source>%n more frame(s)</source>
        <translation>
            <numerusform>%n more frame</numerusform>
            <numerusform>%n more frames</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) of %1</source>
        <comment>%1 is a library</comment>
        <translation>
            <numerusform>%n frame of %1</numerusform>
            <numerusform>%n frames of %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::StatusLine</name>
    <message numerus="yes">
        <source>%n action(s) waiting</source>
        <translation>
            <numerusform>%n action waiting</numerusform>
            <numerusform>%n actions waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::TagDistributionsView</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::TagsView</name>
    <message numerus="yes">
        <source>%n more tag(s)</source>
        <translation>
            <numerusform>%n more tag</numerusform>
            <numerusform>%n more tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::TopBar</name>
    <message numerus="yes">
        <source>%n project(s)</source>
        <translation>
            <numerusform>%n project</numerusform>
            <numerusform>%n projects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::Triage</name>
    <message numerus="yes">
        <source>%n issue(s) resolved</source>
        <translation>
            <numerusform>%n issue resolved</numerusform>
            <numerusform>%n issues resolved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) archived until escalating</source>
        <translation>
            <numerusform>%n issue archived until escalating</numerusform>
            <numerusform>%n issues archived until escalating</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) reopened</source>
        <translation>
            <numerusform>%n issue reopened</numerusform>
            <numerusform>%n issues reopened</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) assigned to %1</source>
        <comment>%1 is a person or a team</comment>
        <translation>
            <numerusform>%n issue assigned to %1</numerusform>
            <numerusform>%n issues assigned to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) assigned to nobody</source>
        <translation>
            <numerusform>%n issue assigned to nobody</numerusform>
            <numerusform>%n issues assigned to nobody</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) marked as seen</source>
        <translation>
            <numerusform>%n issue marked as seen</numerusform>
            <numerusform>%n issues marked as seen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) bookmarked</source>
        <translation>
            <numerusform>%n issue bookmarked</numerusform>
            <numerusform>%n issues bookmarked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bookmark(s) removed</source>
        <translation>
            <numerusform>%n bookmark removed</numerusform>
            <numerusform>%n bookmarks removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) could not be resolved.</source>
        <translation>
            <numerusform>%n issue could not be resolved.</numerusform>
            <numerusform>%n issues could not be resolved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) could not be archived.</source>
        <translation>
            <numerusform>%n issue could not be archived.</numerusform>
            <numerusform>%n issues could not be archived.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) could not be reopened.</source>
        <translation>
            <numerusform>%n issue could not be reopened.</numerusform>
            <numerusform>%n issues could not be reopened.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) could not be assigned.</source>
        <translation>
            <numerusform>%n issue could not be assigned.</numerusform>
            <numerusform>%n issues could not be assigned.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) could not be marked.</source>
        <translation>
            <numerusform>%n issue could not be marked.</numerusform>
            <numerusform>%n issues could not be marked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vedette::views::ValueTable</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
