// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/accounts/accountdialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "models/core/ondone.h"
#include "models/core/text.h"
#include "models/sync/hub.h"
#include "views/common/errortext.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

QString kindName(domain::ServerKind kind)
{
    switch (kind) {
    case domain::ServerKind::Collector:
        return AddAccountDialog::tr("a Vedette collector");
    case domain::ServerKind::Sentry:
        return u"Sentry"_s;
    case domain::ServerKind::GlitchTip:
        return u"GlitchTip"_s;
    case domain::ServerKind::Unknown:
        return AddAccountDialog::tr("a server that speaks Sentry's API");
    }
    return {};
}

} // namespace

AddAccountDialog::AddAccountDialog(sync::Hub& hub, QWidget* parent)
    : QDialog(parent)
    , m_hub(hub)
{
    build();
}

AddAccountDialog::AddAccountDialog(sync::Hub& hub, const domain::Account& account, QWidget* parent)
    : QDialog(parent)
    , m_hub(hub)
    , m_existing(account)
{
    build();
    m_url->setText(account.baseUrl.toString());
    m_url->setReadOnly(true);
    m_name->setText(account.name);
    m_name->setReadOnly(true);
    m_token->setFocus();
}

AddAccountDialog::~AddAccountDialog()
{
    m_inspection.cancel();
    m_adding.cancel();
}

void AddAccountDialog::build()
{
    setObjectName(u"addAccountDialog"_s);
    setWindowTitle(m_existing ? tr("New token") : tr("Add an account"));
    setMinimumWidth(fontMetrics().averageCharWidth() * 78);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    auto* form = new QFormLayout;
    form->setSpacing(space::s);
    m_url = new QLineEdit;
    m_url->setObjectName(u"accountUrl"_s);
    m_url->setPlaceholderText(u"https://sentry.example.org"_s);
    m_token = new QLineEdit;
    m_token->setObjectName(u"accountToken"_s);
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_name = new QLineEdit;
    m_name->setObjectName(u"accountName"_s);
    m_name->setPlaceholderText(tr("as the server is called"));
    m_server = new PlainLabel(tr("Any address of the server will do, also that of an issue."), "secondary");
    m_server->setObjectName(u"serverLine"_s);
    m_server->setWordWrap(true);
    form->addRow(tr("&Server"), m_url);
    form->addRow({}, m_server);
    form->addRow(tr("&Token"), m_token);
    auto* scopes = new PlainLabel(tr("A user token with the scopes org:read project:read team:read "
                                     "member:read event:read event:write. It is kept "
                                     "in the system's keychain and sent to this server alone."),
        "secondary");
    scopes->setWordWrap(true);
    form->addRow({}, scopes);
    form->addRow(tr("&Name"), m_name);
    layout->addLayout(form);
    m_status = new PlainLabel;
    m_status->setObjectName(u"accountStatus"_s);
    m_status->setWordWrap(true);
    layout->addWidget(m_status);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_add = buttons->addButton(m_existing ? tr("Keep the token") : tr("Add"), QDialogButtonBox::AcceptRole);
    m_add->setObjectName(u"addAccountButton"_s);
    m_add->setProperty("role", u"primary"_s);
    m_add->setDefault(true);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &AddAccountDialog::submit);
    connect(m_url, &QLineEdit::editingFinished, this, &AddAccountDialog::inspect);
    for (QLineEdit* field : {m_url, m_token})
        connect(field, &QLineEdit::textChanged, this, &AddAccountDialog::updateButton);
    updateButton();
}

void AddAccountDialog::updateButton()
{
    m_add->setEnabled(!m_url->text().trimmed().isEmpty() && !m_token->text().trimmed().isEmpty());
}

void AddAccountDialog::inspect()
{
    const QString text = m_url->text().trimmed();
    if (text.isEmpty() || text == m_inspected || m_existing)
        return;
    m_inspected = text;
    m_inspection.cancel();
    m_server->setRole("secondary");
    m_server->setText(tr("Looking at the server …"));
    m_inspection = m_hub.accounts().inspect(QUrl::fromUserInput(text));
    core::onDone(m_inspection, this, [this, text](const core::Result<sync::ServerInfo>& info) {
        if (text != m_inspected)
            return;
        if (!info) {
            m_server->setRole("error");
            m_server->setText(errorText(info.error(), QUrl::fromUserInput(text).host(), Retry::ByHand));
            return;
        }
        m_server->setRole("good");
        m_server->setText(info->version.isEmpty()
                              ? tr("There is %1.", "%1 is a product").arg(kindName(info->kind))
                              : tr("There is %1, version %2.")
                                    .arg(kindName(info->kind), core::singleLine(info->version, 40)));
    });
}

