// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/collector/connectcard.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>

#include "models/core/text.h"
#include "views/collector/snippets.h"
#include "views/common/buttons.h"
#include "views/common/card.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// What there is to know where SDKs do not find the collector on the port that they look on. Whole sentences:
/// what holds with and without Spotlight differs in more than a word.
QString portText(const domain::CollectorStatus& status)
{
    const QString port = QString::number(status.url.port(80));
    const QString setting =
        u"SENTRY_SPOTLIGHT=%1/stream"_s.arg(status.url.toString(QUrl::StripTrailingSlash));
    if (status.spotlight.usualPortTaken && status.spotlight.isOpen) {
        return ConnectCard::tr(
            "Port 8969 was taken when the collector started: it listens on port %1 instead. "
            "SDKs look for Spotlight on 8969 unless you set %2; DSNs are those below.",
            "a port, an environment variable with its value")
            .arg(port, setting);
    }
    if (status.spotlight.usualPortTaken) {
        return ConnectCard::tr(
            "Port 8969 was taken when the collector started: it listens on port %1 instead. "
            "DSNs are those below.",
            "a port")
            .arg(port);
    }
    if (status.spotlight.isOpen && !status.spotlight.isUsualPort) {
        return ConnectCard::tr("The collector listens on port %1. SDKs look for Spotlight on 8969 unless you "
                               "set %2.",
            "a port, an environment variable with its value")
            .arg(port, setting);
    }
    return {};
}

} // namespace

ConnectCard::ConnectCard(QWidget* parent)
    : QWidget(parent)
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* card = new Card(tr("Point an SDK here"), tr("this machine only"));
    outer->addWidget(card);
    m_project = new QComboBox;
    m_project->setObjectName(u"dsnProject"_s);
    m_project->setAccessibleName(tr("Project"));
    m_project->setView(new QListView);
    card->addToHeader(m_project);
    m_port = new TextLabel;
    m_port->setObjectName(u"portNote"_s);
    m_port->setRole("warning");
    card->addContent(m_port);
    auto* row = new QWidget;
    auto* rowLayout = new QHBoxLayout(row);
    rowLayout->setContentsMargins(0, 0, 0, 0);
    m_dsn = new QLineEdit;
    m_dsn->setObjectName(u"dsn"_s);
    m_dsn->setAccessibleName(tr("DSN"));
    m_dsn->setReadOnly(true);
    m_dsn->setFont(codeFont(font()));
    auto* copy = makePrimaryButton(tr("Copy DSN"), u"copyDsn"_s);
    rowLayout->addWidget(m_dsn, 1);
    rowLayout->addWidget(copy);
    card->addContent(row);
    auto* bar = new QWidget;
    auto* barLayout = new QHBoxLayout(bar);
    barLayout->setContentsMargins(0, 0, 0, 0);
    m_languages = new QTabBar;
    m_languages->setObjectName(u"snippetLanguage"_s);
    m_languages->setAccessibleName(tr("Language"));
    m_languages->setDrawBase(false);
    m_languages->setExpanding(false);
    const QList<Snippet> all = snippets(u"http://key@127.0.0.1/1"_s, QUrl(u"http://127.0.0.1"_s));
    for (const Snippet& snippet : all)
        m_languages->addTab(snippet.language);
    auto* copySnippet = makeButton(tr("Copy"), u"copySnippet"_s);
    copySnippet->setAccessibleName(tr("Copy the snippet"));
    barLayout->addWidget(m_languages);
    barLayout->addStretch(1);
    barLayout->addWidget(copySnippet);
    card->addContent(bar);
    m_snippet = new QPlainTextEdit;
    m_snippet->setObjectName(u"snippet"_s);
    m_snippet->setAccessibleName(tr("Snippet"));
    m_snippet->setProperty("role", u"code"_s);
    m_snippet->setReadOnly(true);
    m_snippet->setFont(codeFont(font()));
    m_snippet->setTabChangesFocus(true);
    m_snippet->setFixedHeight(fontMetrics().lineSpacing() * 5);
    card->addContent(m_snippet);
    connect(
        copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_dsn->text()); });
    connect(copySnippet, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_snippet->toPlainText()); });
    connect(m_project, &QComboBox::currentIndexChanged, this, &ConnectCard::showDsn);
    connect(m_languages, &QTabBar::currentChanged, this, &ConnectCard::showDsn);
}

void ConnectCard::show(
    const QList<sync::CollectorFeed::ProjectWithKeys>& projects, const domain::CollectorStatus& status)
{
    m_url = status.url;
    const QString port = portText(status);
    if (m_port->wholeText() != port)
        m_port->setWholeText(port);
    m_port->setVisible(!port.isEmpty());
    const QString chosen = m_project->currentText();
    {
        const QSignalBlocker quiet(m_project);
        m_project->clear();
        for (const auto& project : projects) {
            const auto key = std::find_if(project.keys.cbegin(), project.keys.cend(),
                [](const domain::ProjectKey& candidate) { return candidate.isActive; });
            if (key != project.keys.cend())
                m_project->addItem(core::singleLine(project.project.slug, 60), key->dsn);
        }
        m_project->setCurrentIndex(std::max(0, m_project->findText(chosen)));
    }
    showDsn();
}

void ConnectCard::showDsn()
{
    const QString dsn = m_project->currentData().toString();
    if (m_dsn->text() != dsn)
        m_dsn->setText(dsn);
    const QList<Snippet> all = snippets(dsn, m_url);
    const int language = m_languages->currentIndex();
    const QString code = language >= 0 && language < all.size() ? all[language].code : QString();
    if (m_snippet->toPlainText() != code)
        m_snippet->setPlainText(code);
}

} // namespace vedette::views
