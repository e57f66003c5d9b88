// The one loop, of all windows of the process: display and streams are waited for together.
//
//	events of the display -> to their windows: input to tmux, expose, resize
//	configuration changed -> it is read again, once, and all windows follow
//	scale of the display set -> all windows follow
//	asked for by a key    -> another window opens
//	each window           -> events of its stream, a picture if one is due, credit
//	over                  -> the window goes at once
//	gone                  -> its session ends as events come; nobody waits for that
//	sleep                 -> until one of these speaks or something is due
//
// Windows with nothing due cost a comparison, and a loop of such sleeps for ever.
#pragma once

#include "app/leaving.h"
#include "app/wait.h"
#include "app/window_app.h"
#include "config/watch.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vitrine {

class WindowLoop {
public:
    explicit WindowLoop(ConfigurationSource source) : source_(std::move(source)) {}

    // Of the first window; borrowed, to be set before open().
    void set_observer(LoopObserver *observer) { observer_ = observer; }

    // The first window, unseen yet.
    Result<void> open(const Launch &launch);
    // Until the last window is gone; its exit code.
    int run();

private:
    void load_settings();
    void watch_configuration(const Configuration &loaded);
    void reload();
    void rescale();
    Result<void> add_window(const Launch &launch);
    // Whether a picture was shown; wake becomes the next that is due.
    WindowApp::Picture turn(Nanoseconds &wake);
    void open_wanted();
    void close_finished();
    // wake becomes what is due of those that are still leaving.
    void end_left(Nanoseconds &wake);

    ConfigurationSource source_;
    Launch launch_;
    Settings settings_;
    std::string notice_; // what is wrong in the configuration
    std::optional<ConfigurationWatch> watch_;
    LoopObserver *observer_ = nullptr;
    int status_ = 0;
    // What is below borrows what is above.
    std::unique_ptr<Glfw> glfw_;
    std::optional<DisplayEvents> display_;
    std::vector<std::unique_ptr<WindowApp>> windows_;
    Leaving<Session> leaving_;          // of windows that have gone
    std::vector<WaitedStream> streams_; // a window each, in their order; while waiting all
};

// The exit code; what went wrong has been printed.
int run_windows(const Options &options, const Launch &launch);

} // namespace vitrine
