#include "bench/pane_program.h"

#include "app/clock.h"
#include "bench/control.h"
#include "bench/payload.h"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <sstream>
#include <string_view>

namespace vitrine::bench {

namespace {

constexpr std::string_view clear_screen = "\033[m\033[r\033[2 q\033[H\033[2J";
constexpr std::string_view block_on = "\033[m\033[r\033[H\033[48;2;254;1;253m \033[m\033[H";
constexpr std::string_view block_off = "\033[m\033[H \033[H";
constexpr std::string_view ask_place = "\033[6n";
constexpr std::size_t piece = 16384;
constexpr Nanoseconds flood_tick = 10 * millisecond;

bool write_all(std::string_view text)
{
    while (!text.empty()) {
        const ssize_t done = write(STDOUT_FILENO, text.data(), text.size());
        if (done <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(done));
    }
    return true;
}

void set_raw()
{
    termios mode;
    if (tcgetattr(STDIN_FILENO, &mode) != 0)
        return;
    cfmakeraw(&mode);
    tcsetattr(STDIN_FILENO, TCSANOW, &mode);
}

// Until the answer "CSI row ; column R" is read, however it is cut in pieces.
bool wait_for_answer()
{
    char last = 0;
    while (last != 'R') {
        if (read(STDIN_FILENO, &last, 1) != 1)
            return false;
    }
    return true;
}

class PaneProgram {
public:
    explicit PaneProgram(LineChannel control) : control_(std::move(control)) {}

    void run();

private:
    bool obey(const std::string &line);
    bool told(int timeout_ms) const;
    bool blink();
    bool flood(int kilobytes);
    bool make(std::istringstream &words);
    bool print();

    LineChannel control_;
    std::string payload_;
};

void PaneProgram::run()
{
    write_all(clear_screen);
    if (!control_.send("hello"))
        return;
    while (const auto line = control_.receive(-1)) {
        if (!obey(*line))
            return;
    }
}

bool PaneProgram::obey(const std::string &line)
{
    std::istringstream words(line);
    std::string command;
    words >> command;
    if (command == "blink")
        return blink();
    if (command == "flood") {
        int kilobytes = 0;
        words >> kilobytes;
        return flood(kilobytes);
    }
    if (command == "payload")
        return make(words);
    if (command == "go")
        return print();
    return command == "stop";
}

// Whether the bench said something, or has gone.
bool PaneProgram::told(int timeout_ms) const
{
    pollfd source = {control_.descriptor(), POLLIN, 0};
    return poll(&source, 1, timeout_ms) == 1;
}

bool PaneProgram::blink()
{
    bool on = false;
    if (!control_.send("ok"))
        return false;
    for (;;) {
        std::array<pollfd, 2> sources = {pollfd{STDIN_FILENO, POLLIN, 0},
                                         pollfd{control_.descriptor(), POLLIN, 0}};
        if (poll(sources.data(), sources.size(), -1) < 0 || sources[1].revents != 0)
            return true;
        std::array<char, 64> typed;
        const ssize_t count = read(STDIN_FILENO, typed.data(), typed.size());
        if (count <= 0)
            return false;
        for (ssize_t i = 0; i < count; i++) {
            on = !on;
            if (!write_all(on ? block_on : block_off))
                return false;
        }
    }
}

bool PaneProgram::flood(int kilobytes)
{
    const std::string text = make_payload({PayloadKind::ascii, 1'000'000, 80, 24, 1});
    const std::size_t each = kilobytes > 0 ? static_cast<std::size_t>(kilobytes) * 1000 /
                                                 (1000 * millisecond / flood_tick)
                                           : piece;
    std::size_t at = 0;
    std::uint64_t written = 0;
    const Nanoseconds began = monotonic_now();
    Nanoseconds next = began;
    for (;;) {
        next += flood_tick;
        const Nanoseconds left = kilobytes > 0 ? time_left(monotonic_now(), next) : 0;
        if (told(static_cast<int>((left + millisecond - 1) / millisecond)))
            break;
        const std::string_view part = std::string_view(text).substr(at, each);
        if (!write_all(part))
            return false;
        written += part.size();
        at = at + part.size() < text.size() ? at + part.size() : 0;
    }
    return control_.send("flooded " + std::to_string(written) + ' ' +
                         std::to_string(monotonic_now() - began));
}

bool PaneProgram::make(std::istringstream &words)
{
    std::string kind;
    PayloadOptions options;
    words >> kind >> options.bytes >> options.columns >> options.rows;
    options.kind = payload_kind(kind).value_or(PayloadKind::ascii);
    payload_ = make_payload(options);
    return write_all(clear_screen) && control_.send("ok");
}

bool PaneProgram::print()
{
    tcflush(STDIN_FILENO, TCIFLUSH);
    const Nanoseconds began = monotonic_now();
    if (!write_all(payload_) || !write_all(ask_place) || !wait_for_answer())
        return false;
    const Nanoseconds ended = monotonic_now();
    return write_all(block_on) &&
           control_.send("done " + std::to_string(began) + ' ' + std::to_string(ended));
}

} // namespace

int run_pane_program(const std::string &socket)
{
    auto control = connect_control(socket);
    if (!control)
        return 1;
    set_raw();
    PaneProgram(control.take()).run();
    return 0;
}

} // namespace vitrine::bench
