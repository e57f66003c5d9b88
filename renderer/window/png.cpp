#include "window/png.h"

#include <png.h>
#include <vitrine/scope.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <vector>

namespace vitrine {

namespace {

std::vector<std::uint8_t> without_alpha(std::span<const std::uint8_t> pixels)
{
    std::vector<std::uint8_t> rgb;
    rgb.reserve(pixels.size() / 4 * 3);
    for (std::size_t i = 0; i + 3 < pixels.size(); i += 4)
        rgb.insert(rgb.end(), {pixels[i], pixels[i + 1], pixels[i + 2]});
    return rgb;
}

// And not, say, a device.
void remove_regular(const std::string &path)
{
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path, ignored))
        std::filesystem::remove(path, ignored);
}

} // namespace

Result<void> write_png(const std::string &path, int width, int height,
                       std::span<const std::uint8_t> pixels)
{
    const auto rgb = without_alpha(pixels);
    std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::fopen(path.c_str(), "wbe"),
                                                          std::fclose);
    if (!file)
        return Error{path + ": " + std::strerror(errno)};
    Rollback no_file([&] { remove_regular(path); });
    png_image image = {};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = PNG_FORMAT_RGB;
    const bool written = png_image_write_to_stdio(&image, file.get(), 0, rgb.data(), 0, nullptr);
    const bool closed = std::fclose(file.release()) == 0;
    if (written && closed) {
        no_file.dismiss();
        return {};
    }
    return Error{path + ": " + (written ? std::strerror(errno) : image.message)};
}

} // namespace vitrine
