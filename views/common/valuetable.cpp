// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/common/valuetable.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

/// In characters; names of servers may be of any length, and the values need room.
constexpr int widestName = 30;

constexpr qsizetype firstRows = 40;
constexpr qsizetype moreRows = 200;
constexpr qsizetype shortValue = 600;
constexpr qsizetype wholeValue = 200'000;

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

domain::NamedValues childrenOf(const QJsonValue& value, qsizetype most)
{
    domain::NamedValues out;
    if (value.isArray()) {
        const QJsonArray items = value.toArray();
        for (qsizetype i = 0; i < std::min(items.size(), most); ++i)
            out.append({QString::number(i), items[i]});
    } else if (value.isObject()) {
        const QJsonObject members = value.toObject();
        for (auto it = members.begin(); it != members.end() && out.size() < most; ++it)
            out.append({it.key(), it.value()});
    }
    return out;
}

ValueTable::ValueTable(const domain::NamedValues& values, QWidget* parent)
    : QWidget(parent)
    , m_values(values)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    rebuild();
}

ValueTable::ValueTable(const QList<std::pair<QString, QString>>& values, QWidget* parent)
    : ValueTable(domain::NamedValues(), parent)
{
    setValues(values);
}

void ValueTable::setValues(const domain::NamedValues& values)
{
    if (values == m_values)
        return;
    m_values = values;
    rebuild();
}

void ValueTable::setValues(const QList<std::pair<QString, QString>>& values)
{
    domain::NamedValues named;
    for (const auto& [name, value] : values)
        named.append({name, value});
    setValues(named);
}

void ValueTable::rebuild()
{
    delete m_rows;
    m_rows = new QWidget;
    m_grid = new QGridLayout(m_rows);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::l);
    m_grid->setVerticalSpacing(space::xs);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnMinimumWidth(0, fontMetrics().averageCharWidth() * 14);
    m_layout->addWidget(m_rows);
    addRows(0, std::min(m_values.size(), firstRows));
}

QWidget* ValueTable::textCell(const QString& name, const QString& value)
{
    auto* text = new TextLabel(core::multiLine(value, shortValue));
    text->setFont(codeFont(font()));
    text->setObjectName(u"value"_s);
    text->setAccessibleName(tr("%1: %2", "name, value").arg(name, core::singleLine(value, 300)));
    if (value.size() <= shortValue)
        return text;
    auto* cell = new QWidget;
    auto* layout = new QVBoxLayout(cell);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(text);
    auto* more = new QPushButton(tr("Show all %1 characters").arg(QLocale().toString(value.size())));
    more->setProperty("role", u"link"_s);
    more->setAccessibleName(tr("Show all of %1").arg(name));
    more->setObjectName(u"showAll"_s);
    layout->addWidget(more, 0, Qt::AlignLeft);
    connect(more, &QPushButton::clicked, text, [text, more, value] {
        text->setWholeText(core::multiLine(value, wholeValue));
        more->hide();
    });
    return cell;
}

QWidget* ValueTable::treeCell(const QString& name, const QJsonValue& value)
{
    auto* cell = new QWidget;
    auto* layout = new QVBoxLayout(cell);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::xs);
    auto* toggle = new QToolButton;
    toggle->setObjectName(u"openValue"_s);
    toggle->setArrowType(Qt::RightArrow);
    toggle->setCheckable(true);
    toggle->setAutoRaise(true);
    toggle->setIconSize({8, 8});
    toggle->setAccessibleName(tr("Open %1").arg(name));
    auto* line = new ElidedLabel(valueLine(value));
    line->setFont(codeFont(font()));
    line->setObjectName(u"value"_s);
    line->setAccessibleName(tr("%1: %2", "name, value").arg(name, line->fullText()));
    row->addWidget(toggle, 0, Qt::AlignTop);
    row->addWidget(line, 1);
    layout->addLayout(row);
    connect(toggle, &QToolButton::toggled, cell, [toggle, layout, cell, value](bool open) {
        toggle->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        auto* table = cell->findChild<ValueTable*>(QString(), Qt::FindDirectChildrenOnly);
        if (!table) {
            table = new ValueTable(childrenOf(value), cell);
            table->setContentsMargins(space::l, 0, 0, space::xs);
            layout->addWidget(table);
        }
        table->setVisible(open);
    });
    return cell;
}

void ValueTable::addRows(qsizetype from, qsizetype to)
{
    for (qsizetype i = from; i < to; ++i) {
        const auto& [rawName, value] = m_values[i];
        const QString name = core::singleLine(rawName, 60);
        auto* label = new ElidedLabel(name);
        label->setRole("secondary");
        label->setMaximumWidth(fontMetrics().averageCharWidth() * widestName);
        m_grid->addWidget(label, int(i), 0, Qt::AlignTop);
        const bool tree = (value.isArray() && !value.toArray().isEmpty()) ||
                          (value.isObject() && !value.toObject().isEmpty());
        m_grid->addWidget(
            tree ? treeCell(name, value) : textCell(name, valueText(value, wholeValue)), int(i), 1);
    }
    if (to < m_values.size()) {
        auto* more = new QPushButton(tr("Show %n more", "", int(m_values.size() - to)));
        more->setProperty("role", u"link"_s);
        more->setObjectName(u"showMore"_s);
        m_grid->addWidget(more, int(to), 0, 1, 2, Qt::AlignLeft);
        connect(more, &QPushButton::clicked, this, [this, more, to] {
            more->hide();
            more->deleteLater();
            addRows(to, std::min(m_values.size(), to + moreRows));
        });
    }
}

} // namespace vedette::views
