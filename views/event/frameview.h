// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractButton>
#include <QFrame>

#include "models/domain/event.h"

namespace vedette::views {

/// `path:line:col` of a frame, so that editors and people can use it as it stands.
[[nodiscard]] QString frameLocation(const domain::Frame& frame);
/// The frame's function with what is known in its absence.
[[nodiscard]] QString frameFunction(const domain::Frame& frame);

/// The line of one frame: function, place, whose code it is. Opens and closes what lies below it.
class FrameHeader final : public QAbstractButton
{
    Q_OBJECT

public:
    FrameHeader(const domain::Frame& frame, bool hasBody, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_function;
    QString m_location;
    bool m_inApp;
    bool m_hasBody;
};

/// Source lines with their numbers, the crash line on a tinted ground.
class SourceView final : public QWidget
{
    Q_OBJECT

public:
    SourceView(const QList<domain::Frame::Line>& lines, int crashLine, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int lineHeight() const;

    QList<domain::Frame::Line> m_lines;
    int m_crashLine;
};

/// A frame with its source and locals, made when it is first opened.
class FrameView final : public QFrame
{
    Q_OBJECT

public:
    explicit FrameView(const domain::Frame& frame, QWidget* parent = nullptr);
    void setOpen(bool open);

private:
    void build();

    domain::Frame m_frame;
    FrameHeader* m_header;
    QWidget* m_body = nullptr;
};

} // namespace vedette::views
