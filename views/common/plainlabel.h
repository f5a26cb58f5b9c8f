// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLabel>

namespace vedette::views {

/// A label that can only be plain text: QLabel guesses rich text, and server text may look like it.
class PlainLabel : public QLabel
{
    Q_OBJECT

public:
    explicit PlainLabel(const QString& text = {}, QWidget* parent = nullptr);
    /// `role` as the style sheet knows it: secondary, chip, spike, ...
    PlainLabel(const QString& text, const char* role, QWidget* parent = nullptr);

    void setRole(const char* role);
};

/// One line that ends in an ellipsis where it does not fit; the whole text is its tool tip.
class ElidedLabel final : public PlainLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);

    void setFullText(const QString& text);
    [[nodiscard]] QString fullText() const { return m_full; }
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_full;
};

/// A block of server text that can be selected. It wraps within long words too (paths, tokens, base64), so it
/// never asks for more width than it is given; what is copied is the text as it was set.
class TextLabel final : public PlainLabel
{
    Q_OBJECT

public:
    explicit TextLabel(const QString& text = {}, QWidget* parent = nullptr);

    void setWholeText(const QString& text);
    [[nodiscard]] QString wholeText() const { return m_whole; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    [[nodiscard]] QString selection() const;

    QString m_whole;
};

/// Server text for a tool tip: escaped, because tool tips guess rich text too, and bounded. Line breaks stay.
[[nodiscard]] QString toolTipText(const QString& text);

} // namespace vedette::views
