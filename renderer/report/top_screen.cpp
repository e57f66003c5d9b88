#include "report/top_screen.h"

#include "report/top_text.h"

#include <tickit.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>
#include <string_view>

namespace vitrine {

namespace {

constexpr int refresh_every_ms = 1000;

struct TickitDeleter {
    void operator()(Tickit *tickit) const { tickit_unref(tickit); }
};
struct PenDeleter {
    void operator()(TickitPen *pen) const { tickit_pen_unref(pen); }
};
using Pen = std::unique_ptr<TickitPen, PenDeleter>;

Pen pen_with(TickitPenAttr attribute)
{
    Pen pen(tickit_pen_new());
    tickit_pen_set_bool_attr(pen.get(), attribute, true);
    return pen;
}

volatile std::sig_atomic_t end_signal = 0;

// While it lives, what would end the program ends the screen instead, so that the terminal is
// left as it was. libtickit 0.4.3 has signals too, but at the first one acts as if any others
// had come as well: it does not clear its set of them.
class EndSignals {
public:
    EndSignals()
    {
        struct sigaction action = {};
        action.sa_handler = [](int number) { end_signal = number; };
        for (std::size_t i = 0; i < numbers.size(); i++)
            ::sigaction(numbers[i], &action, &before_[i]);
    }
    ~EndSignals()
    {
        for (std::size_t i = 0; i < numbers.size(); i++)
            ::sigaction(numbers[i], &before_[i], nullptr);
    }
    EndSignals(const EndSignals &) = delete;
    EndSignals &operator=(const EndSignals &) = delete;

private:
    static constexpr std::array numbers = {SIGINT, SIGTERM, SIGHUP};
    std::array<struct sigaction, numbers.size()> before_ = {};
};

// libtickit's loop calls it: for a key, each second, when the server has answered, and to draw.
class TopScreen {
public:
    TopScreen(Inquiry &inquiry, TopView view) : inquiry_(inquiry), view_(std::move(view)) {}

    Result<void> run();

private:
    void bind();
    void end(const char *why);
    void refresh();
    void take_in();
    void accept(const Answer &answer);
    void press(std::string_view key);
    void show_next();
    void expose();
    void draw(TickitRenderBuffer *buffer);
    TickitPen *pen_of(LineKind kind);

    static TopScreen &screen_of(void *user) { return *static_cast<TopScreen *>(user); }
    static int on_timer(Tickit *, TickitEventFlags, void *, void *user) noexcept;
    static int on_stream(Tickit *, TickitEventFlags, void *, void *user) noexcept;
    static int on_key(TickitTerm *, TickitEventFlags, void *info, void *user) noexcept;
    static int on_expose(TickitWindow *, TickitEventFlags, void *info, void *user) noexcept;

