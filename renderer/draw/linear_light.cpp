#include "draw/linear_light.h"

#include <cmath>
#include <cstddef>

namespace vitrine {

namespace {

constexpr double most = 65535;

double light_of(double stored)
{
    return stored <= 0.04045 ? stored / 12.92 : std::pow((stored + 0.055) / 1.055, 2.4);
}

double stored_of(double light)
{
    return light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

} // namespace

LinearLight::LinearLight() : stored_(static_cast<std::size_t>(most) + 1)
{
    for (std::size_t i = 0; i < light_.size(); i++)
        light_[i] =
            static_cast<std::uint16_t>(std::lround(light_of(static_cast<double>(i) / 255) * most));
    for (std::size_t i = 0; i < stored_.size(); i++)
        stored_[i] =
            static_cast<std::uint8_t>(std::lround(stored_of(static_cast<double>(i) / most) * 255));
}

} // namespace vitrine
