// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include "models/json/document.h"
#include "tests/support/sharedfixtures.h"

namespace vedette::tests {

/// An answer of our own fixtures.
inline QByteArray apiFixture(const char* name)
{
    return readFile(QStringLiteral(VEDETTE_SOURCE_DIR "/tests/fixtures/api/") + QString::fromLatin1(name));
}

/// Parses it; ends the test program if it is no JSON.
inline json::Document parsed(const QByteArray& bytes)
{
    auto out = json::Document::parse({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (!out)
        qFatal("does not parse: %s", qPrintable(out.error().detail));
    return std::move(*out);
}

} // namespace vedette::tests
