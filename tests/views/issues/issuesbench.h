// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QApplication>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>
#include <QVBoxLayout>

#include "models/items/issuelistmodel.h"
#include "models/settings/settings.h"
#include "tests/support/manualclock.h"
#include "tests/support/sampledata.h"
#include "tests/support/scriptedhub.h"
#include "views/common/issueactions.h"
#include "views/common/theme.h"
#include "views/issues/issuespage.h"
#include "views/window/detailview.h"

namespace vedette::tests {

/// What the page sees of a detail pane, with a text field to type in.
class ScriptedDetail final : public views::DetailView
{
public:
    explicit ScriptedDetail(views::IssueActions& /*actions*/)
    {
        auto* layout = new QVBoxLayout(this);
        field = new QLineEdit;
        field->setObjectName(QStringLiteral("detailField"));
        field->setAccessibleName(QStringLiteral("Field"));
        layout->addWidget(field);
        setFocusPolicy(Qt::StrongFocus);
        setAccessibleName(QStringLiteral("Detail"));
        setObjectName(QStringLiteral("detail"));
    }
    using views::DetailView::show;
    void show(const domain::Issue& issue) override
    {
        shown << issue.id.value();
        m_issue = issue;
    }
    void clear() override { m_issue.reset(); }
    [[nodiscard]] std::optional<domain::Issue> issue() const override { return m_issue; }
    void refresh() override { ++refreshes; }
    [[nodiscard]] QPoint assignPosition() const override { return mapToGlobal(QPoint(10, 10)); }

    QLineEdit* field;
    QStringList shown;
    int refreshes = 0;

private:
    std::optional<domain::Issue> m_issue;
};

/// The issues page on a scripted hub, shown and active. Base of the tests of the page; needs a QApplication.
class IssuesBench
{
protected:
    void open();
    void close();
    /// The inbox of the sample account, with the keyboard in the list.
    void load();
    [[nodiscard]] QString current() const;
    template<class T>
    [[nodiscard]] T* find(const char* name) const
    {
        return m_page->findChild<T*>(QLatin1StringView(name));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }

    /// What a window manager does when a popup closes.
    void backToThePage() const
    {
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTRY_VERIFY(QApplication::focusWidget());
    }

    views::Theme m_theme{*qApp};
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<ScriptedHub> m_hub;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<views::IssuesPage> m_page;
    ScriptedDetail* m_detail = nullptr;
    QTreeView* m_list = nullptr;
    QTemporaryDir m_folder;
};

} // namespace vedette::tests
