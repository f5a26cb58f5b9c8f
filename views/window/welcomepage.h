// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <utility>

namespace vedette::views {

class PlainLabel;

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

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Way
    {
        QString icon;
        QString title;
        QString text;
        QString button;
        const char* name;
        bool primary;
        void (WelcomePage::*signal)();
    };
    QWidget* way(const Way& way);
    void showSigns();

    PlainLabel* m_program;
    QList<std::pair<PlainLabel*, QString>> m_signs;
};

} // namespace vedette::views
