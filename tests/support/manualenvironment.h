// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/ports/environment.h"

namespace vedette::tests {

/// A machine that goes through what the test says, and tells it as the real one does.
class ManualEnvironment final : public ports::Environment
{
public:
    [[nodiscard]] ports::EnvironmentState state() const override { return m_state; }

    void set(const ports::EnvironmentState& state)
    {
        const ports::EnvironmentState former = m_state;
        if (former == state)
            return;
        m_state = state;
        emit changed();
        if (state.isOnline && !former.isOnline)
            emit networkChanged();
        if (former.isSuspended && !state.isSuspended)
            emit resumed();
    }
    /// From one network to another, without a gap.
    void changeNetwork() { emit networkChanged(); }

private:
    ports::EnvironmentState m_state;
};

} // namespace vedette::tests
