// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/event/stackview.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/event/frameview.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// So many rows are made at once; the rest waits behind a fold. A widget a frame would stall at a thousand.
constexpr int rowsAtOnce = 40;

/// What a fold is called: the library where all its frames are of one.
QString libraryOf(const QList<domain::Frame>& frames, int first, int last)
{
    QString common;
    for (int i = first; i <= last; ++i) {
        const domain::Frame& frame = frames[i];
        QString name =
            frame.package.isEmpty() ? frame.module.section(u'.', 0, 0) : frame.package.section(u'/', -1);
        const qsizetype modules = frame.filename.indexOf(u"node_modules/"_s);
        if (modules >= 0)
            name = frame.filename.mid(modules + 13).section(u'/', 0, 0);
        if (name.isEmpty() || (!common.isEmpty() && common != name))
            return {};
        common = name;
    }
    return core::singleLine(common, 60);
}

} // namespace

StackView::StackView(const domain::Stacktrace& stack, QWidget* parent)
    : QWidget(parent)
    , m_stack(stack)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(u"stack"_s);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    const int count = int(m_stack.frames.size());
    const auto at = [this, count](int fromCrash) -> const domain::Frame& {
        return m_stack.frames[count - 1 - fromCrash];
    };
    bool mixed = false;
    for (const domain::Frame& frame : m_stack.frames)
        mixed = mixed || frame.inApp;
    int rows = 0;
    for (int i = 0; i < count;) {
        int end = i;
        while (end < count && !at(end).inApp)
            ++end;
        // A single library frame stands as it is; longer runs fold, unless nothing is the program's own.
        if (mixed && end - i > 1) {
            addFold(i, end);
            i = end;
            ++rows;
            continue;
        }
        if (rows >= rowsAtOnce) {
            addFold(i, count);
            break;
        }
        addFrames(i, i + 1, -1);
        ++rows;
        ++i;
    }
    if (m_stack.omitted) {
        auto* note = new PlainLabel(tr("Frames %1 to %2 were left out by the server.")
                                        .arg(m_stack.omitted->first)
                                        .arg(m_stack.omitted->second),
            "secondary");
        note->setContentsMargins(space::m, space::s, space::m, space::s);
        m_layout->addWidget(note);
    }
    // The crash is what people came for: the first frame of the program's own, open.
    const QList<FrameView*> views = findChildren<FrameView*>(Qt::FindDirectChildrenOnly);
    for (qsizetype i = 0; i < views.size(); ++i) {
        if (!mixed || views[i]->property("inApp").toBool()) {
            views[i]->setOpen(true);
            break;
        }
    }
}

void StackView::addFrames(int from, int to, int at)
{
    const int count = int(m_stack.frames.size());
    for (int i = from; i < to; ++i) {
        const domain::Frame& frame = m_stack.frames[count - 1 - i];
        auto* view = new FrameView(frame);
        view->setProperty("inApp", frame.inApp);
        m_layout->insertWidget(at < 0 ? m_layout->count() : at++, view);
    }
}

void StackView::addFold(int from, int to)
{
    const int count = int(m_stack.frames.size());
    const QString library = libraryOf(m_stack.frames, count - to, count - 1 - from);
    const QString text = library.isEmpty()
                             ? tr("%n more frame(s)", "", to - from)
                             : tr("%n frame(s) of %1", "%1 is a library", to - from).arg(library);
    auto* fold = new QPushButton(u"▸  "_s + text);
    fold->setObjectName(u"frameFold"_s);
    fold->setProperty("role", u"fold"_s);
    fold->setAccessibleName(text);
    fold->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // as wide as the stack, whatever the name
    m_layout->addWidget(fold);
    connect(fold, &QPushButton::clicked, this, [this, fold, from, to] {
        const int at = m_layout->indexOf(fold);
        fold->deleteLater();
        m_layout->removeWidget(fold);
        addFrames(from, std::min(to, from + 200), at);
        if (to > from + 200)
            addFold(from + 200, to);
    });
}

QString stackText(const domain::Stacktrace& stack)
{
    QStringList lines;
    for (auto it = stack.frames.crbegin(); it != stack.frames.crend(); ++it)
        lines << u"  at %1 (%2)"_s.arg(frameFunction(*it), frameLocation(*it));
    return lines.join(u'\n');
}

} // namespace vedette::views
