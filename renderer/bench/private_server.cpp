#include "bench/private_server.h"

#include "command/tmux_program.h"

#include <vitrine/scope.hpp>
#include <vitrine/window.h>

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>

namespace vitrine::bench {

namespace {

constexpr int start_patience_ms = 10'000;

// Nothing that happens by itself: what is measured is what the bench does.
constexpr const char *configuration = "set -g status-interval 0\n"
                                      "set -g status-right ''\n"
                                      "set -g automatic-rename off\n"
                                      "set -g default-terminal tmux-256color\n"
                                      "set -g history-limit 2000\n";

Result<std::string> make_folder()
{
    const char *place = std::getenv("TMPDIR");
    std::string name = std::string(place != nullptr ? place : "/tmp") + "/vitrine-bench-XXXXXX";
    if (mkdtemp(name.data()) == nullptr)
        return Error{name + ": " + std::strerror(errno)};
    return name;
}

void remove_folder(const std::string &folder)
{
    std::error_code error;
    std::filesystem::remove_all(folder, error);
}

std::string own_program()
{
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).string();
}

} // namespace

PrivateServer::PrivateServer(Key, std::string tmux, std::string folder, ControlSocket control)
    : tmux_(std::move(tmux)),
      folder_(std::move(folder)),
      control_(std::move(control))
{
}

PrivateServer::~PrivateServer()
{
    stop();
    remove_folder(folder_);
}

void PrivateServer::stop()
{
    if (pid_ > 0)
        ask({"kill-server"});
    pid_ = 0;
}

Result<std::unique_ptr<PrivateServer>> PrivateServer::start(const std::string &tmux, Size size)
{
    auto folder = make_folder();
    if (!folder)
        return Error{folder.error()};
    Rollback no_folder([&] { remove_folder(*folder); });
    auto control = ControlSocket::listen(*folder + "/control");
    if (!control)
        return Error{control.error()};
    auto server = std::make_unique<PrivateServer>(Key{}, tmux, *folder, control.take());
    no_folder.dismiss();
    if (auto result = server->begin(size); !result)
        return Error{result.error()};
    return server;
}

Result<void> PrivateServer::begin(Size size)
{
    std::ofstream(folder_ + "/tmux.conf") << configuration;
    ask(with_program({"new-session", "-d", "-s", "bench", "-x", std::to_string(size.columns), "-y",
                      std::to_string(size.rows)}));
    pid_ = std::atoi(ask({"display-message", "-p", "#{pid}"}).c_str());
    if (pid_ <= 0)
        return Error{"tmux: " + tmux_ + ": no server of it could be started"};
    auto pane = control_.accept(start_patience_ms);
    if (!pane)
        return Error{pane.error()};
    pane_ = pane.take();
    if (!pane_.receive(start_patience_ms))
        return Error{"the program in the pane did not start"};
    return {};
}

Result<LineChannel> PrivateServer::split()
{
    ask(with_program({"split-window", "-d", "-v", "-t", "bench"}));
    auto pane = control_.accept(start_patience_ms);
    if (!pane || !pane->receive(start_patience_ms))
        return Error{"the program in the second pane did not start"};
    return pane.take();
}

std::vector<std::string> PrivateServer::flags() const
{
    return {"-S", folder_ + "/tmux", "-f", folder_ + "/tmux.conf"};
}

std::vector<std::string> PrivateServer::with_program(std::vector<std::string> command) const
{
    for (const std::string &word :
         {own_program(), std::string("bench"), std::string("pane"), folder_ + "/control"})
        command.push_back(word);
    return command;
}

std::string PrivateServer::ask(const std::vector<std::string> &command) const
{
    return ask_tmux(tmux_, flags(), command, ErrorOutput::discard).output;
}

Launch PrivateServer::launch() const
{
    Launch launch;
    launch.tmux = tmux_;
    launch.flags = flags();
    launch.command = {"attach-session", "-t", "bench"};
    launch.hello_flags = UI_HELLO_TIMES;
    return launch;
}

Size PrivateServer::window_size() const
{
    Size size;
    const std::string answer =
        ask({"display-message", "-p", "-t", "bench", "#{window_width} #{window_height}"});
    if (std::sscanf(answer.c_str(), "%d %d", &size.columns, &size.rows) != 2)
        return {};
    return size;
}

void PrivateServer::set_window_size(Size size) const
{
    ask({"resize-window", "-t", "bench", "-x", std::to_string(size.columns), "-y",
         std::to_string(size.rows)});
}

double PrivateServer::cpu_seconds() const
{
    clockid_t clock;
    timespec time = {};
    if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return 0;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

} // namespace vitrine::bench
