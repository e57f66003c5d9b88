// Rectangles onto a square page, in shelves: rows as high as the first glyph
// put there (rounded up, so that shelves are shared), filled left to right.
// Nothing is taken back; a page is reset as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace vitrine {

class ShelfPacker {
public:
    struct Place {
        int x, y;
    };

    explicit ShelfPacker(int size) : size_(size) {}

    // One px is kept free right of and below each rectangle.
    std::optional<Place> place(int width, int height);
    void reset();

private:
    struct Shelf {
        int y, height, used;
    };

    int size_;
    int top_ = 0; // where the next shelf would begin
    std::vector<Shelf> shelves_;
};

} // namespace vitrine