    Inquiry &inquiry_;
    TopView view_;
    bool over_ = false;
    std::string ended_; // why, "" if the person quit
    EndSignals signals_;
    Pen plain_{tickit_pen_new()};
    Pen bold_ = pen_with(TICKIT_PEN_BOLD);
    Pen reverse_ = pen_with(TICKIT_PEN_REVERSE);
    // The terminal is as it was once this is gone.
    std::unique_ptr<Tickit, TickitDeleter> tickit_;
};

Result<void> TopScreen::run()
{
    tickit_.reset(tickit_new_stdio());
    if (!tickit_)
        return Error{"top: the terminal cannot be used: is TERM right?"};
    bind();
    // The first turn sets the terminal up, and takes the mouse from it.
    tickit_tick(tickit_.get(), TICKIT_RUN_NOHANG);
    tickit_term_setctl_int(tickit_get_term(tickit_.get()), TICKIT_TERMCTL_MOUSE,
                           TICKIT_TERM_MOUSEMODE_OFF);
    on_timer(tickit_.get(), TICKIT_EV_FIRE, nullptr, this);
    while (!over_ && end_signal == 0)
        tickit_tick(tickit_.get(), TICKIT_RUN_DEFAULT);
    tickit_.reset();
    if (ended_.empty())
        return {};
    return Error{ended_};
}

void TopScreen::bind()
{
    Tickit *tickit = tickit_.get();
    tickit_term_bind_event(tickit_get_term(tickit), TICKIT_TERM_ON_KEY, {}, on_key, this);
    tickit_window_bind_event(tickit_get_rootwin(tickit), TICKIT_WINDOW_ON_EXPOSE, {}, on_expose,
                             this);
    tickit_watch_io_read(tickit, inquiry_.descriptor(), {}, on_stream, this);
}

int TopScreen::on_timer(Tickit *tickit, TickitEventFlags, void *, void *user) noexcept
{
    screen_of(user).refresh();
    tickit_watch_timer_after_msec(tickit, refresh_every_ms, {}, on_timer, user);
    return 1;
}

int TopScreen::on_stream(Tickit *, TickitEventFlags, void *, void *user) noexcept
{
    screen_of(user).take_in();
    return 1;
}

int TopScreen::on_key(TickitTerm *, TickitEventFlags, void *info, void *user) noexcept
{
    screen_of(user).press(static_cast<const TickitKeyEventInfo *>(info)->str);
    return 1;
}

int TopScreen::on_expose(TickitWindow *, TickitEventFlags, void *info, void *user) noexcept
{
    screen_of(user).draw(static_cast<const TickitExposeEventInfo *>(info)->rb);
    return 1;
}

void TopScreen::end(const char *why)
{
    ended_ = why;
    over_ = true;
}

// Who does not answer in the time between two refreshes is not waited for, but no server gets a
// second question before it has answered the first.
void TopScreen::refresh()
{
    const Answer &answer = inquiry_.answer();
    if (!answer.has_server()) {
        view_.notice = "the server does not answer";
        return expose();
    }
    if (!answer.complete())
        accept(answer);
    inquiry_.begin();
}

void TopScreen::take_in()
{
    if (!inquiry_.take_in())
        end("top: the server has gone");
    else if (inquiry_.answer().complete())
        accept(inquiry_.answer());
}

void TopScreen::accept(const Answer &answer)
{
    if (answer.window(view_.client) != nullptr) {
        view_.answers.before = std::move(view_.answers.after);
        view_.answers.after = answer;
        view_.notice.clear();
    } else if (answer.silent() != 0) {
        view_.notice = "the window does not answer";
    } else {
        return end("top: the window has gone");
    }
    expose();
}

void TopScreen::press(std::string_view key)
{
    if (key == "q" || key == "Escape" || key == "C-c")
        over_ = true;
    else if (key == "Tab")
        show_next();
}

void TopScreen::show_next()
{
    const auto &windows = view_.answers.after.windows;
    auto next = std::ranges::upper_bound(windows, view_.client, {}, &ui_report_t::client);
    if (next == windows.end())
        next = windows.begin();
    view_.client = next->client;
    view_.begin = next->drawing;
    expose();
}

void TopScreen::expose() { tickit_window_expose(tickit_get_rootwin(tickit_.get()), nullptr); }

void TopScreen::draw(TickitRenderBuffer *buffer)
{
    const TickitRect area = tickit_window_get_geometry(tickit_get_rootwin(tickit_.get()));
    tickit_renderbuffer_setpen(buffer, plain_.get());
    tickit_renderbuffer_clear(buffer);
    int row = 0;
    for (const TopLine &line : top_lines(view_, area.cols, area.lines)) {
        tickit_renderbuffer_setpen(buffer, pen_of(line.kind));
        if (line.kind == LineKind::title)
            tickit_renderbuffer_erase_at(buffer, row, 0, area.cols);
        tickit_renderbuffer_text_at(buffer, row, 0, line.text.c_str());
        row++;
    }
}

TickitPen *TopScreen::pen_of(LineKind kind)
{
    switch (kind) {
    case LineKind::title:
    case LineKind::notice:
        return reverse_.get();
    case LineKind::heading:
        return bold_.get();
    case LineKind::plain:
        break;
    }
    return plain_.get();
}

} // namespace

Result<void> watch(Inquiry &inquiry, const Answer &first)
{
    TopView view;
    view.answers.after = first;
    view.client = first.windows.front().client;
    view.begin = first.windows.front().drawing;
    TopScreen screen(inquiry, std::move(view));
    return screen.run();
}

} // namespace vitrine
