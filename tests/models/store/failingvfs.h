// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace vedette::tests {

/// A disk that fails once: real SQLite on the real file system, with a layer between them that lets the n-th
/// call fail with an I/O error. One per program; it becomes SQLite's default when it is made. Any thread.
class FailingVfs final
{
public:
    FailingVfs();
    ~FailingVfs();
    FailingVfs(const FailingVfs&) = delete;
    FailingVfs& operator=(const FailingVfs&) = delete;

    /// The n-th call from now on fails, counted from 0; the ones after it succeed.
    void failAt(int n);
    /// Nothing fails any more. True if a call was made to fail since failAt().
    bool disarm();
};

} // namespace vedette::tests
