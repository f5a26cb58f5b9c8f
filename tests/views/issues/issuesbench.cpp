// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/views/issues/issuesbench.h"

using namespace Qt::Literals::StringLiterals;
using namespace vedette::views;

namespace vedette::tests {

void IssuesBench::open()
{
    m_clock = std::make_unique<ManualClock>(*core::parseTime("2026-11-20T10:42:00Z"));
    m_hub = std::make_unique<ScriptedHub>();
    fillHub(*m_hub, m_clock->now());
    QFile::remove(m_folder.filePath(u"settings.ini"_s));
    m_settings = std::make_unique<settings::Settings>(m_folder.filePath(u"settings.ini"_s));
    m_page = std::make_unique<IssuesPage>(*m_hub, *m_clock, *m_settings,
        [this](IssueActions& actions) { return m_detail = new ScriptedDetail(actions); });
    m_list = find<QTreeView>("issueList");
    QVERIFY(m_list);
    m_page->resize(1200, 600);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void IssuesBench::close()
{
    m_page.reset();
    m_settings.reset();
    m_hub.reset();
}

void IssuesBench::load()
{
    sync::IssueQuery query;
    query.scopes = {sampleAccount().id};
    query.text = u"is:unresolved"_s;
    m_page->setQuery(query, u"Inbox"_s);
    m_page->takeFocus();
    QCOMPARE(QApplication::focusWidget(), m_list);
}

QString IssuesBench::current() const
{
    return m_list->currentIndex().data(items::IssueListModel::IssueRole).value<domain::Issue>().id.value();
}

} // namespace vedette::tests
