#include "draw/scene.h"

#include <algorithm>
#include <cmath>
#include <new>

namespace vitrine {

namespace {

std::int16_t to_i16(int value) { return static_cast<std::int16_t>(value); }
std::uint16_t to_u16(int value) { return static_cast<std::uint16_t>(value); }

// Left and right of a run of columns, cut to the clip; empty if left >= right.
struct Extent {
    int left;
    int right;
};

Extent cut(int left, int right, int clip_left, int clip_right)
{
    return {std::max(left, clip_left), std::min(right, clip_right)};
}

} // namespace

void find_backgrounds(const Theme &theme, std::span<const ui_cell_t> cells, BackgroundRuns &out)
{
    std::size_t end = 0;
    for (std::size_t column = 0; column < cells.size(); column = end) {
        const ui_cell_t &first = cells[column];
        // The right half of a wide character looks as its left half does.
        for (end = column + 1; end < cells.size(); end++) {
            if (cells[end].width != 0 && !coloured_alike(cells[end], first))
                break;
        }
        const auto columns = static_cast<std::uint16_t>(end - column);
        const Rgb colour = cell_colours(theme, first).background;
        if (column > 0 && out.back().colour == colour)
            out.back().columns = static_cast<std::uint16_t>(out.back().columns + columns);
        else
            out.push_back({static_cast<std::uint16_t>(column), columns, colour});
    }
}

void Scene::compose(std::span<const CellRect> damage, const GridGeometry &geometry,
                    const Look &look, const Sink &sink)
{
    art_.resize(static_cast<std::size_t>(screen_.rows()));
    batch_.clear();
    starved_ = false;
    text_.begin_frame();
    // Damage is ordered by row, so the rows between its extents are few.
    int end = 0;
    for (const CellRect &rect : damage)
        end = std::max(end, rect.bottom());
    for (int row = damage.empty() ? end : damage.front().row; row < end; row++) {
        const bool damaged = std::any_of(damage.begin(), damage.end(), [row](const CellRect &rect) {
            return row >= rect.row && row < rect.bottom();
        });
        if (!damaged)
            continue;
        if (!prepare(row)) {
            emit(sink);
            text_.begin_frame();
            prepare(row);
        }
        const BatchPoint before = batch_.end();
        try {
            compose_row(row, damage, geometry, look);
        } catch (const std::bad_alloc &) {
            // There is no memory for this row beside those before it.
            batch_.cut(before);
            if (batch_.empty())
                throw;
            emit(sink);
            compose_row(row, damage, geometry, look);
        }
    }
    if (!batch_.empty())
        sink(batch_);
}

void Scene::emit(const Sink &sink)
{
    sink(batch_);
    batch_.clear();
}

// Only letters of ASCII are joined by choice; other scripts cannot do without.
std::optional<Scene::CellPlace> Scene::letter_under_cursor() const
{
    const CellRect cursor = screen_.cursor_rect();
    if (cursor.empty())
        return std::nullopt;
    const ui_cell_t &cell = screen_.row(cursor.row).cells[static_cast<std::size_t>(cursor.column)];
    if (cell.codepoint <= 0x20 || cell.codepoint >= 0x7f)
        return std::nullopt;
    return CellPlace{cursor.row, static_cast<std::uint16_t>(cursor.column)};
}

// Where on the target that is now, or will be once what scrolled was moved.
Scene::CellPlace Scene::after_scrolls(CellPlace place) const
{
    for (const Scroll &scroll : screen_.scrolls()) {
        const CellRect to = {place.column, place.row - scroll.by, 1, 1};
        if (!intersect(to, scroll.to).empty())
            place.row -= scroll.by;
    }
    return place;
}

void Scene::follow_cursor()
{
    const auto before = alone_ ? std::optional(after_scrolls(*alone_)) : std::nullopt;
    alone_ = text_.joins_letters() ? letter_under_cursor() : std::nullopt;
    if (alone_ == before)
        return;
    for (const auto &place : {before, alone_}) {
        if (place)
            screen_.damage_word(place->row, place->column);
    }
}

void Scene::follow_panes()
{
    if (theme_.inactive_text >= 1)
        return;
    auto inactive = screen_.inactive_panes();
    if (inactive == inactive_)
        return;
    inactive_ = std::move(inactive);
    screen_.damage_text();
}

// False if the atlas has no room for the row in this frame.
bool Scene::prepare(int row)
{
    RowArt &art = art_[static_cast<std::size_t>(row)];
    if (!screen_.row(row).changed && art.generation == text_.generation()) {
        text_.keep(art.pages);
        return true;
    }
    const LayoutResult result = make_art(row, art);
    starved_ = starved_ || result == LayoutResult::out_of_memory || result == LayoutResult::partial;
    return result != LayoutResult::atlas_full;
}

void Scene::colour_text(std::span<const ui_cell_t> cells, GlyphQuads &quads) const
{
    const ui_cell_t *before = nullptr;
    Rgb colour = 0;
    for (GlyphQuad &quad : quads) {
        const ui_cell_t &cell = cells[quad.column];
        if (before == nullptr || theme_.minimum_contrast > 1 || !coloured_alike(cell, *before))
            colour = cell_colours(theme_, cell).foreground;
        before = &cell;
        quad.fg = colour;
    }
}

// A row whose text cannot be had is drawn without it, or with a part, and tried again when
// it is drawn next.
LayoutResult Scene::make_art(int row, RowArt &art)
{
    ScreenRow &source = screen_.row(row);
    art.backgrounds.clear();
    art.quads.clear();
    art.lines.clear();
    art.pages = {};
    art.generation = 0;
    find_backgrounds(theme_, source.cells, art.backgrounds);
    find_lines(theme_, source.cells, source.extras, art.lines);
    const auto alone = alone_ && alone_->row == row ? std::optional(alone_->column) : std::nullopt;
    const LayoutResult result =
        text_.layout({source.cells, source.extras, screen_.boundaries(row), alone}, art.quads);
    if (result != LayoutResult::complete && result != LayoutResult::partial)
        return result;
    colour_text(source.cells, art.quads);
    for (const GlyphQuad &quad : art.quads)
        art.pages.add(quad);
    weaken_inactive(row, art);
    if (result == LayoutResult::complete) {
        art.generation = text_.generation();
        source.changed = false;
    }
    return result;
}

void Scene::weaken_inactive(int row, RowArt &art) const
{
    const auto weaken = [&](int column, Rgb &colour) {
        const CellRect cell = {column, row, 1, 1};
        const bool inactive = std::ranges::any_of(
            inactive_, [&](const CellRect &pane) { return !intersect(cell, pane).empty(); });
        if (!inactive)
            return false;
        const auto &cells = screen_.row(row).cells;
        const Rgb behind = cell_colours(theme_, cells[static_cast<std::size_t>(column)]).background;
        colour = mix(colour, behind, theme_.inactive_text);
        return true;
    };
    if (inactive_.empty())
        return;
    for (GlyphQuad &quad : art.quads) {
        if (weaken(quad.column, quad.fg))
            quad.flags |= quad_weak;
    }
    for (LineRun &line : art.lines)
        weaken(line.column, line.colour);
}

void Scene::compose_row(int row, std::span<const CellRect> damage, const GridGeometry &geometry,
                        const Look &look)
{
    for (const CellRect &rect : damage) {
        if (row >= rect.row && row < rect.bottom())
            add_range(row, rect.column, rect.right(), geometry, look);
    }
    batch_.row_ends.push_back(batch_.end());
}

void Scene::add_range(int row, int begin, int end, const GridGeometry &geometry, const Look &look)
{
    const auto clip = [&](int first, int last) {
        return Clip{row, geometry.top + row * geometry.cell_height,
                    geometry.left + first * geometry.cell_width,
                    geometry.left + last * geometry.cell_width, std::nullopt};
    };
    add_backgrounds(clip(begin, end), geometry);
    const CellRect cursor = intersect(screen_.cursor_rect(), {begin, row, end - begin, 1});
    const CursorShape shape = cursor.empty() ? CursorShape::none
                                             : cursor_shape(screen_.cursor(), theme_.cursor_look,
                                                            look.focus, look.cursor_phase);
    if (shape == CursorShape::none) {
        add_content(clip(begin, end), geometry, look);
        return;
    }
    const ui_cell_t &cell = screen_.row(row).cells[static_cast<std::size_t>(cursor.column)];
    const CursorColours colours =
        cursor_colours(theme_, screen_.cursor(), cell_colours(theme_, cell));
    Clip under = clip(cursor.column, cursor.right());
    if (shape != CursorShape::block) {
        add_content(clip(begin, end), geometry, look);
        add_cursor_lines(under, shape, colours.fill);
        return;
    }
    batch_.backgrounds.push_back({to_i16(under.left), to_i16(under.top),
                                  to_u16(under.right - under.left), to_u16(geometry.cell_height),
                                  opaque(colours.fill)});
    under.recolour = colours.text;
    add_content(clip(begin, cursor.column), geometry, look);
    add_content(under, geometry, look);
    add_content(clip(cursor.right(), end), geometry, look);
}

void Scene::add_backgrounds(const Clip &clip, const GridGeometry &geometry)
{
    for (const BackgroundRun &run : art_[static_cast<std::size_t>(clip.row)].backgrounds) {
        const int left = geometry.left + run.column * geometry.cell_width;
        const Extent seen =
            cut(left, left + run.columns * geometry.cell_width, clip.left, clip.right);
        if (seen.left < seen.right)
            batch_.backgrounds.push_back({to_i16(seen.left), to_i16(clip.top),
                                          to_u16(seen.right - seen.left),
                                          to_u16(geometry.cell_height), opaque(run.colour)});
    }
}

void Scene::add_content(const Clip &clip, const GridGeometry &geometry, const Look &look)
{
    if (clip.left >= clip.right)
        return;
    add_glyphs(clip, geometry, look);
    add_lines(clip, geometry, look);
}

void Scene::add_glyphs(const Clip &clip, const GridGeometry &geometry, const Look &look)
{
    const auto &cells = screen_.row(clip.row).cells;
    const std::uint16_t unseen = static_cast<std::uint16_t>(
        UI_ATTR_HIDDEN | (look.text_phase == BlinkPhase::hidden ? UI_ATTR_BLINK : 0u));
    for (const GlyphQuad &quad : art_[static_cast<std::size_t>(clip.row)].quads) {
        const int left = geometry.left + quad.x;
        const Extent seen = cut(left, left + quad.w, clip.left, clip.right);
        if (seen.left >= seen.right || (cells[quad.column].attrs & unseen))
            continue;
        const GlyphInstance glyph = {to_i16(seen.left),
                                     to_i16(clip.top + quad.y),
                                     to_u16(seen.right - seen.left),
                                     quad.h,
                                     to_u16(quad.atlas_x + (seen.left - left)),
                                     quad.atlas_y,
                                     quad.page,
                                     0,
                                     glyph_colour(quad, clip)};
        glyphs_like(quad.flags).push_back(glyph);
    }
}

Rgba Scene::glyph_colour(const GlyphQuad &quad, const Clip &clip) const
{
    if ((quad.flags & (quad_colour | quad_lcd)) != quad_colour)
        return opaque(clip.recolour.value_or(quad.fg));
    return quad.flags & quad_weak ? white_of_strength(theme_.inactive_text) : opaque(0xffffff);
}

Instances<GlyphInstance> &Scene::glyphs_like(std::uint8_t flags)
{
    if (flags & quad_lcd)
        return batch_.lcd_glyphs;
    return flags & quad_colour ? batch_.colour_glyphs : batch_.grey_glyphs;
}

void Scene::add_lines(const Clip &clip, const GridGeometry &geometry, const Look &look)
{
    for (const LineRun &run : art_[static_cast<std::size_t>(clip.row)].lines) {
        const int left = geometry.left + run.column * geometry.cell_width;
        const Extent seen =
            cut(left, left + run.columns * geometry.cell_width, clip.left, clip.right);
        if (seen.left >= seen.right || (run.blinks && look.text_phase == BlinkPhase::hidden))
            continue;
        const LineGeometry line = place_line(metrics_, run.kind, run.style);
        batch_.lines.push_back(
            {to_i16(seen.left), to_i16(clip.top + line.top), to_u16(seen.right - seen.left),
             to_u16(line.height), opaque(clip.recolour.value_or(run.colour)), run.style,
             static_cast<std::uint8_t>(std::min(line.thickness, 255)), to_u16(line.period)});
    }
}

void Scene::add_cursor_lines(const Clip &cell, CursorShape shape, Rgb colour)
{
    const int width = cell.right - cell.left;
    const int height = metrics_.height;
    const auto wanted =
        static_cast<int>(std::lround(metrics_.width * theme_.cursor_look.thickness));
    const int thick = std::min({std::max(wanted, 1), width, height});
    const auto add = [&](int x, int y, int w, int h) {
        batch_.lines.push_back({to_i16(cell.left + x), to_i16(cell.top + y), to_u16(w), to_u16(h),
                                opaque(colour), LineStyle::solid, 1, 1});
    };
    switch (shape) {
    case CursorShape::bar:
        add(0, 0, thick, height);
        break;
    case CursorShape::underline:
        add(0, height - thick, width, thick);
        break;
    case CursorShape::hollow:
        add(0, 0, width, 1);
        add(0, height - 1, width, 1);
        add(0, 1, 1, height - 2);
        add(width - 1, 1, 1, height - 2);
        break;
    default:
        break;
    }
}

} // namespace vitrine
