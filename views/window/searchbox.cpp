// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/searchbox.h"

#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>
#include <QToolButton>
#include <QToolTip>

#include <variant>

#include "models/search/parser.h"
#include "views/common/buttons.h"
#include "views/common/icons.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

QList<search::Span> filterSpans(const QString& text)
{
    QList<search::Span> out;
    const auto query = search::parse(text);
    if (!query)
        return out;
    for (const search::Term& term : query->terms) {
        if (const auto* filter = std::get_if<search::Filter>(&term))
            out << filter->span;
    }
    return out;
}

} // namespace

SearchField::SearchField(QWidget* parent)
    : QLineEdit(parent)
{
    setObjectName(u"searchField"_s);
    setAccessibleName(tr("Search issues"));
    setProperty("role", u"bare"_s);
    setPlaceholderText(tr("message, is:unresolved, assigned:me …", "what can be searched for"));
    setMaxLength(2000);
    connect(this, &QLineEdit::textChanged, this, &SearchField::colourFilters);
}

void SearchField::paintEvent(QPaintEvent* event)
{
    // The grounds first; the field itself has none of its own.
    const QString shown = text();
    if (!shown.isEmpty()) {
        QTextLayout layout(shown, font());
        layout.beginLayout();
        const QTextLine line = layout.createLine();
        layout.endLayout();
        // Where the text begins, scrolled as it may be, is told by the cursor alone.
        const double origin = cursorRect().center().x() + 1 - line.cursorToX(cursorPosition());
        const Tokens& tokens = tokensOf(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.accentTint);
        const int height = fontMetrics().height() + 2;
        const QList<search::Span> spans = filterSpans(shown);
        for (const search::Span& span : spans) {
            const double from = line.cursorToX(int(span.start));
            const double to = line.cursorToX(int(span.start + span.length));
            painter.drawRoundedRect(QRectF(origin + std::min(from, to) - 3, (this->height() - height) / 2.0,
                                        std::abs(to - from) + 6, height),
                space::radiusSmall, space::radiusSmall);
        }
    }
    QLineEdit::paintEvent(event);
}

void SearchField::colourFilters()
{
    // QLineEdit has no formats of its own, but shows those of an input method; Qt's own completer does the
    // same.
    QList<QInputMethodEvent::Attribute> attributes;
    QTextCharFormat format;
    format.setForeground(tokensOf(palette()).accent);
    const QList<search::Span> spans = filterSpans(text());
    for (const search::Span& span : spans) {
        attributes.append(QInputMethodEvent::Attribute(
            QInputMethodEvent::TextFormat, int(span.start) - cursorPosition(), int(span.length), format));
    }
    QInputMethodEvent event(QString(), attributes);
    QLineEdit::inputMethodEvent(&event);
    update();
}

void SearchField::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    emit focusChanged(true);
}

void SearchField::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    emit focusChanged(false);
}

void SearchField::changeEvent(QEvent* event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colourFilters();
}

SearchBox::SearchBox(QWidget* parent)
    : QFrame(parent)
    , m_field(new SearchField)
    , m_clear(makeIconButton(icon(u"close"_s), tr("Clear the search"), u"searchClear"_s))
{
    setObjectName(u"searchBox"_s);
    setProperty("role", u"field"_s);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::s, 0, 2, 0);
    layout->setSpacing(space::s);
    auto* sign = new QToolButton;
    sign->setIcon(icon(u"search"_s));
    sign->setFocusPolicy(Qt::NoFocus);
    sign->setAttribute(Qt::WA_TransparentForMouseEvents);
    sign->setAccessibleName(tr("Search"));
    layout->addWidget(sign);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_clear);
    m_clear->hide();
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::returnPressed, this, &SearchBox::submit);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_clear->setVisible(!text.isEmpty());
        showFault({});
    });
    connect(m_field, &SearchField::focusChanged, this, [this](bool hasIt) { setMark("focus", hasIt); });
    connect(m_clear, &QToolButton::clicked, this, [this] {
        m_field->clear();
        m_field->setFocus();
        submit();
    });
}

QString SearchBox::text() const
{
    return m_field->text().trimmed();
}

void SearchBox::setText(const QString& text)
{
    m_submitted = text;
    if (m_field->text() != text)
        m_field->setText(text);
    showFault({});
}

void SearchBox::takeFocus()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void SearchBox::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape) {
        QFrame::keyPressEvent(event);
        return;
    }
    m_field->setText(m_submitted);
    emit left();
}

void SearchBox::submit()
{
    const auto query = search::parse(text());
    if (!query) {
        showFault(query.error().message);
        m_field->setSelection(int(query.error().span.start), int(query.error().span.length));
        return;
    }
    m_submitted = text();
    emit searchRequested(m_submitted);
}

void SearchBox::showFault(const QString& fault)
{
    setMark("fault", !fault.isEmpty());
    m_field->setAccessibleDescription(fault);
    if (fault.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(
            m_field->mapToGlobal(QPoint(0, m_field->height())), toolTipText(fault), m_field, {}, 8000);
}

void SearchBox::setMark(const char* name, bool on)
{
    if (property(name).toBool() == on)
        return;
    setProperty(name, on);
    style()->unpolish(this);
    style()->polish(this);
}

} // namespace vedette::views
