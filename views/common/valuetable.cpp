// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/valuetable.h"

#include <QGridLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QPushButton>

#include "models/core/text.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr qsizetype firstRows = 100;
constexpr qsizetype shortValue = 600;

} // namespace

QString valueText(const QJsonValue& value, qsizetype maxLength)
{
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return u"null"_s;
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double: {
        const double number = value.toDouble();
        const qint64 whole = value.toInteger(std::numeric_limits<qint64>::min());
        return whole != std::numeric_limits<qint64>::min() && double(whole) == number
                   ? QString::number(whole)
                   : QString::number(number, 'g', 15);
    }
    case QJsonValue::String:
        return core::multiLine(value.toString(), maxLength);
    case QJsonValue::Array:
        return core::multiLine(
            QString::fromUtf8(QJsonDocument(value.toArray()).toJson()).trimmed(), maxLength);
    case QJsonValue::Object:
        return core::multiLine(
            QString::fromUtf8(QJsonDocument(value.toObject()).toJson()).trimmed(), maxLength);
    }
    return {};
}

QString valueLine(const QJsonValue& value, qsizetype maxLength)
{
    if (value.isArray()) {
        return core::singleLine(
            QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)), maxLength);
    }
    if (value.isObject()) {
        return core::singleLine(
            QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)), maxLength);
    }
    return core::singleLine(valueText(value, maxLength), maxLength);
}

ValueTable::ValueTable(const domain::NamedValues& values, QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    for (const auto& [name, value] : values)
        m_values.append({name, valueText(value)});
    addRows(0, std::min(m_values.size(), firstRows));
}

ValueTable::ValueTable(const QList<std::pair<QString, QString>>& values, QWidget* parent)
    : QWidget(parent)
    , m_values(values)
    , m_grid(new QGridLayout(this))
{
    addRows(0, std::min(m_values.size(), firstRows));
}

void ValueTable::addRows(qsizetype from, qsizetype to)
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::l);
    m_grid->setVerticalSpacing(space::xs);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnMinimumWidth(0, fontMetrics().averageCharWidth() * 14);
    for (qsizetype i = from; i < to; ++i) {
        const auto& [name, value] = m_values[i];
        auto* label = new PlainLabel(core::singleLine(name, 60), "secondary");
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        auto* text = new PlainLabel(core::multiLine(value, shortValue));
        text->setFont(codeFont(font()));
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        text->setFocusPolicy(Qt::ClickFocus);
        text->setAccessibleName(tr("%1: %2", "name, value").arg(name, core::singleLine(value, 300)));
        m_grid->addWidget(label, int(i), 0);
        m_grid->addWidget(text, int(i), 1);
        if (value.size() > shortValue) {
            auto* more = new QPushButton(tr("Show all %1 characters").arg(QLocale().toString(value.size())));
            more->setProperty("role", u"link"_s);
            more->setAccessibleName(tr("Show all of %1").arg(name));
            more->setObjectName(u"showAll"_s);
            m_grid->addWidget(more, int(i), 2, Qt::AlignTop);
            connect(more, &QPushButton::clicked, text, [text, more, whole = value] {
                text->setText(core::multiLine(whole, 200'000));
                more->hide();
            });
        }
    }
    if (to < m_values.size()) {
        auto* more = new QPushButton(tr("Show %n more", "", int(m_values.size() - to)));
        more->setProperty("role", u"link"_s);
        more->setObjectName(u"showMore"_s);
        m_grid->addWidget(more, int(to), 0, 1, 2, Qt::AlignLeft);
        connect(more, &QPushButton::clicked, this, [this, more, to] {
            more->deleteLater();
            addRows(to, std::min(m_values.size(), to + 1000));
        });
    }
}

} // namespace vedette::views
