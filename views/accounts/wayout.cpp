// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/accounts/wayout.h"

#include <QDesktopServices>

#include "models/sync/hub.h"
#include "views/accounts/accountdialog.h"
#include "views/accounts/certificatedialog.h"
#include "views/common/errortext.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

bool isWebPage(const QUrl& url)
{
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() &&
           (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

void askAboutCertificate(
    sync::Hub& hub, const domain::Account& account, const core::Error& error, QWidget* parent)
{
    auto* dialog = new CertificateDialog(error, account.baseUrl.host(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &CertificateDialog::certificateAccepted, dialog,
        [&hub, id = account.id](const domain::PinnedCertificate& pin) {
            const auto current = hub.accounts().account(id);
            if (!current)
                return;
            sync::NetworkWay way{current->network, {}, {}, {}};
            way.settings.pin = pin;
            hub.accounts().setNetwork(id, way);
        });
    dialog->open();
}

} // namespace

std::optional<QUrl> pageThere(const domain::Account& account, const QString& about)
{
    const QUrl base = account.baseUrl;
    if (!isWebPage(base))
        return {};
    const QUrl page(about, QUrl::StrictMode);
    const bool isThere = isWebPage(page) && page.host() == base.host() && page.scheme() == base.scheme() &&
                         page.port() == base.port();
    return isThere ? page : base;
}

bool openWayOut(sync::Hub& hub, const domain::AccountId& id, const core::Error& error, QWidget* parent)
{
    const auto account = hub.accounts().account(id);
    if (!account || account->kind == domain::ServerKind::Collector)
        return false;
    switch (wayOutOf(error)) {
    case WayOut::NewToken: {
        auto* dialog = new AddAccountDialog(hub, *account, parent);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
        return true;
    }
    case WayOut::Certificate:
        askAboutCertificate(hub, *account, error, parent);
        return true;
    case WayOut::SignInThere:
        if (const auto page = pageThere(*account, error.about))
            return QDesktopServices::openUrl(*page);
        return false;
    case WayOut::Network:
    case WayOut::ChangeAddress: {
        auto* dialog = new AccountsDialog(hub, parent);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
        return true;
    }
    case WayOut::None:
    case WayOut::TryAgain:
    case WayOut::Wait:
        break;
    }
    return false;
}

} // namespace vedette::views
