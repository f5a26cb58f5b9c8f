// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/collector/event/frame.h"
#include "app/collector/event/notes.h"
#include "app/collector/event/step.h"
#include "models/json/writer.h"

namespace vedette::collector {

/// A frame as the API shows it (contract section 9), within the limits of section 12. What is cut or of a
/// wrong type goes to `notes`.
void writeFrame(json::Writer& out, const Frame& frame, const Step& at, Notes& notes);

/// The `data` of a template's entry: the place in the template that was being filled in.
void writeTemplateData(json::Writer& out, json::Value frame, Notes& notes);

} // namespace vedette::collector
