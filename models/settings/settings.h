// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QString>

#include <chrono>

namespace vedette::settings {

enum class Theme
{
    Follow, ///< as the desktop is
    Light,
    Dark
};

/// One preference: its name in the file, its type, and what it is until somebody changes it.
template<class T>
struct Key
{
    QString name;
    T defaultValue;
};

/// Every preference there is. Seconds and enums are kept as numbers and words that a person can edit.
namespace keys {
inline const Key<Theme> theme{QStringLiteral("appearance/theme"), Theme::Follow};
inline const Key<QByteArray> windowGeometry{QStringLiteral("window/geometry"), {}};
inline const Key<QByteArray> windowState{QStringLiteral("window/state"), {}};
inline const Key<bool> singleLetterKeys{QStringLiteral("keyboard/singleLetterKeys"), true};
inline const Key<bool> notifications{QStringLiteral("notifications/enabled"), true};
inline const Key<bool> notifyNewIssues{QStringLiteral("notifications/newIssues"), true};
inline const Key<bool> notifyRegressions{QStringLiteral("notifications/regressions"), true};
inline const Key<bool> notifySpikes{QStringLiteral("notifications/spikes"), true};
inline const Key<std::chrono::seconds> snooze{
    QStringLiteral("notifications/snoozeSeconds"), std::chrono::hours(1)};
inline const Key<std::chrono::seconds> visibleInterval{
    QStringLiteral("polling/visibleSeconds"), std::chrono::seconds(60)};
inline const Key<std::chrono::seconds> hiddenInterval{
    QStringLiteral("polling/hiddenSeconds"), std::chrono::seconds(300)};
/// What the cache may take of the disk per account, and how long it keeps what nobody asks for.
inline const Key<int> cacheMegabytes{QStringLiteral("cache/megabytesPerAccount"), 256};
inline const Key<int> cacheDays{QStringLiteral("cache/days"), 30};
inline const Key<bool> closeToTray{QStringLiteral("desktop/closeToTray"), true};
/// The hint that the program goes on in the tray was shown once.
inline const Key<bool> trayHintShown{QStringLiteral("desktop/trayHintShown"), false};
/// Whether the built-in collector runs with the desktop program: chosen at the first start.
inline const Key<bool> builtInCollector{QStringLiteral("collector/enabled"), false};
} // namespace keys

/// The state of a splitter or a header, by the widget's object name.
[[nodiscard]] Key<QByteArray> widgetState(const QString& objectName);

/// The user's preferences in an INI file. A value of the wrong type or outside its range reads as the
/// default. Holds no secret, ever. GUI thread.
class Settings final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Settings)

public:
    /// `file`: where to keep them; the folder is made on the first change.
    explicit Settings(const QString& file, QObject* parent = nullptr);

    [[nodiscard]] bool value(const Key<bool>& key) const;
    [[nodiscard]] Theme value(const Key<Theme>& key) const;
    [[nodiscard]] QByteArray value(const Key<QByteArray>& key) const;
    /// 1 to 1,000,000.
    [[nodiscard]] int value(const Key<int>& key) const;
    /// 1 second to 30 days.
    [[nodiscard]] std::chrono::seconds value(const Key<std::chrono::seconds>& key) const;

    void setValue(const Key<bool>& key, bool value);
    void setValue(const Key<int>& key, int value);
    void setValue(const Key<Theme>& key, Theme value);
    void setValue(const Key<QByteArray>& key, const QByteArray& value);
    void setValue(const Key<std::chrono::seconds>& key, std::chrono::seconds value);

    /// Back to the default.
    template<class T>
    void reset(const Key<T>& key)
    {
        forget(key.name);
    }

    /// Writes what has not been written yet. False: the file cannot be written.
    bool sync();

signals:
    /// A value was changed to another one; `name` is Key::name.
    void changed(const QString& name);

private:
    void store(const QString& name, const QVariant& value);
    void forget(const QString& name);

    QSettings m_store;
};

} // namespace vedette::settings
