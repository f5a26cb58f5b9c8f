// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;

namespace vedette::views {

class ElidedLabel;

/// A titled block on the surface colour: the unit that detail and pages are made of.
class Card final : public QFrame
{
    Q_OBJECT

public:
    explicit Card(const QString& title, const QString& subtitle = {}, QWidget* parent = nullptr);

    void setSubtitle(const QString& subtitle);
    /// Right of the title: small buttons, a count.
    void addToHeader(QWidget* widget);
    /// Below the title, within the card's margins.
    void addContent(QWidget* widget);
    /// Below the title, from edge to edge, under a line.
    void addWide(QWidget* widget);
    /// The same without the line: the widget draws its own.
    void addFlush(QWidget* widget);
    /// No more content: it stays at the top where a neighbour makes the card taller.
    void endContent();

private:
    QVBoxLayout* m_layout;
    QHBoxLayout* m_header;
    ElidedLabel* m_subtitle;
};

} // namespace vedette::views
