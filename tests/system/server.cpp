#include "server.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include <signal.h>
#include <unistd.h>

namespace vitrine::test {
namespace {

std::string g_hooked;
std::string g_stock;

// Nothing that depends on time or on the machine.
constexpr const char *kConfiguration = R"(set -s escape-time 10
set -g status-interval 0
set -g status-right ''
set -g status-left '[#S] '
set -g display-time 0
set -g assume-paste-time 0
set -g automatic-rename off
set -g allow-rename off
set -g history-limit 500
set -g window-size latest
set -g default-shell /bin/sh
set -g visual-bell off
set -g monitor-bell on
set -g bell-action any
)";

const std::string kBetween = "@@ vitrine test @@";

} // namespace

const std::string &hooked_tmux() { return g_hooked; }
const std::string &stock_tmux() { return g_stock; }

void set_programs(std::string hooked, std::string stock)
{
    g_hooked = std::move(hooked);
    g_stock = std::move(stock);
}

int tmux_version()
{
    static const int version = [] {
        const std::string text = run({hooked_tmux(), "-V"}).out; // "tmux 3.5a", "tmux next-3.8"
        const size_t digit = text.find_first_of("0123456789");
        if (digit == std::string::npos)
            throw Failure("tmux -V says " + text);
        return std::stoi(text.substr(digit)) * 100 +
               std::stoi(text.substr(text.find('.', digit) + 1));
    }();
    return version;
}

Folder::Folder()
{
    char path[] = "/tmp/vitrine-test-XXXXXX";
    if (mkdtemp(path) == nullptr)
        fail_system("mkdtemp");
    path_ = path;
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Server::Server(const ServerOptions &options)
    : options_(options),
      socket_(options.socket_folder.empty() ? folder_ / "tmux" : options.socket_folder + "/tmux"),
      hub_(folder_ / "panes")
{
    std::ofstream(folder_ / "conf") << configuration();
    if (!options.session)
        return;
    Words words = {options.program,
                   "-S",
                   socket_,
                   "-f",
                   folder_ / "conf",
                   "new-session",
                   "-d",
                   "-s",
                   "main",
                   "-n",
                   "one",
                   "-x",
                   std::to_string(options.columns),
                   "-y",
                   std::to_string(options.rows)};
    if (!options.shell_command.empty())
        words.push_back(options.shell_command);
    Words environment = options.environment;
    environment.push_back("HOME=" + folder_ / "");
    const Output output = run(words, environment);
    if (output.status != 0)
        throw Failure("new-session: " + output.err);
    pid_ = std::stoi(format("#{pid}"));
    if (options.shell_command.empty())
        active_pane();
}

Server::~Server()
{
    try {
        kill();
    } catch (const std::exception &) {
        if (pid_ != -1)
            ::kill(pid_, SIGKILL);
    }
}

std::string Server::configuration() const
{
    return kConfiguration + ("set -g default-command \"" + hub_.command() + "\"\n") +
           options_.configuration + "\n";
}

Words Server::words(const Words &command) const
{
    Words words = {options_.program, "-S", socket_, "-f", folder_ / "conf"};
    words.insert(words.end(), command.begin(), command.end());
    return words;
}

Output Server::command(const Words &command) const { return run(words(command)); }

std::string Server::ask(const Words &words) const
{
    Output output = command(words);
    if (output.status != 0) {
        std::string text;
        for (const std::string &word : words)
            text += word + " ";
        throw Failure(text + "failed: " + output.err + output.out);
    }
    if (output.out.ends_with('\n'))
        output.out.pop_back();
    return output.out;
}

std::string Server::format(const std::string &text, const std::string &target) const
{
    return ask({"display-message", "-p", "-t", target, text});
}

Words Server::formats(const Words &texts, const std::string &target) const
{
    std::string joined;
    for (const std::string &text : texts)
        joined += text + kBetween;
    const std::string all = format(joined, target);
    Words words;
    for (size_t from = 0, at; (at = all.find(kBetween, from)) != all.npos;) {
        words.push_back(all.substr(from, at - from));
        from = at + kBetween.size();
    }
    words.resize(texts.size());
    return words;
}

bool Server::alive() const { return pid_ != -1 && !wait_gone(pid_, Milliseconds(0)); }

void Server::kill()
{
    if (pid_ == -1 || !alive()) {
        pid_ = -1;
        return;
    }
    command({"kill-server"});
    if (!wait_gone(pid_, patience())) {
        ::kill(pid_, SIGKILL);
        throw Failure("the server does not end");
    }
    pid_ = -1;
}

} // namespace vitrine::test
