// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

// The drawings are linked from a static library: somebody has to name them. Outside of any namespace, as Qt
// asks.
static void initIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace vedette::views {
namespace {

QColor colourOf(const Tokens& tokens, IconTone tone)
{
    switch (tone) {
    case IconTone::Secondary:
        return tokens.secondary;
    case IconTone::Text:
        return tokens.text;
    case IconTone::Accent:
        return tokens.accent;
    case IconTone::OnFill:
        return tokens.onFill;
    case IconTone::Error:
        return tokens.error;
    case IconTone::Spike:
        return tokens.spike;
    case IconTone::Good:
        return tokens.good;
    }
    return tokens.secondary;
}

/// The drawing in a colour, `size` in device pixels.
QPixmap rendered(const QString& name, const QColor& colour, const QSize& size)
{
    const QString key = u"vedette-icon/%1/%2/%3x%4"_s.arg(name, colour.name(QColor::HexArgb))
                            .arg(size.width())
                            .arg(size.height());
    QPixmap picture;
    if (QPixmapCache::find(key, &picture))
        return picture;
    initIcons();
    picture = QPixmap(size);
    picture.fill(Qt::transparent);
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (file.open(QIODevice::ReadOnly)) {
        QByteArray drawing = file.readAll();
        drawing.replace("currentColor", colour.name().toLatin1());
        QSvgRenderer renderer(drawing);
        QPainter painter(&picture);
        painter.setOpacity(colour.alphaF());
        renderer.render(&painter);
    }
    QPixmapCache::insert(key, picture);
    return picture;
}

class Engine final : public QIconEngine
{
public:
    Engine(QString name, IconTone tone)
        : m_name(std::move(name))
        , m_tone(tone)
    {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        Q_UNUSED(state)
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, rendered(m_name, colour(mode), rect.size() * ratio));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        Q_UNUSED(state)
        return rendered(m_name, colour(mode), size);
    }
    [[nodiscard]] QIconEngine* clone() const override { return new Engine(*this); }

private:
    [[nodiscard]] QColor colour(QIcon::Mode mode) const
    {
        QColor out = colourOf(tokensOf(QGuiApplication::palette()), m_tone);
        if (mode == QIcon::Disabled)
            out.setAlphaF(0.5F);
        return out;
    }

    QString m_name;
    IconTone m_tone;
};

} // namespace

QIcon icon(const QString& name, IconTone tone)
{
    return QIcon(new Engine(name, tone));
}

void paintIcon(QPainter& painter, const QRect& rect, const QString& name, const QColor& colour)
{
    const qreal ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    painter.drawPixmap(rect, rendered(name, colour, rect.size() * ratio));
}

QIcon programIcon()
{
    return icon(u"vedette"_s);
}

QIcon trayBaseIcon()
{
    return icon(u"vedette-tray"_s);
}

} // namespace vedette::views
