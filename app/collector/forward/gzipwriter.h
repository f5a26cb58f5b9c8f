// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace vedette::collector {

/// Packs bytes into one gzip member, piece by piece. One thread.
class GzipWriter final
{
public:
    GzipWriter();
    ~GzipWriter();
    GzipWriter(const GzipWriter&) = delete;
    GzipWriter& operator=(const GzipWriter&) = delete;

    void add(std::string_view bytes);
    /// Ends the member; nothing may be added after.
    [[nodiscard]] std::string take();

private:
    struct Stream;
    void run(int flush);

    std::unique_ptr<Stream> m_stream;
    std::string m_out;
};

} // namespace vedette::collector
