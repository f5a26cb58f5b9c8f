// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/domain/event.h"

class QVBoxLayout;

namespace vedette::views {

/// The frames of one stack, crash first, runs of library frames folded into a line of their own.
class StackView final : public QWidget
{
    Q_OBJECT

public:
    explicit StackView(const domain::Stacktrace& stack, QWidget* parent = nullptr);

private:
    /// Shows frames [from, to) counted from the crash.
    void addFrames(int from, int to, int at);
    void addFold(int from, int to);

    domain::Stacktrace m_stack;
    QVBoxLayout* m_layout;
};

/// The stack as plain text, crash first: for copying.
[[nodiscard]] QString stackText(const domain::Stacktrace& stack);

} // namespace vedette::views
