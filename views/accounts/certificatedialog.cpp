// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/accounts/certificatedialog.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "views/common/errortext.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// In pairs with a break in the middle, as other programs show it, so that it can be compared by eye.
QString inPairs(const QString& sha256)
{
    QString text;
    for (qsizetype i = 0; i < sha256.size(); i += 2) {
        if (i > 0)
            text += i == 32 ? u'\n' : u':';
        text += sha256.mid(i, 2).toUpper();
    }
    return text;
}

} // namespace

CertificateDialog::CertificateDialog(const core::Error& error, const QString& server, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(u"certificateDialog"_s);
    setWindowTitle(tr("The server's certificate"));
    build(error, error.certificate ? *error.certificate : core::ServerCertificate(), server);
}

void CertificateDialog::build(
    const core::Error& error, const core::ServerCertificate& shown, const QString& server)
{
    setMinimumWidth(fontMetrics().averageCharWidth() * 78);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    core::Error bare = error;
    bare.detail.clear();
    auto* why = new PlainLabel(errorText(bare, server, Retry::ByHand));
    why->setObjectName(u"certificateFault"_s);
    why->setWordWrap(true);
    layout->addWidget(why);
    auto* form = new QFormLayout;
    form->setSpacing(space::s);
    const auto addRow = [form](const QString& name, const char* object, const QString& text) {
        auto* value = new TextLabel(text);
        value->setObjectName(QLatin1StringView(object));
        value->setAccessibleName(name);
        form->addRow(name, value);
        return value;
    };
    addRow(tr("Made out for"), "certificateSubject", core::singleLine(shown.subject, 200));
    addRow(tr("Signed by"), "certificateIssuer", core::singleLine(shown.issuer, 200));
    addRow(
        tr("Valid"), "certificateLife", tr("%1 to %2", "two moments").arg(shown.validFrom, shown.validUntil));
    addRow(tr("SHA-256"), "certificateFingerprint", inPairs(shown.sha256))
        ->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    layout->addLayout(form);
    const bool isForgivable = wayOutOf(error) == WayOut::Certificate && !shown.sha256.isEmpty();
    auto* advice = new PlainLabel(
        isForgivable
            ? tr("Compare the fingerprint with the one that whoever runs the server tells you by another "
                 "way. If you accept it, Vedette takes this certificate for this account, and no other.")
            : tr("Nobody should accept this certificate. Nothing was sent."),
        "secondary");
    advice->setWordWrap(true);
    layout->addWidget(advice);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setFocus();
    if (!isForgivable)
        return;
    QPushButton* accept = buttons->addButton(tr("Accept this certificate"), QDialogButtonBox::ActionRole);
    accept->setObjectName(u"acceptCertificate"_s);
    accept->setAutoDefault(false);
    domain::PinnedCertificate pin{shown.sha256, {}};
    for (const core::ErrorCause fault : shown.faults)
        pin.faults << core::errorCauseName(fault);
    connect(accept, &QPushButton::clicked, this, [this, pin] {
        emit certificateAccepted(pin);
        QDialog::accept();
    });
}

} // namespace vedette::views
