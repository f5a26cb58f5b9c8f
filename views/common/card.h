// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;

namespace vedette::views {

class PlainLabel;

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
    /// Below the title, from edge to edge.
    void addWide(QWidget* widget);

private:
    QVBoxLayout* m_layout;
    QHBoxLayout* m_header;
    PlainLabel* m_subtitle;
};

} // namespace vedette::views