void AddAccountDialog::setBusy(bool busy)
{
    for (QWidget* widget : std::initializer_list<QWidget*>{m_url, m_token, m_name, m_add})
        widget->setEnabled(!busy);
    if (!busy)
        updateButton();
}

void AddAccountDialog::say(const QString& text, const char* role)
{
    m_status->setRole(role);
    m_status->setText(text);
}

void AddAccountDialog::submit()
{
    const QString token = m_token->text().trimmed();
    const QUrl url = QUrl::fromUserInput(m_url->text().trimmed());
    setBusy(true);
    say(tr("Checking the token …"), "secondary");
    m_adding = m_existing ? m_hub.accounts().renewToken(m_existing->id, token)
                          : m_hub.accounts().add(url, token, m_name->text().trimmed());
    core::onDone(m_adding, this, [this, host = url.host()](const core::Result<domain::Account>& account) {
        setBusy(false);
        if (!account) {
            say(errorText(account.error(), host, Retry::ByHand), "error");
            m_token->setFocus();
            m_token->selectAll();
            return;
        }
        emit added(*account);
        accept();
    });
}

AccountsDialog::AccountsDialog(sync::Hub& hub, QWidget* parent)
    : QDialog(parent)
    , m_hub(hub)
    , m_list(new QListWidget)
    , m_state(new PlainLabel({}, "secondary"))
{
    setObjectName(u"accountsDialog"_s);
    setWindowTitle(tr("Accounts"));
    setMinimumWidth(fontMetrics().averageCharWidth() * 70);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    m_list->setObjectName(u"accountsList"_s);
    m_list->setAccessibleName(tr("Accounts"));
    m_state->setWordWrap(true);
    layout->addWidget(m_list);
    layout->addWidget(m_state);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_token = buttons->addButton(tr("New token…"), QDialogButtonBox::ActionRole);
    m_token->setObjectName(u"renewToken"_s);
    m_remove = buttons->addButton(tr("Sign out"), QDialogButtonBox::ActionRole);
    m_remove->setObjectName(u"removeAccount"_s);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        m_removeAsked = false;
        m_remove->setText(tr("Sign out"));
    });
    connect(m_token, &QPushButton::clicked, this, [this] {
        const auto account = chosen();
        if (!account)
            return;
        auto* dialog = new AddAccountDialog(m_hub, *account, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        const auto account = chosen();
        if (!account)
            return;
        // Asked in place: the second click does it.
        if (!m_removeAsked) {
            m_removeAsked = true;
            m_remove->setText(tr("Really sign out: token and cache are deleted"));
            return;
        }
        m_hub.accounts().remove(account->id);
    });
    connect(&hub.accounts(), &sync::Accounts::accountsChanged, this, &AccountsDialog::refresh);
    connect(&hub.accounts(), &sync::Accounts::stateChanged, this, &AccountsDialog::refresh);
    refresh();
}

std::optional<domain::Account> AccountsDialog::chosen() const
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return {};
    return m_hub.accounts().account(domain::AccountId(item->data(Qt::UserRole).toString()));
}

void AccountsDialog::refresh()
{
    const int row = m_list->currentRow();
    m_list->clear();
    const QList<domain::Account> accounts = m_hub.accounts().accounts();
    for (const domain::Account& account : accounts) {
        const sync::ConnectionState state = m_hub.accounts().state(account.id);
        QString text = core::singleLine(account.name, 80) + u" · "_s + account.baseUrl.host();
        if (state.error)
            text += u" · "_s + errorText(*state.error);
        auto* item = new QListWidgetItem(text, m_list);
        item->setData(Qt::UserRole, account.id.value());
    }
    m_list->setCurrentRow(std::clamp(row, 0, std::max(0, int(accounts.size()) - 1)));
    const bool own = chosen() && chosen()->kind == domain::ServerKind::Collector;
    m_token->setEnabled(chosen().has_value() && !own);
    m_remove->setEnabled(chosen().has_value() && !own);
    m_state->setText(accounts.isEmpty() ? tr("There is no account yet.") : QString());
}

} // namespace vedette::views
