// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/event/issuehead.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include "models/core/text.h"
#include "views/common/format.h"
#include "views/common/issueactions.h"
#include "views/common/issuepainter.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

QIcon assigneeIcon(const std::optional<domain::Actor>& actor, const Tokens& tokens, qreal ratio)
{
    QPixmap pixmap(QSize(18, 18) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintAssignee(painter, QRect(0, 0, 18, 18), actor, tokens);
    return QIcon(pixmap);
}

} // namespace

IssueHead::IssueHead(const core::Clock& clock, IssueActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_actions(actions)
    , m_where(new PlainLabel({}, "secondary"))
    , m_badge(new PlainLabel({}, "spike"))
    , m_seen(new ElidedLabel)
    , m_title(new TextLabel)
    , m_culprit(new ElidedLabel)
    , m_resolve(new QPushButton)
    , m_archive(new QPushButton(tr("Archive")))
    , m_assign(new QPushButton)
{
    setObjectName(u"issueHead"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    auto* first = new QHBoxLayout;
    first->setContentsMargins(space::icon + space::s, 0, 0, 0); // the level is painted there
    first->setSpacing(space::s);
    m_where->setObjectName(u"issueWhere"_s);
    m_badge->setObjectName(u"issueBadge"_s);
    m_badge->setFont(smallFont(font()));
    m_seen->setObjectName(u"issueSeen"_s);
    first->addWidget(m_where);
    first->addWidget(m_badge);
    // Gives way first: the pane may be narrow, and the tool tip has it all.
    m_seen->setRole("secondary");
    m_seen->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_seen->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    first->addWidget(m_seen, 1);
    layout->addLayout(first);
    m_title->setObjectName(u"issueTitle"_s);
    m_title->setFont(titleFont(font()));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_title);
    m_culprit->setObjectName(u"issueCulprit"_s);
    m_culprit->setFont(codeFont(font()));
    m_culprit->setProperty("role", u"secondary"_s);
    layout->addWidget(m_culprit);

    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, space::s, 0, 0);
    row->setSpacing(space::s);
    m_resolve->setObjectName(u"resolveButton"_s);
    m_archive->setObjectName(u"archiveButton"_s);
    m_assign->setObjectName(u"assignButton"_s);
    auto* snooze = new QPushButton(tr("Snooze"));
    snooze->setObjectName(u"snoozeButton"_s);
    snooze->setToolTip(tr("No alert of this issue for an hour"));
    auto* more = new QToolButton;
    more->setObjectName(u"moreButton"_s);
    more->setProperty("role", u"button"_s);
    more->setText(u"⋯"_s);
    more->setAccessibleName(tr("More actions"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    actions.addTo(*menu);
    more->setMenu(menu);
    auto* markdown = new QPushButton(tr("Markdown"));
    markdown->setObjectName(u"markdownButton"_s);
    markdown->setToolTip(actions.copyMarkdown->toolTip());
    m_buttons = {m_resolve, m_archive, m_assign, snooze, more};
    for (QWidget* widget : std::as_const(m_buttons))
        row->addWidget(widget);
    m_buttons.append(markdown);
    m_dispensable = {markdown, snooze, m_archive};
    row->addStretch(1);
    row->addWidget(markdown);
    layout->addLayout(row);

    connect(m_resolve, &QPushButton::clicked, this, [this] {
        (m_issue.status == domain::IssueStatus::Unresolved ? m_actions.resolve : m_actions.reopen)->trigger();
    });
    connect(m_archive, &QPushButton::clicked, actions.archive, &QAction::trigger);
    connect(m_assign, &QPushButton::clicked, actions.assign, &QAction::trigger);
    connect(snooze, &QPushButton::clicked, actions.snooze, &QAction::trigger);
    connect(markdown, &QPushButton::clicked, actions.copyMarkdown, &QAction::trigger);
}

void IssueHead::fitButtons()
{
    // A narrow pane drops whole buttons instead of cutting all of them: each is in the menu behind the dots,
    // too.
    const auto wanted = [this] {
        int width = 0;
        for (const QWidget* button : std::as_const(m_buttons))
            width += button->isHidden() ? 0 : button->sizeHint().width() + space::s;
        return width - space::s;
    };
    for (QWidget* button : std::as_const(m_dispensable))
        button->show();
    for (QWidget* button : std::as_const(m_dispensable)) {
        if (wanted() <= width())
            break;
        button->hide();
    }
}

void IssueHead::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitButtons();
}

QPoint IssueHead::assignPosition() const
{
    return m_assign->mapToGlobal(QPoint(0, m_assign->height() + 2));
}

void IssueHead::setDetail(const domain::IssueDetail& detail, const std::optional<alerts::Alert>& spike)
{
    const domain::Issue& issue = detail.issue;
    m_issue = issue;
    m_where->setText(
        core::singleLine(issue.shortId, 80) + u"  "_s + core::singleLine(issue.project.slug, 80));
    if (spike && spike->factor >= 1.5) {
        m_badge->setRole("spike");
        m_badge->setText(
            tr("▲ spiking ×%1", "%1 is a factor").arg(QLocale().toString(spike->factor, 'f', 0)));
    } else if (const auto badge = badgeOf(issue, false)) {
        m_badge->setRole(badge->spike ? "spike" : "chip");
        m_badge->setText(badge->text);
    } else {
        m_badge->setText({});
    }
    m_badge->setVisible(!m_badge->text().isEmpty());
    QStringList seen;
    if (issue.firstSeen) {
        QString text = tr("first %1").arg(longAge(*issue.firstSeen, m_clock.now()));
        if (!detail.firstRelease.isEmpty())
            text += tr(" in %1", "a release").arg(core::singleLine(detail.firstRelease, 40));
        seen << text;
    }
    if (issue.lastSeen)
        seen << tr("last %1").arg(longAge(*issue.lastSeen, m_clock.now()));
    m_seen->setFullText(seen.join(u" · "_s));
    if (issue.firstSeen && issue.lastSeen) // exactly, with the date
        m_seen->setToolTip(toolTipText(fullTime(*issue.firstSeen) + u"\n\n"_s + fullTime(*issue.lastSeen))
                               .replace(u'\n', u"<br>"_s));
    m_title->setWholeText(core::singleLine(issue.title, 400));
    m_culprit->setFullText(issue.culprit);

    const bool open = issue.status == domain::IssueStatus::Unresolved;
    m_resolve->setText(open ? tr("✓ Resolve") : tr("Reopen"));
    m_resolve->setAccessibleName(open ? tr("Resolve") : tr("Reopen"));
    m_resolve->setProperty("role", open ? u"primary"_s : QString());
    m_resolve->style()->unpolish(m_resolve);
    m_resolve->style()->polish(m_resolve);
    m_archive->setEnabled(issue.status != domain::IssueStatus::Archived);
    const QString name = issue.assignedTo ? core::singleLine(issue.assignedTo->name, 40) : tr("Assign");
    m_assign->setText(name);
    m_assign->setAccessibleName(issue.assignedTo ? tr("Assigned to %1").arg(name) : tr("Assign"));
    m_assign->setIcon(assigneeIcon(issue.assignedTo, tokensOf(palette()), devicePixelRatioF()));
    m_assign->setIconSize({18, 18});
    fitButtons();
    update();
}

void IssueHead::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const int top = m_where->geometry().center().y() - space::icon / 2;
    paintLevel(painter, QRect(0, top, space::icon, space::icon), m_issue.level, tokensOf(palette()));
}

} // namespace vedette::views
