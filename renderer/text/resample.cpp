#include "text/resample.h"

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

struct Share {
    int index;
    float weight;
};

// The source pixels under pixel number `at` of `count`, with their shares of it.
void cover(int at, int count, int source, std::vector<Share> &shares)
{
    const double step = static_cast<double>(source) / count;
    const double begin = at * step;
    const double end = begin + step;
    shares.clear();
    for (int i = static_cast<int>(begin); i < source && i < end; i++) {
        const double part = std::min(end, i + 1.0) - std::max(begin, static_cast<double>(i));
        if (part > 0)
            shares.push_back({i, static_cast<float>(part / step)});
    }
}

} // namespace

void resample(const GlyphBitmap &in, int width, int height, GlyphBitmap &out)
{
    out.resize(in.format, width, height);
    if (in.width <= 0 || in.height <= 0)
        return;
    const int channels = static_cast<int>(bytes_per_pixel(in.format));
    std::vector<std::vector<Share>> columns(static_cast<size_t>(width));
    for (int x = 0; x < width; x++)
        cover(x, width, in.width, columns[static_cast<size_t>(x)]);
    std::vector<Share> rows;
    uint8_t *to = out.pixels.data();
    for (int y = 0; y < height; y++) {
        cover(y, height, in.height, rows);
        for (const auto &column : columns) {
            float sum[4] = {};
            for (const Share &row : rows) {
                for (const Share &share : column) {
                    const std::ptrdiff_t pixel =
                        std::ptrdiff_t{row.index} * in.width + share.index;
                    const uint8_t *from = in.pixels.data() + pixel * channels;
                    for (int c = 0; c < channels; c++)
                        sum[c] += from[c] * row.weight * share.weight;
                }
            }
            for (int c = 0; c < channels; c++)
                *to++ = static_cast<uint8_t>(std::clamp(std::lround(sum[c]), 0l, 255l));
        }
    }
}

} // namespace vitrine
