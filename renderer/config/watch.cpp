// Directories are watched and not files: editors write a new file and rename it
// over the old one, which a watch on the file would not survive.

#include "config/watch.h"

#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <set>
#include <system_error>

namespace vitrine {

namespace {

namespace fs = std::filesystem;

// A file that is gone is no news: some editors remove before they write.
constexpr std::uint32_t written = IN_CLOSE_WRITE | IN_MOVED_TO;
// A new directory or link has its content without being written to.
constexpr std::uint32_t appeared = IN_CREATE;

Error system_error(const char *what) { return {std::string(what) + ": " + std::strerror(errno)}; }

bool add(const UniqueFd &both, const UniqueFd &one)
{
    epoll_event event = {};
    event.events = EPOLLIN;
    return epoll_ctl(both.get(), EPOLL_CTL_ADD, one.get(), &event) == 0;
}

} // namespace

Result<ConfigurationWatch> ConfigurationWatch::start()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    UniqueFd signal_fd(signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
    UniqueFd files(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    UniqueFd both(epoll_create1(EPOLL_CLOEXEC));
    if (signal_fd.get() < 0 || files.get() < 0 || both.get() < 0 || !add(both, signal_fd) ||
        !add(both, files))
        return system_error("configuration: its changes cannot be followed");
    return ConfigurationWatch(std::move(files), std::move(signal_fd), std::move(both));
}

void ConfigurationWatch::follow(std::vector<fs::path> files)
{
    followed_ = std::move(files);
    follow_again();
}

// What is watched already stays watched meanwhile, so that nothing is missed.
void ConfigurationWatch::follow_again()
{
    Awaited awaited;
    for (const fs::path &file : followed_) {
        follow_one(file, awaited);
        // What a link leads to is written where it is.
        std::error_code failed;
        if (const fs::path real = fs::canonical(file, failed); !failed && real != file)
            follow_one(real, awaited);
    }
    std::set<int> kept;
    for (const auto &[at, path] : awaited)
        kept.insert(at.first);
    for (const auto &[at, path] : awaited_) {
        if (kept.insert(at.first).second)
            inotify_rm_watch(files_.get(), at.first);
    }
    awaited_ = std::move(awaited);
}

// In the deepest directory there is: where one is missing, its making is waited
// for, and then followed further.
void ConfigurationWatch::follow_one(const fs::path &file, Awaited &awaited)
{
    std::error_code failed;
    for (fs::path path = fs::absolute(file, failed); path.has_relative_path();
         path = path.parent_path()) {
        const int directory =
            inotify_add_watch(files_.get(), path.parent_path().c_str(), written | appeared);
        if (directory >= 0) {
            awaited.insert({{directory, path.filename()}, path});
            return;
        }
    }
}

// Before the files are read again what there is now is followed, so that no
// change is lost in between.
bool ConfigurationWatch::changed()
{
    bool asked = false;
    signalfd_siginfo signal;
    while (read(signals_.get(), &signal, sizeof signal) == static_cast<ssize_t>(sizeof signal))
        asked = true;
    const bool changed = files_changed();
    if (changed)
        follow_again();
    return changed || asked;
}

bool ConfigurationWatch::files_changed()
{
    bool changed = false;
    std::array<char, 4096> buffer;
    ssize_t length = 0;
    while ((length = read(files_.get(), buffer.data(), buffer.size())) > 0) {
        for (ssize_t at = 0; at < length;) {
            inotify_event event;
            std::memcpy(&event, buffer.data() + at, sizeof event);
            const char *name = buffer.data() + at + sizeof event;
            at += static_cast<ssize_t>(sizeof event + event.len);
            changed = changed || matters(event, event.len > 0 ? name : "");
        }
    }
    return changed;
}

bool ConfigurationWatch::matters(const inotify_event &event, const char *name) const
{
    if (event.mask & IN_Q_OVERFLOW)
        return true;
    const auto found = awaited_.find({event.wd, name});
    if (found == awaited_.end())
        return false;
    // A plain file that was just made is still to be written.
    std::error_code failed;
    return !(event.mask & IN_CREATE) || (event.mask & IN_ISDIR) ||
           fs::is_symlink(found->second, failed);
}

} // namespace vitrine
