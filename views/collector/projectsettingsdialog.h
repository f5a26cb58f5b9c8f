// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include "models/core/result.h"
#include "models/sync/collectorfeed.h"

class QCheckBox;
class QDoubleSpinBox;
class QFormLayout;
class QGridLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace vedette::views {

class PlainLabel;

/// One project of the collector: its name, its keys, what it lets in, where it passes it on. Nothing blocks:
/// what holds is read when it opens, kept when Save is pressed, and it closes when that is done.
class ProjectSettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    ProjectSettingsDialog(sync::CollectorFeed& feed, const sync::CollectorFeed::ProjectWithKeys& project,
        QWidget* parent = nullptr);

private:
    QWidget* buildKeys();
    QWidget* buildDoor();
    void showKeys();
    void read();
    void fill(const domain::ProjectSettings& settings);
    [[nodiscard]] domain::ProjectSettings typed() const;
    void save();
    void keepName();
    void say(const core::Error& error);

    sync::CollectorFeed& m_feed;
    sync::CollectorFeed::ProjectWithKeys m_project;
    domain::ProjectSettings m_kept;
    QLineEdit* m_name;
    QWidget* m_keys;
    QCheckBox* m_active;
    QSpinBox* m_rate;
    QSpinBox* m_window;
    QDoubleSpinBox* m_megabytes;
    QPlainTextEdit* m_errorTypes;
    QPlainTextEdit* m_messages;
    QPlainTextEdit* m_releases;
    QCheckBox* m_extensions;
    QCheckBox* m_localhost;
    QLineEdit* m_upstream;
    PlainLabel* m_status;
    QPushButton* m_save;
};

} // namespace vedette::views
