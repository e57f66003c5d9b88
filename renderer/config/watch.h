// When the configuration is to be read again: a file of it was written or took
// the place of another, or SIGUSR1 came.
#pragma once

#include "result.h"

#include <vitrine/scope.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

struct inotify_event;

namespace vitrine {

class ConfigurationWatch {
public:
    // Blocks SIGUSR1 in this thread and those that it starts from here on.
    static Result<ConfigurationWatch> start();

    // For waiting; readable when something may have changed.
    int descriptor() const { return both_.get(); }
    // These and no others from here on; also those that are not there yet.
    void follow(std::vector<std::filesystem::path> files);
    // Takes in what happened; whether to read the files again.
    bool changed();

private:
    ConfigurationWatch(UniqueFd files, UniqueFd signals, UniqueFd both)
        : files_(std::move(files)),
          signals_(std::move(signals)),
          both_(std::move(both))
    {
    }
    // What is awaited: in a directory, by inotify's number, something of a name.
    using Awaited = std::map<std::pair<int, std::string>, std::filesystem::path>;

    void follow_again();
    void follow_one(const std::filesystem::path &file, Awaited &awaited);
    bool files_changed();
    bool matters(const inotify_event &event, const char *name) const;

    UniqueFd files_;   // inotify
    UniqueFd signals_; // signalfd
    UniqueFd both_;    // epoll
    std::vector<std::filesystem::path> followed_;
    Awaited awaited_;
};

} // namespace vitrine
