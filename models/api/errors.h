// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkReply>

#include <optional>
#include <string_view>

#include "models/core/error.h"

namespace vedette::json {
class Value;
}

namespace vedette::api {

/// True for what a proxy, a maintenance page or a sign-in wall answers. By the text, not by the content type:
/// Sentry itself serves JSON as text/html on a 429.
[[nodiscard]] bool looksLikeHtml(std::string_view body);

/// The human part of an error body in all the shapes of contract section 4 and of GlitchTip (section 15):
/// one line, at most 500 characters, redacted. Empty where there is none.
[[nodiscard]] QString errorText(const json::Value& body);

/// Turns an answer that is not a success into an Error. `wait` is what the rate-limit headers said. Total:
/// any status, any body. Pure.
[[nodiscard]] core::Error errorFromAnswer(
    int status, std::string_view body, std::optional<std::chrono::seconds> wait);

/// Turns a failure below HTTP into an Error. Pure.
[[nodiscard]] core::Error errorFromNetwork(QNetworkReply::NetworkError error, const QString& text);

} // namespace vedette::api
