// Mixing colours as light does it. What is stored for a channel is not
// proportional to light (sRGB); half of white over black is 188 then, not 128.
#pragma once

#include "draw/blend.h"

#include <array>
#include <cstdint>
#include <vector>

namespace vitrine {

class LinearLight {
public:
    LinearLight();

    // As mix_pixels(), but in light. weight is of 255 * 255.
    Pixel mix(Pixel below, Pixel colour, unsigned weight) const
    {
        return mix_channel(below, colour, weight, 16) | mix_channel(below, colour, weight, 8) |
               mix_channel(below, colour, weight, 0);
    }
    // One channel of it, where it stays in the pixel.
    Pixel mix_channel(Pixel below, Pixel colour, unsigned weight, unsigned shift) const
    {
        constexpr unsigned whole = 255 * 255;
        const std::uint64_t light = std::uint64_t{light_[colour >> shift & 0xff]} * weight +
                                    std::uint64_t{light_[below >> shift & 0xff]} * (whole - weight);
        return Pixel{stored_[(light + whole / 2) / whole]} << shift;
    }

private:
    std::array<std::uint16_t, 256> light_;
    std::vector<std::uint8_t> stored_; // by light
};

} // namespace vitrine
