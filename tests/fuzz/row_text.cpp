// Rows of hostile cells through the layout of text: quads stay in the row, in order.
#include "attachment.h"
#include "input.h"
#include "text/text_engine.h"

#include <memory_resource>
#include <vector>

using namespace vitrine;
using namespace vitrine::fuzz;

namespace {

constexpr char32_t interesting[] = {'a',     ' ',    0x301,   0x200d, 0xfe0f, 0x1f468,  0x1f1e9,
                                    0x0627,  0x0915, 0x2500,  0x28ff, 0xe0b0, 0x10ffff, 0xd800,
                                    0x1fb00, 0xff21, 0x1f3fd, 0xac00, 0x0e33, '='};

char32_t codepoint(Input &input)
{
    const auto choice = input.take<uint8_t>();
    if (choice < 0x60)
        return interesting[choice % std::size(interesting)];
    return choice < 0xf0 ? choice : input.take<uint32_t>();
}

} // namespace

// fontconfig's sets of characters refer to their parts by offsets, which no leak checker follows.
extern "C" const char *__lsan_default_suppressions() { return "leak:libfontconfig"; }

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const std::unique_ptr<TextEngine> engine = TextEngine::load({}).take();
    Input input(data, size);
    const auto columns = input.take<uint8_t>() % 100u;
    std::vector<uint32_t> extras;
    for (unsigned i = input.take<uint8_t>() % 64u; i != 0 && !input.empty(); --i) {
        const auto choice = input.take<uint8_t>();
        extras.push_back((choice & 1) != 0 ? UI_EXTRA(UI_EXTRA_CLUSTER, choice >> 1, choice >> 5)
                                           : static_cast<uint32_t>(codepoint(input)));
    }
    std::vector<uint16_t> boundaries;
    for (unsigned i = input.take<uint8_t>() % 4u; i != 0; --i)
        boundaries.push_back(input.take<uint8_t>());
    std::sort(boundaries.begin(), boundaries.end());
    std::vector<ui_cell_t> cells(columns);
    for (ui_cell_t &cell : cells) {
        const auto look = input.take<uint8_t>();
        cell.codepoint = codepoint(input);
        cell.width = (look & 7) == 7 ? input.take<uint8_t>() : (look & 7) == 6 ? 2 : 1;
        cell.cluster_cont = (look & 0x18) == 0x18 ? input.take<uint8_t>() : look >> 3 & 1;
        cell.attrs = static_cast<uint16_t>(look >> 5);
    }

    std::pmr::monotonic_buffer_resource scratch;
    GlyphQuads quads;
    engine->atlas().begin_frame();
    if (engine->layout().layout({cells, extras, boundaries}, scratch, quads) !=
        LayoutResult::complete)
        return 0;
    const int width = static_cast<int>(columns) * engine->metrics().width;
    for (const GlyphQuad &quad : quads) {
        require(quad.x >= 0 && quad.x + quad.w <= width);
        require(quad.y >= 0 && quad.y + quad.h <= engine->metrics().height);
        require(quad.column < columns);
    }
    return 0;
}
