// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QList>

#include "models/domain/account.h"

class QLineEdit;
class QListWidget;

namespace vedette::views {

/// A pop-up to choose who an issue goes to: type to narrow, arrows and Enter, or a click. Deletes itself.
class AssigneePicker final : public QFrame
{
    Q_OBJECT

public:
    AssigneePicker(const QList<domain::Actor>& candidates, bool canUnassign, QWidget* parent);

    /// Shows it below the point, within the screen.
    void openAt(const QPoint& globalTopLeft);

signals:
    void picked(const vedette::domain::Actor& actor);
    void unassigned();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void narrow(const QString& text);
    void choose();

    QList<domain::Actor> m_candidates;
    QList<int> m_shown; ///< index into the candidates; -1: nobody
    bool m_canUnassign;
    QLineEdit* m_field;
    QListWidget* m_list;
};

} // namespace vedette::views
