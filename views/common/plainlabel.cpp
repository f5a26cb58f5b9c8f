// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/plainlabel.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include "models/core/text.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr QChar zeroWidthSpace(0x200B);
/// QLabel breaks lines between words only: longer ones are given places to break at.
constexpr qsizetype longWord = 24;

QString breakable(const QString& text)
{
    QString out;
    out.reserve(text.size() + text.size() / longWord);
    qsizetype run = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        run = text[i].isSpace() ? 0 : run + 1;
        // Not within a surrogate pair, not before a mark that belongs to the letter.
        if (run > longWord && !text[i].isLowSurrogate() && !text[i].isMark()) {
            out += zeroWidthSpace;
            run = 1;
        }
        out += text[i];
    }
    return out;
}

} // namespace

PlainLabel::PlainLabel(const QString& text, QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setText(text);
}

PlainLabel::PlainLabel(const QString& text, const char* role, QWidget* parent)
    : PlainLabel(text, parent)
{
    setRole(role);
}

void PlainLabel::setRole(const char* role)
{
    setProperty("role", QLatin1StringView(role));
    // Before the first polish the style sheet will find the role by itself; polishing twice would lose a font
    // that is set in between.
    if (!testAttribute(Qt::WA_WState_Polished))
        return;
    style()->unpolish(this);
    style()->polish(this);
}

ElidedLabel::ElidedLabel(const QString& text, QWidget* parent)
    : PlainLabel({}, parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFullText(text);
}

void ElidedLabel::setFullText(const QString& text)
{
    m_full = core::singleLine(text, 2000);
    setAccessibleName(m_full);
    setToolTip(toolTipText(m_full));
    updateGeometry();
    update();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 6, fontMetrics().height() + 2};
}

QSize ElidedLabel::sizeHint() const
{
    const QMargins around = contentsMargins();
    return {fontMetrics().horizontalAdvance(m_full) + 2 + around.left() + around.right(),
        fontMetrics().height() + 2 + around.top() + around.bottom()};
}

void ElidedLabel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const Qt::Alignment across = alignment() & Qt::AlignHorizontal_Mask;
    painter.drawText(contentsRect(), int(across) | int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
        fontMetrics().elidedText(m_full, Qt::ElideRight, contentsRect().width()));
}

TextLabel::TextLabel(const QString& text, QWidget* parent)
    : PlainLabel({}, parent)
{
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFocusPolicy(Qt::ClickFocus);
    setWholeText(text);
}

void TextLabel::setWholeText(const QString& text)
{
    m_whole = text;
    setText(breakable(text));
    setAccessibleName(text);
}

QString TextLabel::selection() const
{
    return selectedText().remove(zeroWidthSpace);
}

void TextLabel::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy) && hasSelectedText()) {
        QGuiApplication::clipboard()->setText(selection());
        event->accept();
        return;
    }
    PlainLabel::keyPressEvent(event);
}

void TextLabel::mouseReleaseEvent(QMouseEvent* event)
{
    PlainLabel::mouseReleaseEvent(event);
    // The label has put the text with our breaks there.
    if (QGuiApplication::clipboard()->supportsSelection() && hasSelectedText())
        QGuiApplication::clipboard()->setText(selection(), QClipboard::Selection);
}

void TextLabel::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copy = menu->addAction(tr("Copy"));
    copy->setEnabled(hasSelectedText());
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(selection()); });
    QAction* all = menu->addAction(tr("Copy all"));
    connect(all, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(m_whole); });
    menu->popup(event->globalPos());
    event->accept();
}

QString toolTipText(const QString& text)
{
    // Marked as rich, so that what is escaped here is read back everywhere, also a lone ampersand.
    return u"<qt>"_s + core::multiLine(text, 1000).toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</qt>"_s;
}

} // namespace vedette::views
