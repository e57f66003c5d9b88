#include "draw/notice.h"

#include "text/handles.h"

#include <span>

namespace vitrine {

namespace {

// Of its own, so that no theme hides it.
constexpr std::uint32_t foreground = UI_COLOUR_RGB | 0xffffff;
constexpr std::uint32_t background = UI_COLOUR_RGB | 0xa3161f;
constexpr std::uint32_t ellipsis = 0x2026;

ui_cell_t cell_of(std::uint32_t codepoint)
{
    return {codepoint, foreground, background, UI_ATTR_BOLD, 1, 0};
}

// What is no UTF-8 becomes U+FFFD.
std::vector<std::uint32_t> decode(std::string_view text)
{
    const HbBufferHandle buffer(hb_buffer_create());
    const int length = static_cast<int>(text.size());
    hb_buffer_add_utf8(buffer.get(), text.data(), length, 0, length);
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
    std::vector<std::uint32_t> codepoints;
    for (const hb_glyph_info_t &info : std::span(infos, count))
        codepoints.push_back(info.codepoint < 0x20 ? ' ' : info.codepoint);
    return codepoints;
}

} // namespace

std::vector<ui_cell_t> notice_cells(std::string_view text, int columns)
{
    const auto room = static_cast<std::size_t>(columns);
    const std::vector<std::uint32_t> codepoints = decode(text);
    const std::size_t begin = codepoints.size() > room ? codepoints.size() - room : 0;
    std::vector<ui_cell_t> cells(room, cell_of(' '));
    for (std::size_t i = begin; i < codepoints.size(); i++)
        cells[i - begin] = cell_of(codepoints[i]);
    if (begin > 0 && room > 0)
        cells.front() = cell_of(ellipsis);
    return cells;
}

} // namespace vitrine
