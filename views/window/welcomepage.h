// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

namespace vedette::views {

/// The first start: three ways in.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent = nullptr);

signals:
    void connectRequested();
    void collectorRequested();
    void samplesRequested();

private:
    QWidget* way(const QString& title, const QString& text, const QString& button, const char* name,
        bool primary, void (WelcomePage::*signal)());
};

} // namespace vedette::views
