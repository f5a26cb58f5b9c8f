// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QLineEdit>

class QToolButton;

namespace vedette::views {

/// A line of text in which filters (`is:unresolved`) stand on a tinted ground. It stays one text: what is
/// seen is what is searched for, and every key works as in any text field.
class SearchField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(QWidget* parent = nullptr);

signals:
    void focusChanged(bool hasIt);

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void colourFilters();
};

/// The search of the top bar. Enter searches; what is no search is said before anything is sent. GUI thread.
class SearchBox final : public QFrame
{
    Q_OBJECT

public:
    explicit SearchBox(QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;
    /// Shows a text without searching.
    void setText(const QString& text);
    void takeFocus();

signals:
    void searchRequested(const QString& text);
    /// Escape: back to where the keyboard was.
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void submit();
    void showFault(const QString& fault);
    void setMark(const char* name, bool on);

    SearchField* m_field;
    QToolButton* m_clear;
    QString m_submitted;
};

} // namespace vedette::views
