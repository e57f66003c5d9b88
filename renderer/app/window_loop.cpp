#include "app/window_loop.h"

#include "app/clock.h"
#include "app/heap.h"

#include <vitrine/memory.h>

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace vitrine {

namespace {

// What is there already stays; caches go when more is asked for.
void limit_memory(const Settings &settings)
{
    constexpr double mebibyte = 1 << 20;
    ui_memory_set_limit(UI_MEMORY_ALL, static_cast<std::uint64_t>(settings.memory_limit) << 20);
    for (std::uint32_t tag = 0; tag < UI_MEMORY_TAG_COUNT; tag++) {
        const auto limit = settings.memory_limits.find(tag);
        const double bytes = limit != settings.memory_limits.end() ? limit->second * mebibyte : 0;
        ui_memory_set_limit(tag, static_cast<std::uint64_t>(std::ceil(bytes)));
    }
}

} // namespace

Result<void> WindowLoop::open(const Launch &launch)
{
    load_settings();
    auto glfw = Glfw::start();
    if (!glfw)
        return Error{glfw.error()};
    glfw_ = glfw.take();
    display_.emplace();
    launch_ = launch;
    if (auto result = add_window(launch); !result)
        return result;
    windows_.front()->set_observer(observer_);
    return {};
}

void WindowLoop::load_settings()
{
    const Configuration loaded = load_configuration(source_);
    report_complaints(loaded);
    if (!loaded.complaints.empty())
        notice_ = loaded.complaints.front().text();
    settings_ = loaded.settings;
    limit_memory(settings_);
    watch_configuration(loaded);
}

void WindowLoop::watch_configuration(const Configuration &loaded)
{
    auto watch = ConfigurationWatch::start();
    if (!watch) {
        std::fprintf(stderr, "vitrine: %s\n", watch.error().c_str());
        return;
    }
    watch_.emplace(watch.take());
    watch_->follow(loaded.files);
}

void WindowLoop::reload()
{
    const Configuration loaded = load_configuration(source_);
    watch_->follow(loaded.files);
    report_complaints(loaded);
    notice_ = loaded.complaints.empty() ? "" : loaded.complaints.front().text();
    if (loaded.complaints.empty()) {
        settings_ = loaded.settings;
        limit_memory(settings_);
    }
    for (const auto &window : windows_) {
        window->notify(notice_);
        if (loaded.complaints.empty())
            window->follow(settings_);
    }
}

void WindowLoop::rescale()
{
    for (const auto &window : windows_)
        window->rescale();
}

Result<void> WindowLoop::add_window(const Launch &launch)
{
    auto window = std::make_unique<WindowApp>(*display_, settings_, notice_);
    if (auto result = window->open(launch); !result)
        return result;
    streams_.push_back({window->connection(), true});
    windows_.push_back(std::move(window));
    return {};
}

int WindowLoop::run()
{
    const Waited others = {display_->descriptor(), watch_ ? watch_->descriptor() : -1,
                           display_->scale_descriptor()};
    // A look where nothing is costs as much as all of the drawing of a letter.
    Ready ready = {.display = true};
    for (;;) {
        if (ready.display || display_->hides_events())
            display_->poll();
        if (ready.configuration && watch_->changed())
            reload();
        if (ready.scale && display_->rescaled())
            rescale();
        open_wanted();
        Nanoseconds wake = never;
        const WindowApp::Picture picture = turn(wake);
        close_finished();
        end_left(wake);
        if (streams_.empty())
            return status_;
        ready = {.display = true};
        if (display_->settled(picture == WindowApp::Picture::presented))
            ready = wait_for_any(streams_, others, wake);
        streams_.resize(windows_.size());
    }
}

WindowApp::Picture WindowLoop::turn(Nanoseconds &wake)
{
    auto picture = WindowApp::Picture::none;
    for (std::size_t i = 0; i < windows_.size(); i++) {
        const WindowApp::Turn turn = windows_[i]->turn(streams_[i].readable);
        streams_[i].readable = false;
        wake = std::min(wake, turn.wake);
        if (turn.picture == WindowApp::Picture::presented)
            picture = turn.picture;
    }
    return picture;
}

void WindowLoop::open_wanted()
{
    const std::size_t count = windows_.size();
    for (std::size_t i = 0; i < count; i++) {
        WindowApp &asked = *windows_[i];
        if (!asked.take_wish())
            continue;
        const auto launch = launch_beside(launch_, vitrine_process(asked.connection()));
        const Result<void> opened = launch ? add_window(*launch) : Error{launch.error()};
        if (!opened)
            windows_[i]->notify(opened.error());
    }
}

void WindowLoop::close_finished()
{
    for (std::size_t i = 0; i < windows_.size();) {
        if (!windows_[i]->over()) {
            i++;
            continue;
        }
        leaving_.add(windows_[i]->leave());
        windows_.erase(windows_.begin() + static_cast<std::ptrdiff_t>(i));
        streams_.erase(streams_.begin() + static_cast<std::ptrdiff_t>(i));
        give_back_holes();
    }
}

void WindowLoop::end_left(Nanoseconds &wake)
{
    const Nanoseconds now = monotonic_now();
    const auto finish = [&](Session &session) {
        const bool observed = observer_ != nullptr && observer_->done();
        status_ = observed ? 0 : session.finish();
    };
    const auto wait = [&](Session &session) {
        wake = std::min(wake, session.next_wake(now));
        streams_.push_back(session.waited());
    };
    leaving_.turn(now, finish, wait);
}

namespace {

int open_and_run(const Options &options, const Launch &launch)
{
    WindowLoop loop(configuration_source(options));
    if (auto result = loop.open(launch); !result) {
        std::fprintf(stderr, "vitrine: %s\n", result.error().c_str());
        return 1;
    }
    return loop.run();
}

} // namespace

int run_windows(const Options &options, const Launch &launch)
{
    const int code = open_and_run(options, launch);
    if (debug_from_environment().memory)
        ui_debug_allocation_list(STDERR_FILENO);
    return code;
}

} // namespace vitrine
