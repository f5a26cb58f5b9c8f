// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/allocator.h"

#ifdef VEDETTE_TCMALLOC
#include <cstddef>

#include <gperftools/malloc_extension_c.h>
#else
#include <malloc.h>
#endif

namespace vedette::app {

#ifdef VEDETTE_TCMALLOC

void boundAllocator()
{
    // Of all threads together. The name and what it does: gperftools, docs/tcmalloc.html, "Modifying Runtime
    // Behavior".
    constexpr std::size_t cacheBytes = 8'000'000;
    MallocExtension_SetNumericProperty("tcmalloc.max_total_thread_cache_bytes", cacheBytes);
}

void returnMemory()
{
    MallocExtension_ReleaseFreeMemory();
}

#else

void boundAllocator()
{
    mallopt(M_ARENA_MAX, 2); // a few threads share the work; an arena for each would only spread the memory
}

void returnMemory() {}

#endif

} // namespace vedette::app
