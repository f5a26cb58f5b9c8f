// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QList>

#include <functional>

class QHBoxLayout;
class QToolButton;

namespace vedette::views {

class PlainLabel;

/// An inline message with a way out: hidden until there is something to say, never a modal box. Screen
/// readers are told when it appears.
class MessageBanner final : public QFrame
{
    Q_OBJECT

public:
    enum class Tone
    {
        Note,    ///< good to know
        Warning, ///< something did not go as wished, and what can be done
        Error
    };

    /// A button of the banner; pressing it dismisses the banner first.
    struct Action
    {
        QString text;
        std::function<void()> run;
    };

    explicit MessageBanner(QWidget* parent = nullptr);

    /// Shows the text with its ways out beside Dismiss. Replaces what was shown.
    void showMessage(Tone tone, const QString& text, const QList<Action>& actions = {});
    /// A warning with at most one way out.
    void showMessage(const QString& text, const QString& actionText = {}, std::function<void()> action = {});
    void dismiss();
    [[nodiscard]] QString text() const;
    [[nodiscard]] Tone tone() const { return m_tone; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void showSign();

    Tone m_tone = Tone::Note;
    PlainLabel* m_sign;
    PlainLabel* m_label;
    QHBoxLayout* m_actions;
};

} // namespace vedette::views
