// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>

#include "models/core/clock.h"
#include "models/domain/issue.h"

class QWidget;

namespace vedette::settings {
class Settings;
}
namespace vedette::sync {
class Hub;
}

namespace vedette::app {

/// What a main window is given. The references outlive it.
struct WindowContext
{
    sync::Hub& hub;
    settings::Settings& settings;
    const core::Clock& clock;
    /// The three ways in: the collector's may be chosen now and is remembered.
    std::function<void()> useCollector;
    /// Another program on a throw-away folder.
    std::function<void()> lookAtSamples;
    std::function<void()> quit;
};

/// What the application asks of its main window; the window itself knows nothing of the application.
class Window
{
public:
    Window() = default;
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;
    virtual ~Window() = default;

    [[nodiscard]] virtual QWidget& widget() = 0;
    /// Opens the issue, whatever page is shown.
    virtual void showIssue(const domain::Issue& issue) = 0;
    /// Something that the person should know and may do something about, as a banner.
    virtual void tell(const QString& text) = 0;
};

using WindowFactory = std::function<std::unique_ptr<Window>(const WindowContext&)>;

} // namespace vedette::app
