// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

#include <functional>

class QPushButton;

namespace vedette::views {

class PlainLabel;

/// An inline message with a way out: hidden until there is something to say, never a modal box.
class MessageBanner final : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBanner(QWidget* parent = nullptr);

    /// Shows the text with at most one action beside Dismiss. Replaces what was shown.
    void showMessage(const QString& text, const QString& actionText = {}, std::function<void()> action = {});
    void dismiss();
    [[nodiscard]] QString text() const;

private:
    PlainLabel* m_label;
    QPushButton* m_action;
    std::function<void()> m_run;
};

} // namespace vedette::views
