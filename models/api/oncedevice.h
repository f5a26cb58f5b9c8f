// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIODevice>

#include <algorithm>
#include <cstring>
#include <string>

namespace vedette::api {

/// A request body that can be read once. Qt sends a request again behind our back when the connection breaks
/// before an answer, a POST too (seen on 6.4); it cannot where the body does not rewind, and says
/// ContentReSendError. So a change goes out once, and whether to repeat it is decided by whoever made it.
class OnceDevice final : public QIODevice
{
    Q_DISABLE_COPY_MOVE(OnceDevice)

public:
    explicit OnceDevice(std::string body)
        : m_body(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    [[nodiscard]] bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; }
    [[nodiscard]] qint64 bytesAvailable() const override { return left() + QIODevice::bytesAvailable(); }
    [[nodiscard]] bool atEnd() const override { return left() == 0; }

protected:
    qint64 readData(char* data, qint64 most) override
    {
        const qint64 n = std::min(most, left());
        if (n <= 0)
            return left() == 0 ? -1 : 0;
        std::memcpy(data, m_body.data() + m_read, static_cast<std::size_t>(n));
        m_read += n;
        return n;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    [[nodiscard]] qint64 left() const { return static_cast<qint64>(m_body.size()) - m_read; }

    std::string m_body;
    qint64 m_read = 0;
};

} // namespace vedette::api
