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
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr qsizetype mostFolded = 8; ///< about as tall as the cards beside and below

} // namespace

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
        parts.append(tr("passed on", "what comes in, to an upstream"));
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
    const qsizetype shown = m_showsAll ? m_rows.size() : std::min(m_rows.size(), mostFolded);
    for (qsizetype i = 0; i < shown; ++i)
        addRow(*grid, int(i), m_rows[i]);
    if (shown < m_rows.size()) {
        auto* all =
            makeLinkButton(tr("Show all %n project(s)", "", int(m_rows.size())), u"showAllProjects"_s);
        grid->addWidget(all, int(shown), 0, 1, -1, Qt::AlignLeft);
        connect(all, &QPushButton::clicked, this, [this] {
            m_showsAll = true;
            rebuild();
        });
    }
    m_holder->layout()->addWidget(m_body);
}

void ProjectsCard::addRow(QGridLayout& grid, int line, const Row& row)
{
    const QString slug = core::singleLine(row.slug, 60);
    const bool hasName = !row.name.isEmpty() && row.name != row.slug;
    auto* texts = new QWidget;
    auto* lines = new QVBoxLayout(texts);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    auto* name = new ElidedLabel(hasName ? core::singleLine(row.name, 100) : slug);
    name->setObjectName(u"projectName"_s);
    // The slug stands first in its line: it tells apart what a long name that is cut off does not.
    auto* state = new ElidedLabel(hasName ? slug + u" · "_s + row.state : row.state);
    state->setObjectName(u"projectState"_s);
    state->setRole("secondary");
    lines->addWidget(name);
    lines->addWidget(state);
    grid.addWidget(texts, line, 0);
    auto* settings = makeButton(tr("Settings…"), u"projectSettings"_s);
    settings->setAccessibleName(tr("Settings of %1").arg(slug));
    grid.addWidget(settings, line, 1, Qt::AlignVCenter);
    connect(settings, &QPushButton::clicked, this, [this, raw = row.slug] { emit settingsWanted(raw); });
}

} // namespace vedette::views
