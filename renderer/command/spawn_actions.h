// What is done to descriptors between fork and exec of a program that is started.
#pragma once

#include <fcntl.h>
#include <spawn.h>

namespace vitrine {

class SpawnActions {
public:
    SpawnActions() { posix_spawn_file_actions_init(&actions_); }
    ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
    SpawnActions(const SpawnActions &) = delete;
    SpawnActions &operator=(const SpawnActions &) = delete;

    void discard(int fd, int mode)
    {
        posix_spawn_file_actions_addopen(&actions_, fd, "/dev/null", mode, 0);
    }
    void duplicate(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }
    const posix_spawn_file_actions_t *get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_;
};

} // namespace vitrine
