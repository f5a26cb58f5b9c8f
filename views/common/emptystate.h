// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QPushButton;

namespace vedette::views {

class PlainLabel;

/// What a page shows in place of rows: a headline, a sentence, maybe a button.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent = nullptr);

    void setTexts(const QString& headline, const QString& sentence, const QString& actionText = {});

signals:
    void actionTriggered();

private:
    PlainLabel* m_headline;
    PlainLabel* m_sentence;
    QPushButton* m_action;
};

} // namespace vedette::views
