// What is given back at the end of a scope, for C++ on both sides of the ABI.
//
// An operation takes one thing after the other, each into an owner of its own: when it fails, what
// it took goes in reverse order, and when it succeeds, the owners are moved to where they stay.
// What is no handle but has to be undone is a Rollback until nothing can fail any more.
#ifndef VITRINE_SCOPE_HPP
#define VITRINE_SCOPE_HPP

#include <unistd.h>

#include <utility>

namespace vitrine {

// The single owner of a descriptor.
class UniqueFd {
public:
    UniqueFd() noexcept = default;
    explicit UniqueFd(int fd) noexcept : fd_(fd) {}
    UniqueFd(UniqueFd &&other) noexcept : fd_(other.release()) {}
    UniqueFd &operator=(UniqueFd &&other) noexcept
    {
        reset(other.release());
        return *this;
    }
    ~UniqueFd() { reset(); }

    int get() const noexcept { return fd_; }
    explicit operator bool() const noexcept { return fd_ >= 0; }
    int release() noexcept { return std::exchange(fd_, -1); }
    void reset(int fd = -1) noexcept
    {
        if (fd_ >= 0)
            ::close(fd_);
        fd_ = fd;
    }

private:
    int fd_ = -1;
};

// Undoes a step unless it is dismissed: `Rollback undo([&] { ::unlink(path); });`
template <typename Undo>
class [[nodiscard]] Rollback {
public:
    explicit Rollback(Undo undo) noexcept : undo_(std::move(undo)) {}
    Rollback(const Rollback &) = delete;
    Rollback &operator=(const Rollback &) = delete;
    ~Rollback()
    {
        if (armed_)
            undo_();
    }

    // What was done stays.
    void dismiss() noexcept { armed_ = false; }

private:
    Undo undo_;
    bool armed_ = true;
};

} // namespace vitrine
#endif
