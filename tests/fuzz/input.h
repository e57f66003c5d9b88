// The bytes of one input, taken from the front: values, pieces, the rest.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

namespace vitrine::fuzz {

class Input {
public:
    Input(const uint8_t *data, size_t size) : bytes_(data, size) {}

    bool empty() const { return bytes_.empty(); }
    size_t left() const { return bytes_.size(); }

    // What is missing at the end is zero.
    template <typename Value>
    Value take()
    {
        static_assert(std::is_trivially_copyable_v<Value>);
        Value value{};
        const auto piece = bytes(sizeof value);
        if (!piece.empty())
            std::memcpy(&value, piece.data(), piece.size());
        return value;
    }
    std::span<const uint8_t> bytes(size_t count)
    {
        const auto piece = bytes_.first(std::min(count, bytes_.size()));
        bytes_ = bytes_.subspan(piece.size());
        return piece;
    }
    std::span<const uint8_t> rest() { return bytes(bytes_.size()); }

private:
    std::span<const uint8_t> bytes_;
};

} // namespace vitrine::fuzz

// What each target defines; libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
