// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <optional>

#include "models/alerts/alert.h"
#include "models/core/clock.h"
#include "models/domain/issue.h"

class QPushButton;

namespace vedette::views {

class ElidedLabel;
class IssueActions;
class PlainLabel;
class TextLabel;

/// The top of the detail: what the issue is, and what can be done with it.
class IssueHead final : public QWidget
{
    Q_OBJECT

public:
    IssueHead(const core::Clock& clock, IssueActions& actions, QWidget* parent = nullptr);

    void setDetail(const domain::IssueDetail& detail, const std::optional<alerts::Alert>& spike);
    /// Below the Assign button: where the picker opens.
    [[nodiscard]] QPoint assignPosition() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fitButtons();

    const core::Clock& m_clock;
    IssueActions& m_actions;
    domain::Issue m_issue;
    PlainLabel* m_where;
    PlainLabel* m_badge;
    ElidedLabel* m_seen;
    TextLabel* m_title;
    ElidedLabel* m_culprit;
    QPushButton* m_resolve;
    QPushButton* m_archive;
    QPushButton* m_assign;
    QList<QWidget*> m_buttons;     ///< of the row, in its order
    QList<QWidget*> m_dispensable; ///< which go where there is no room, the first one first
};

} // namespace vedette::views
