// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/settings/settings.h"

#include <QDir>
#include <QFileInfo>
#include <QVariant>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace vedette::settings {
namespace {

constexpr std::chrono::seconds shortest{1};
constexpr std::chrono::seconds longest{30 * 24 * 3600};
constexpr int largest = 1'000'000;

QString themeText(Theme theme)
{
    switch (theme) {
    case Theme::Follow:
        return u"follow"_s;
    case Theme::Light:
        return u"light"_s;
    case Theme::Dark:
        return u"dark"_s;
    }
    return u"follow"_s;
}

} // namespace

Key<QByteArray> widgetState(const QString& objectName)
{
    // An object name is ours, but a slash in it would open a group in the file.
    return {u"widgets/"_s + QString(objectName).replace(u'/', u'_'), {}};
}

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , m_store(file, QSettings::IniFormat)
{
    m_store.setFallbacksEnabled(false);
}

bool Settings::value(const Key<bool>& key) const
{
    // An INI file knows texts only.
    const QString text = m_store.value(key.name).toString();
    if (text == "true"_L1 || text == "1"_L1)
        return true;
    if (text == "false"_L1 || text == "0"_L1)
        return false;
    return key.defaultValue;
}

Theme Settings::value(const Key<Theme>& key) const
{
    const QString text = m_store.value(key.name).toString();
    for (const Theme theme : {Theme::Follow, Theme::Light, Theme::Dark}) {
        if (text == themeText(theme))
            return theme;
    }
    return key.defaultValue;
}

QByteArray Settings::value(const Key<QByteArray>& key) const
{
    const QByteArray text = m_store.value(key.name).toString().toLatin1();
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && !text.isEmpty() ? *decoded : key.defaultValue;
}

int Settings::value(const Key<int>& key) const
{
    bool ok = false;
    const int number = m_store.value(key.name).toString().toInt(&ok);
    return ok && number >= 1 && number <= largest ? number : key.defaultValue;
}

std::chrono::seconds Settings::value(const Key<std::chrono::seconds>& key) const
{
    bool ok = false;
    const std::chrono::seconds number(m_store.value(key.name).toString().toLongLong(&ok));
    return ok && number >= shortest && number <= longest ? number : key.defaultValue;
}

void Settings::setValue(const Key<bool>& key, bool value)
{
    if (this->value(key) != value)
        store(key.name, value ? u"true"_s : u"false"_s);
}

void Settings::setValue(const Key<int>& key, int value)
{
    const int bounded = std::clamp(value, 1, largest);
    if (this->value(key) != bounded)
        store(key.name, QString::number(bounded));
}

void Settings::setValue(const Key<Theme>& key, Theme value)
{
    if (this->value(key) != value)
        store(key.name, themeText(value));
}

void Settings::setValue(const Key<QByteArray>& key, const QByteArray& value)
{
    if (this->value(key) != value)
        store(key.name, QString::fromLatin1(value.toBase64()));
}

void Settings::setValue(const Key<std::chrono::seconds>& key, std::chrono::seconds value)
{
    const auto bounded = std::clamp(value, shortest, longest);
    if (this->value(key) != bounded)
        store(key.name, QString::number(bounded.count()));
}

bool Settings::sync()
{
    QDir().mkpath(QFileInfo(m_store.fileName()).absolutePath());
    m_store.sync();
    return m_store.status() == QSettings::NoError;
}

void Settings::store(const QString& name, const QVariant& value)
{
    m_store.setValue(name, value);
    emit changed(name);
}

void Settings::forget(const QString& name)
{
    if (!m_store.contains(name))
        return;
    m_store.remove(name);
    emit changed(name);
}

} // namespace vedette::settings
