// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Here for the meta object compiler, which wants the interface's code to live in one library.
#include "models/ports/environment.h"
