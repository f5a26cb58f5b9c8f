// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/core/error.h"

namespace vedette::views {

/// Who tries once more after an error that may pass.
enum class Retry
{
    ByItself, ///< a feed or the outbox does
    ByHand    ///< the person has to: a dialog, a form
};

/// What an error means, as sentences for people that say what to do: the one place where such sentences are
/// made. `server` names whose answer it was, or is empty.
[[nodiscard]] QString errorText(
    const core::Error& error, const QString& server = {}, Retry retry = Retry::ByItself);

/// What a person can do about an error: what a banner's or a dialog's button is for.
enum class WayOut
{
    None,        ///< nothing: words are all there is
    TryAgain,    ///< it may pass
    Wait,        ///< it passes by itself; trying sooner does harm
    NewToken,    ///< enter another token
    SignInThere, ///< in the browser: on the page that Error::about names, else on the server's own first page
    Certificate, ///< look at the certificate (Error::certificate) and accept it, or not
    Network,     ///< the account's network settings: authority, client certificate, proxy
    ChangeAddress, ///< the server is elsewhere
};
[[nodiscard]] WayOut wayOutOf(const core::Error& error);
/// The person sets something right there: a token, a certificate, settings, an address.
[[nodiscard]] bool isSetRight(WayOut way);
/// Trying again is of use without that, or afterwards.
[[nodiscard]] bool isRetryOffered(const core::Error& error);
/// The text for its button, empty for None and Wait.
[[nodiscard]] QString wayOutText(WayOut way);

} // namespace vedette::views
