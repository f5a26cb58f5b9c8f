// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkReply>
#include <QUrl>

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

/// Turns an answer that is not a success into an Error. `wait` is what the rate-limit headers said, `asked`
/// whose answer it is: a page to sign in that lies elsewhere is not passed on. Total: any status, any body.
/// Pure.
[[nodiscard]] core::Error errorFromAnswer(
    int status, std::string_view body, std::optional<std::chrono::seconds> wait, const QUrl& asked = {});

/// Turns a failure below HTTP into an Error. What was wrong with a certificate is tlsfault.h's. Where a
/// proxy was used, it is the proxy that could not be reached. Pure.
[[nodiscard]] core::Error errorFromNetwork(
    QNetworkReply::NetworkError error, const QString& text, bool usesProxy = false);

/// Tells that `from` sends on to `to`, which is not followed: another origin, with `about` naming it, or one
/// round too many. Pure.
[[nodiscard]] core::Error errorFromRedirect(int status, const QUrl& from, const QUrl& to);

} // namespace vedette::api
