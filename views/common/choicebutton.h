// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPushButton>

namespace vedette::views {

/// A button that shows what is chosen and opens a menu of choices: icon, text, arrow. (A style sheet cannot
/// give a QPushButton with a menu its padding on the left.)
class ChoiceButton final : public QPushButton
{
    Q_OBJECT

public:
    /// `what` is chosen here: the tool tip, and what screen readers say before the choice.
    ChoiceButton(const QString& what, const QString& objectName, QWidget* parent = nullptr);

    void setChoice(const QString& text);
    [[nodiscard]] QString choice() const { return m_choice; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int leftOfText() const;

    QString m_what;
    QString m_choice;
};

} // namespace vedette::views
