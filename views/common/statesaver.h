// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QHeaderView;
class QSplitter;

namespace vedette::settings {
class Settings;
}

namespace vedette::views {

/// Keeps sizes that people give to things over restarts, by the widget's object name. Each call restores what
/// was kept, if it still fits, and saves from then on (a moment after the last change). The settings outlive
/// the saver.
class StateSaver final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StateSaver)

public:
    explicit StateSaver(settings::Settings& settings, QObject* parent = nullptr);

    void keep(QSplitter* splitter);
    void keep(QHeaderView* header);

private:
    template<class W>
    void keepState(W* widget);

    settings::Settings& m_settings;
};

} // namespace vedette::views
