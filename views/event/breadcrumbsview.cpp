// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/event/breadcrumbsview.h"

#include <QGridLayout>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

#include "models/core/text.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/common/valuetable.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr qsizetype rowsAtOnce = 30;

QJsonValue dataOf(const domain::Breadcrumb& crumb, QLatin1StringView name)
{
    for (const auto& [key, value] : crumb.data) {
        if (key == name)
            return value;
    }
    return QJsonValue(QJsonValue::Undefined);
}

bool isHttp(const domain::Breadcrumb& crumb)
{
    return crumb.type == u"http"_s || crumb.category == u"http"_s || crumb.category == u"fetch"_s ||
           crumb.category == u"xhr"_s || crumb.category == u"httplib"_s;
}

/// A sign for the kind: words stand beside it, so it need not be understood.
QString glyph(const domain::Breadcrumb& crumb)
{
    if (crumb.level == domain::Level::Error || crumb.level == domain::Level::Fatal ||
        crumb.type == u"error"_s)
        return u"!"_s;
    if (isHttp(crumb))
        return u"⇄"_s;
    if (crumb.category == u"navigation"_s || crumb.type == u"navigation"_s)
        return u"→"_s;
    if (crumb.category.startsWith(u"ui."_s) || crumb.type == u"user"_s)
        return u"◉"_s;
    if (crumb.category == u"query"_s || crumb.category.startsWith(u"sql"_s) || crumb.type == u"query"_s)
        return u"≡"_s;
    return u"·"_s;
}

QString timeBefore(const domain::Breadcrumb& crumb, const std::optional<core::TimePoint>& crash)
{
    if (!crumb.timestamp)
        return {};
    if (!crash)
        return clockTime(*crumb.timestamp);
    const double seconds = double((*crash - *crumb.timestamp).count()) / 1000.0;
    const QLocale locale;
    if (seconds < -0.05)
        return BreadcrumbsView::tr("+%1 s").arg(locale.toString(-seconds, 'f', 1));
    if (seconds < 0.95)
        return BreadcrumbsView::tr("−%1 ms").arg(locale.toString(std::max(0.0, seconds * 1000), 'f', 0));
    if (seconds < 60)
        return BreadcrumbsView::tr("−%1 s").arg(locale.toString(std::max(0.0, seconds), 'f', 1));
    if (seconds < 3600)
        return BreadcrumbsView::tr("−%1 min").arg(locale.toString(seconds / 60, 'f', 0));
    return BreadcrumbsView::tr("−%1 h").arg(locale.toString(seconds / 3600, 'f', 0));
}

} // namespace

QString breadcrumbText(const domain::Breadcrumb& crumb)
{
    if (isHttp(crumb)) {
        const QString url = dataOf(crumb, "url"_L1).toString();
        const QString method = dataOf(crumb, "method"_L1).toString();
        if (!url.isEmpty())
            return core::singleLine(method.isEmpty() ? url : method + u' ' + url, 400);
    }
    if (crumb.category == u"navigation"_s && dataOf(crumb, "to"_L1).isString()) {
        return core::singleLine(
            dataOf(crumb, "from"_L1).toString() + u" → "_s + dataOf(crumb, "to"_L1).toString(), 400);
    }
    if (!crumb.message.isEmpty())
        return core::singleLine(crumb.message, 400);
    QStringList parts;
    for (const auto& [key, value] : crumb.data)
        parts << key + u'=' + valueLine(value, 80);
    return core::singleLine(parts.join(u"  "_s), 400);
}

BreadcrumbsView::BreadcrumbsView(
    const QList<domain::Breadcrumb>& crumbs, std::optional<core::TimePoint> crash, QWidget* parent)
    : QWidget(parent)
    , m_crumbs(crumbs.crbegin(), crumbs.crend())
    , m_crash(crash)
    , m_grid(new QGridLayout(this))
{
    setObjectName(u"breadcrumbs"_s);
    m_grid->setContentsMargins(space::m, space::s, space::m, space::s);
    m_grid->setHorizontalSpacing(space::s);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnMinimumWidth(0, fontMetrics().averageCharWidth() * 9);
    m_grid->setColumnStretch(3, 1);
    addRows(0, std::min(m_crumbs.size(), rowsAtOnce));
}

void BreadcrumbsView::addRows(qsizetype from, qsizetype to)
{
    const QFont code = codeFont(font());
    for (qsizetype i = from; i < to; ++i) {
        const domain::Breadcrumb& crumb = m_crumbs[i];
        const bool bad = crumb.level == domain::Level::Error || crumb.level == domain::Level::Fatal;
        auto* time = new PlainLabel(timeBefore(crumb, m_crash), "secondary");
        time->setFont(code);
        time->setAlignment(Qt::AlignRight | Qt::AlignTop);
        if (crumb.timestamp)
            time->setToolTip(fullTime(*crumb.timestamp).toHtmlEscaped());
        auto* sign = new PlainLabel(glyph(crumb), bad ? "error" : "secondary");
        sign->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
        sign->setMinimumWidth(space::icon);
        auto* category = new PlainLabel(
            core::singleLine(crumb.category.isEmpty() ? crumb.type : crumb.category, 24), "secondary");
        category->setFont(code);
        category->setAlignment(Qt::AlignTop);
        auto* text = new ElidedLabel(breadcrumbText(crumb));
        text->setFont(code);
        text->setObjectName(u"breadcrumb"_s);
        QStringList all;
        for (const auto& [key, value] : crumb.data)
            all << key + u": "_s + valueLine(value);
        if (!all.isEmpty())
            text->setToolTip(toolTipText(text->fullText() + u'\n' + all.join(u'\n')));
        m_grid->addWidget(time, int(i), 0);
        m_grid->addWidget(sign, int(i), 1);
        m_grid->addWidget(category, int(i), 2);
        m_grid->addWidget(text, int(i), 3);
        const QJsonValue status = dataOf(crumb, "status_code"_L1);
        if (!status.isUndefined()) {
            const int code100 = valueLine(status, 8).left(1).toInt();
            auto* label = new PlainLabel(valueLine(status, 8), code100 >= 4   ? "error"
                                                               : code100 == 2 ? "good"
                                                                              : "secondary");
            label->setFont(code);
            m_grid->addWidget(label, int(i), 4);
        }
    }
    if (to < m_crumbs.size()) {
        auto* more = new QPushButton(tr("Show %n earlier one(s)", "", int(m_crumbs.size() - to)));
        more->setObjectName(u"moreBreadcrumbs"_s);
        more->setProperty("role", u"link"_s);
        m_grid->addWidget(more, int(to), 0, 1, 4, Qt::AlignLeft);
        connect(more, &QPushButton::clicked, this, [this, more, to] {
            more->deleteLater();
            addRows(to, std::min(m_crumbs.size(), to + 200));
        });
    }
}

} // namespace vedette::views
