// The part of WindowApp that follows the configuration.

#include "app/window_app.h"

#include <cstdio>
#include <utility>

namespace vitrine {

Settings WindowApp::first_settings()
{
    const Configuration loaded = load_configuration(source_);
    report_complaints(loaded);
    if (!loaded.complaints.empty())
        notice_ = loaded.complaints.front().text();
    watch_configuration(loaded);
    return loaded.settings;
}

void WindowApp::watch_configuration(const Configuration &loaded)
{
    auto watch = ConfigurationWatch::start();
    if (!watch) {
        std::fprintf(stderr, "vitrine: %s\n", watch.error().c_str());
        return;
    }
    watch_.emplace(watch.take());
    watch_->follow(loaded.files);
}

void WindowApp::reload()
{
    const Configuration loaded = load_configuration(source_);
    watch_->follow(loaded.files);
    report_complaints(loaded);
    notify(loaded.complaints.empty() ? "" : loaded.complaints.front().text());
    if (loaded.complaints.empty())
        follow(loaded.settings);
}

// What did not change is left alone: fonts take a while to load.
void WindowApp::follow(const Settings &settings)
{
    const Settings before = std::exchange(settings_, settings);
    if (theme_of(settings_) != theme_of(before))
        renderer_->set_theme(theme_of(settings_));
    if (settings_.font != before.font)
        load_fonts();
}

FontOptions WindowApp::fonts() const { return font_options(settings_, window_->scale()); }

// If they cannot be had, the old ones stay.
void WindowApp::load_fonts()
{
    if (auto result = renderer_->load_fonts(fonts()); !result) {
        notify(result.error());
        return;
    }
    warn_of_font(renderer_->fonts());
    resized_ = true;
}

void WindowApp::notify(const std::string &text)
{
    if (text == notice_)
        return;
    notice_ = text;
    renderer_->set_notice(notice_);
}

} // namespace vitrine
