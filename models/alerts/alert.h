// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMetaType>
#include <QString>

#include "models/core/clock.h"
#include "models/domain/issue.h"

namespace vedette::alerts {

/// Something worth a look, as a value. Its words for people are made where it is shown.
struct Alert
{
    enum class Kind
    {
        NewIssue,
        Regression,
        Spike
    };

    Kind kind = Kind::NewIssue;
    domain::Issue issue;
    core::TimePoint raised;
    // For a spike: what the sentence "412 in the last hour, usually 18 to 31 at this time" is made of.
    qint64 count = 0;      ///< events in the hour that fired
    double expected = 0;   ///< what that hour usually has
    double upper = 0;      ///< the most it usually has
    double factor = 0;     ///< count against expected
    core::TimePoint since; ///< first hour of the spike

    friend bool operator==(const Alert&, const Alert&) = default;
};

} // namespace vedette::alerts

Q_DECLARE_METATYPE(vedette::alerts::Alert)
