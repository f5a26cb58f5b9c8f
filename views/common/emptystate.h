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
    /// The same below a drawing of resources/icons.
    void setTexts(
        const QString& iconName, const QString& headline, const QString& sentence, const QString& actionText);

protected:
    void changeEvent(QEvent* event) override;

signals:
    void actionTriggered();

private:
    void showSign();

    QString m_iconName;
    PlainLabel* m_sign;
    PlainLabel* m_headline;
    PlainLabel* m_sentence;
    QPushButton* m_action;
};

} // namespace vedette::views
