// Attachments whose windows have gone: they end in any order, and say so in the one in which
// they were closed.
#pragma once

#include "app/clock.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace vitrine {

template <typename Session>
class Leaving {
public:
    void add(Session session) { sessions_.push_back(std::move(session)); }

    // Each is asked once, as it may end between two questions: one that has left is finished
    // when those before it are, one that has not has to be waited for.
    template <typename Finish, typename Wait>
    void turn(Nanoseconds now, Finish finish, Wait wait)
    {
        std::size_t finished = 0;
        for (std::size_t i = 0; i < sessions_.size(); i++) {
            if (!sessions_[i].left(now)) {
                wait(sessions_[i]);
            } else if (i == finished) {
                finish(sessions_[i]);
                finished++;
            }
        }
        sessions_.erase(sessions_.begin(),
                        sessions_.begin() + static_cast<std::ptrdiff_t>(finished));
    }

private:
    std::vector<Session> sessions_; // the oldest first
};

} // namespace vitrine
