// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/collector/projectscard.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "models/core/text.h"
#include "views/common/buttons.h"
#include "views/common/card.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

ProjectsCard::ProjectsCard(QWidget* parent)
    : QWidget(parent)
    , m_card(new Card(tr("Projects"), tr("each with DSNs of its own")))
    , m_holder(new QWidget)
{
    m_card->setObjectName(u"projectsCard"_s);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_card);
    auto* layout = new QVBoxLayout(m_holder);
    layout->setContentsMargins(0, 0, 0, 0);
}

void ProjectsCard::setForm(QWidget* form)
{
    m_card->addContent(form);
    m_card->addContent(m_holder);
    m_card->endContent();
}

QString ProjectsCard::stateOf(
    const sync::CollectorFeed::ProjectWithKeys& project, const domain::CollectorStatus& status)
{
    QStringList parts;
    const auto active = std::count_if(project.keys.cbegin(), project.keys.cend(),
        [](const domain::ProjectKey& key) { return key.isActive; });
    parts.append(tr("%n DSN(s)", "of a project", int(active)));
    for (const domain::Forwarding& forwarding : status.forwarding) {
        if (forwarding.project != project.project.slug)
            continue;
        parts.append(
            forwarding.error.isEmpty()
                ? tr("passed on: %1, waiting: %2").arg(count(forwarding.sent), count(forwarding.waiting))
                : tr("waiting to be passed on: %1 (%2)", "number, why")
                      .arg(count(forwarding.waiting), core::singleLine(forwarding.error, 120)));
        if (forwarding.refused > 0)
            parts.append(tr("refused upstream: %1").arg(count(forwarding.refused)));
    }
    QStringList origins;
    for (const domain::WebOrigin& origin : status.origins) {
        if (origin.project == project.project.slug)
            origins.append(core::singleLine(origin.origin, 80));
    }
    if (!origins.isEmpty())
        parts.append(tr("pages that post: %1", "web origins").arg(origins.join(u", "_s)));
    return parts.join(u" · "_s);
}

void ProjectsCard::show(
    const QList<sync::CollectorFeed::ProjectWithKeys>& projects, const domain::CollectorStatus& status)
{
    QList<Row> rows;
    for (const auto& project : projects)
        rows.append({project.project.slug, project.project.name, stateOf(project, status)});
    if (m_body != nullptr && rows == m_rows)
        return;
    m_rows = rows;
    rebuild();
}

void ProjectsCard::rebuild()
{
    // A click on a button of it may be what led here: it goes when that is through.
    if (m_body != nullptr) {
        m_body->hide();
        m_body->deleteLater();
    }
    m_body = new QWidget;
    auto* grid = new QGridLayout(m_body);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::m);
    grid->setVerticalSpacing(space::s);
    grid->setColumnStretch(0, 1);
    for (int i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const QString slug = core::singleLine(row.slug, 60);
        auto* texts = new QWidget;
        auto* lines = new QVBoxLayout(texts);
        lines->setContentsMargins(0, 0, 0, 0);
        lines->setSpacing(0);
        const bool hasName = !row.name.isEmpty() && row.name != row.slug;
        auto* name = new ElidedLabel(
            hasName ? tr("%1 (%2)", "name, slug").arg(core::singleLine(row.name, 60), slug) : slug);
        name->setObjectName(u"projectName"_s);
        auto* state = new ElidedLabel(row.state);
        state->setObjectName(u"projectState"_s);
        state->setRole("secondary");
        lines->addWidget(name);
        lines->addWidget(state);
        grid->addWidget(texts, i, 0);
        auto* settings = makeButton(tr("Settings…"), u"projectSettings"_s);
        settings->setAccessibleName(tr("Settings of %1").arg(slug));
        grid->addWidget(settings, i, 1, Qt::AlignVCenter);
        connect(settings, &QPushButton::clicked, this, [this, raw = row.slug] { emit settingsWanted(raw); });
    }
    m_holder->layout()->addWidget(m_body);
}

} // namespace vedette::views
