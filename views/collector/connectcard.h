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

/// Where SDKs send to: a project's DSN and what to write in each language.
class ConnectCard final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectCard(QWidget* parent = nullptr);

    /// Keeps the chosen project where it is still there.
    void show(const QList<sync::CollectorFeed::ProjectWithKeys>& projects, const QUrl& url);

private:
    void showDsn();

    QComboBox* m_project;
    QLineEdit* m_dsn;
    QTabBar* m_languages;
    QPlainTextEdit* m_snippet;
    QUrl m_url;
};

} // namespace vedette::views
