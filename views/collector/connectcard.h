// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/sync/collectorfeed.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QTabBar;

namespace vedette::views {

class TextLabel;

/// Where SDKs send to: a project's DSN and what to write in each language; and where the collector
/// listens, if not where SDKs look for it.
class ConnectCard final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectCard(QWidget* parent = nullptr);

    /// Keeps the chosen project where it is still there.
    void show(
        const QList<sync::CollectorFeed::ProjectWithKeys>& projects, const domain::CollectorStatus& status);

private:
    void showDsn();

    QComboBox* m_project;
    TextLabel* m_port;
    QLineEdit* m_dsn;
    QTabBar* m_languages;
    QPlainTextEdit* m_snippet;
    QUrl m_url;
};

} // namespace vedette::views
