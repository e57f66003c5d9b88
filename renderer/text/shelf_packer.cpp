#include "text/shelf_packer.h"

namespace vitrine {

namespace {

constexpr int gap = 1;

// Heights on a shelf differ by less than an eighth, but by four px at least.
int shelf_height(int height)
{
    const int step = height < 32 ? 4 : height / 8;
    return (height + step - 1) / step * step;
}

} // namespace

std::optional<ShelfPacker::Place> ShelfPacker::place(int width, int height)
{
    if (width <= 0 || height <= 0 || width > size_ || height > size_)
        return std::nullopt;
    const int wanted = shelf_height(height);
    for (Shelf &shelf : shelves_) {
        if (shelf.height < height || shelf.height > wanted || size_ - shelf.used < width)
            continue;
        const Place place{shelf.used, shelf.y};
        shelf.used += width + gap;
        return place;
    }
    // The last shelf may be as low as what it is made for.
    if (size_ - top_ < height)
        return std::nullopt;
    const int shelf = wanted < size_ - top_ ? wanted : height;
    shelves_.push_back({top_, shelf, width + gap});
    const Place place{0, top_};
    top_ += shelf + gap;
    return place;
}

void ShelfPacker::reset()
{
    shelves_.clear();
    top_ = 0;
}

} // namespace vitrine
