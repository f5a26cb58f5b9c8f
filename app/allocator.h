// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace vedette::app {

/// Bounds what the allocator keeps of what threads have freed; before they are started. What the collector
/// reads on one thread is freed on another, for which glibc's allocator takes locks: a fifth of all that
/// ingest costs. tcmalloc does not, but keeps up to 32 MB for it, which a program that is open all day has no
/// need of.
void boundAllocator();

/// Gives back to the system what is free, a few milliseconds' work after much was in use. Any thread.
void returnMemory();

} // namespace vedette::app
