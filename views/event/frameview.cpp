// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/event/frameview.h"

#include <QPainter>
#include <QStyleOption>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "views/common/theme.h"
#include "views/common/valuetable.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

QString frameLocation(const domain::Frame& frame)
{
    QString place = frame.filename.isEmpty() ? frame.absPath : frame.filename;
    if (place.isEmpty())
        place = frame.module.isEmpty() ? frame.package.section(u'/', -1) : frame.module;
    if (frame.lineNo) {
        place += u':' + QString::number(*frame.lineNo);
        if (frame.colNo)
            place += u':' + QString::number(*frame.colNo);
    } else if (!frame.instructionAddr.isEmpty()) {
        place += (place.isEmpty() ? QString() : u" "_s) + frame.instructionAddr;
    }
    return core::singleLine(place, 300);
}

QString frameFunction(const domain::Frame& frame)
{
    if (!frame.function.isEmpty())
        return core::singleLine(frame.function, 300);
    return frame.instructionAddr.isEmpty() ? u"?"_s : core::singleLine(frame.instructionAddr, 40);
}

FrameHeader::FrameHeader(const domain::Frame& frame, bool hasBody, QWidget* parent)
    : QAbstractButton(parent)
    , m_function(frameFunction(frame))
    , m_location(frameLocation(frame))
    , m_inApp(frame.inApp)
    , m_hasBody(hasBody)
{
    setObjectName(u"frameHeader"_s);
    setCheckable(hasBody);
    setFocusPolicy(hasBody ? Qt::TabFocus : Qt::NoFocus);
    setCursor(hasBody ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAccessibleName(tr("Frame %1 at %2, %3", "function, place, whose code")
                          .arg(m_function, m_location, m_inApp ? tr("in app") : tr("library")));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize FrameHeader::sizeHint() const
{
    return {200, fontMetrics().height() + space::m};
}

void FrameHeader::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const Tokens& tokens = tokensOf(palette());
    if (underMouse() && m_hasBody)
        painter.fillRect(rect(), tokens.selection);
    if (hasFocus()) {
        painter.setPen(tokens.accent);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    const QFont code = codeFont(font());
    QRect room = rect().adjusted(space::m, 0, -space::m, 0);
    painter.setFont(smallFont(font()));
    painter.setPen(tokens.secondary);
    if (m_inApp) {
        const QString mark = tr("in app");
        painter.drawText(room, int(Qt::AlignVCenter) | int(Qt::AlignRight), mark);
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(mark) - space::m);
    }
    if (m_hasBody) {
        painter.drawText(room, int(Qt::AlignVCenter) | int(Qt::AlignLeft), isChecked() ? u"▾"_s : u"▸"_s);
        room.setLeft(room.left() + 14);
    }
    const QFont strong = m_inApp ? boldFont(code) : code;
    painter.setFont(strong);
    painter.setPen(m_inApp ? tokens.text : tokens.secondary);
    const int functionWidth =
        std::min(QFontMetrics(strong).horizontalAdvance(m_function) + 2, room.width() * 3 / 5);
    painter.drawText(room, int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
        QFontMetrics(strong).elidedText(m_function, Qt::ElideRight, functionWidth));
    room.setLeft(room.left() + functionWidth + space::s);
    painter.setFont(code);
    painter.drawText(room, int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
        QFontMetrics(code).elidedText(m_location, Qt::ElideMiddle, room.width()));
}

SourceView::SourceView(const QList<domain::Frame::Line>& lines, int crashLine, QWidget* parent)
    : QWidget(parent)
    , m_lines(lines)
    , m_crashLine(crashLine)
{
    setObjectName(u"source"_s);
    setFont(codeFont(font()));
    QStringList text;
    for (domain::Frame::Line& line : m_lines) {
        line.text = core::multiLine(line.text, 400).replace(u'\t', u"    "_s);
        while (line.text.endsWith(u'\n'))
            line.text.chop(1);
        text << QString::number(line.number) + u' ' + line.text;
    }
    setAccessibleName(tr("Source around line %1").arg(crashLine));
    setAccessibleDescription(text.join(u'\n'));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

int SourceView::lineHeight() const
{
    return fontMetrics().height() + 2;
}

QSize SourceView::sizeHint() const
{
    return {200, int(m_lines.size()) * lineHeight() + space::s};
}

QSize SourceView::minimumSizeHint() const
{
    return {50, sizeHint().height()};
}

void SourceView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const Tokens& tokens = tokensOf(palette());
    painter.fillRect(rect(), tokens.code);
    const int gutter = fontMetrics().horizontalAdvance(u'0') * 6 + space::m;
    int y = space::xs;
    for (const domain::Frame::Line& line : m_lines) {
        const QRect row(0, y, width(), lineHeight());
        if (line.number == m_crashLine)
            painter.fillRect(row, tokens.spikeTint);
        painter.setPen(tokens.secondary);
        painter.drawText(QRect(0, y, gutter - space::s, lineHeight()),
            int(Qt::AlignVCenter) | int(Qt::AlignRight), QString::number(line.number));
        painter.setPen(tokens.text);
        painter.drawText(row.adjusted(gutter, 0, -space::s, 0),
            int(Qt::AlignVCenter) | int(Qt::AlignLeft) | int(Qt::TextSingleLine), line.text);
        y += lineHeight();
    }
}

FrameView::FrameView(const domain::Frame& frame, QWidget* parent)
    : QFrame(parent)
    , m_frame(frame)
    , m_header(new FrameHeader(frame, !frame.context.isEmpty() || !frame.vars.isEmpty()))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* line = new QFrame;
    line->setProperty("role", u"line"_s);
    layout->addWidget(line);
    layout->addWidget(m_header);
    connect(m_header, &QAbstractButton::toggled, this, &FrameView::setOpen);
}

void FrameView::setOpen(bool open)
{
    if (!m_header->isCheckable())
        return;
    m_header->setChecked(open);
    if (open && !m_body)
        build();
    if (m_body)
        m_body->setVisible(open);
}

void FrameView::build()
{
    m_body = new QWidget(this);
    auto* layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (!m_frame.context.isEmpty())
        layout->addWidget(new SourceView(m_frame.context, m_frame.lineNo.value_or(-1)));
    if (!m_frame.vars.isEmpty()) {
        domain::NamedValues lines;
        for (const auto& [name, value] : m_frame.vars)
            lines.append({name, value});
        auto* table = new ValueTable(lines);
        table->setObjectName(u"locals"_s);
        auto* holder = new QWidget;
        auto* holderLayout = new QVBoxLayout(holder);
        holderLayout->setContentsMargins(space::l, space::s, space::m, space::s);
        holderLayout->addWidget(table);
        layout->addWidget(holder);
    }
    static_cast<QVBoxLayout*>(this->layout())->addWidget(m_body);
}

} // namespace vedette::views
