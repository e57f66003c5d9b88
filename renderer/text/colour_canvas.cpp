#include "text/colour_canvas.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace vitrine {

namespace {

constexpr double largest_em = 1024; // px
constexpr double ems = 3;

struct Extent {
    int begin;
    int end;

    void take(int at)
    {
        begin = std::min(begin, at);
        end = std::max(end, at + 1);
    }
    int length() const { return end - begin; }
};

} // namespace

ColourCanvas::ColourCanvas(double em)
    : side_(static_cast<int>(std::ceil(std::clamp(em, 1.0, largest_em) * ems))),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side_, side_)),
      context_(cairo_create(surface_.get()))
{
    // An em to the left of the origin, two above.
    cairo_translate(context_.get(), side_ / ems, side_ * 2 / ems);
}

// cairo's pixels are premultiplied words of ARGB, on little-endian machines BGRA in bytes.
bool ColourCanvas::take(GlyphBitmap &out)
{
    cairo_surface_flush(surface_.get());
    if (cairo_status(context_.get()) != CAIRO_STATUS_SUCCESS ||
        cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS)
        return false;
    const unsigned char *pixels = cairo_image_surface_get_data(surface_.get());
    const std::ptrdiff_t stride = cairo_image_surface_get_stride(surface_.get());
    Extent across = {side_, 0};
    Extent down = {side_, 0};
    for (int y = 0; y < side_; y++) {
        for (int x = 0; x < side_; x++) {
            if (pixels[y * stride + std::ptrdiff_t{x} * 4 + 3] != 0) {
                across.take(x);
                down.take(y);
            }
        }
    }
    if (across.length() <= 0)
        return false;
    out.resize(PixelFormat::bgra32, across.length(), down.length());
    const std::size_t row = static_cast<std::size_t>(out.width) * 4;
    for (int y = 0; y < out.height; y++)
        std::memcpy(out.pixels.data() + static_cast<std::size_t>(y) * row,
                    pixels + (down.begin + y) * stride + std::ptrdiff_t{across.begin} * 4, row);
    return true;
}

} // namespace vitrine
