// A value or the reason why there is none. The reason is one line for a person
// to read. g++ 12 in C++20 mode has no std::expected; this is what of it is
// needed here.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace vitrine {

struct Error {
    std::string message;
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }

    T &value()
    {
        assert(state_.index() == 0);
        return *std::get_if<0>(&state_);
    }
    const T &value() const
    {
        assert(state_.index() == 0);
        return *std::get_if<0>(&state_);
    }
    T &operator*() { return value(); }
    const T &operator*() const { return value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    // Moves the value out, for Result<T> x = ...; T y = x.take();
    T take() { return std::move(value()); }

    const std::string &error() const
    {
        assert(state_.index() == 1);
        return std::get_if<1>(&state_)->message;
    }

private:
    std::variant<T, Error> state_;
};

// For what yields nothing but may fail: return {} or Error{"..."}.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)), failed_(true) {}

    explicit operator bool() const { return !failed_; }

    const std::string &error() const
    {
        assert(failed_);
        return error_.message;
    }

private:
    Error error_;
    bool failed_ = false;
};

} // namespace vitrine
