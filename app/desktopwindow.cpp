// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktopwindow.h"

#include "models/settings/settings.h"
#include "views/common/theme.h"
#include "views/window/mainwindow.h"

namespace vedette::app {
namespace {

/// The user's choice, or what the environment asks of this one start (the gallery shows both).
settings::Theme wantedTheme(const settings::Settings& settings)
{
    const QString asked = qEnvironmentVariable("VEDETTE_THEME");
    if (asked == QStringLiteral("light"))
        return settings::Theme::Light;
    if (asked == QStringLiteral("dark"))
        return settings::Theme::Dark;
    return settings.value(settings::keys::theme);
}

/// The window of views, as the application knows one.
class DesktopWindow final : public Window
{
public:
    DesktopWindow(const WindowContext& context, views::Theme& theme)
        : m_window(context.hub, context.clock, context.settings, theme,
              {context.useCollector, context.lookAtSamples, context.quit})
    {}

    [[nodiscard]] QWidget& widget() override { return m_window; }
    void showIssue(const domain::Issue& issue) override { m_window.showIssue(issue); }
    void tell(const QString& text) override { m_window.tell(text); }

private:
    views::MainWindow m_window;
};

} // namespace

WindowFactory desktopWindow(views::Theme& theme)
{
    return [&theme](const WindowContext& context) -> std::unique_ptr<Window> {
        theme.setChoice(wantedTheme(context.settings));
        return std::make_unique<DesktopWindow>(context, theme);
    };
}

} // namespace vedette::app
