#include "decoder.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstring>

#include "expiring_frame.h"

namespace vitrine {
namespace {

// tmux's GRID_FLAG_* and the one attribute that is not ours too; asserted by the shim.
constexpr uint32_t kFlagFg256 = 0x1;
constexpr uint32_t kFlagBg256 = 0x2;
constexpr uint32_t kFlagPadding = 0x4;
constexpr uint32_t kFlagExtended = 0x8;
constexpr uint32_t kFlagSelected = 0x10;
constexpr uint32_t kFlagNoPalette = 0x20;
constexpr uint32_t kFlagCleared = 0x40;
constexpr uint32_t kFlagTab = 0x80;
constexpr uint32_t kAttrCharset = 0x80;
constexpr uint32_t kAttrNoAttr = 0x4000;

constexpr uint32_t kAttrs = UI_ATTR_BOLD | UI_ATTR_DIM | UI_ATTR_UNDERLINE | UI_ATTR_BLINK |
                            UI_ATTR_REVERSE | UI_ATTR_HIDDEN | UI_ATTR_ITALIC | UI_ATTR_STRIKE |
                            UI_ATTR_UNDERLINES | UI_ATTR_OVERLINE;
// An extended cell with any of these flags is more than a character.
constexpr uint32_t kExtendedSpecial = kFlagPadding | kFlagSelected | kFlagNoPalette | kFlagTab;
constexpr uint32_t kPackedBytes = 5;
constexpr uint32_t kOneByteCharacter = 1u << 24 | 2u << 29;

template <typename Value>
Value load(const uint8_t *from) noexcept
{
    Value value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

// Where the parts of a packed cell are in the 64-bit word that begins with it.
template <unsigned FlagsOffset, unsigned DataOffset>
struct Packing {
    static constexpr unsigned kFlags = FlagsOffset * 8;
    static constexpr unsigned kData = DataOffset * 8;
    // A cell with any of these bits is not plain.
    static constexpr uint64_t kSpecial = uint64_t{0xff & ~(kFlagFg256 | kFlagBg256 | kFlagCleared)}
                                             << kFlags |
                                         uint64_t{kAttrCharset} << kData;
    // What a plain cell has beside its character.
    static constexpr uint64_t kStyle =
        uint64_t{kFlagFg256 | kFlagBg256} << kFlags | uint64_t{0xffffff} << kData;

    static uint32_t flags(uint64_t word) noexcept { return word >> kFlags & 0xff; }
    static uint32_t data(uint64_t word) noexcept { return static_cast<uint32_t>(word >> kData); }
};

// A cell as tmux's grid_get_cell() returns it.
struct Unpacked {
    uint32_t character;
    uint32_t attrs;
    uint32_t flags;
    int32_t fg;
    int32_t bg;
    int32_t us;
};

constexpr Unpacked kBlank = {
    kOneByteCharacter | ' ', 0, 0, kTmuxDefault, kTmuxDefault, kTmuxDefault};

// 3.3a says 0 where later versions say 8; only 256 and RGB colours can be asked for.
constexpr bool is_default_underline(int32_t colour) noexcept
{
    return (colour | kTmuxDefault) == kTmuxDefault;
}

ui_cell_t make_cell(uint32_t codepoint, uint32_t fg, uint32_t bg, uint32_t attrs,
                    uint8_t width) noexcept
{
    return {codepoint, fg, bg, static_cast<uint16_t>(attrs), width, 0};
}

// A cell of one column for two stores; the codepoint is to be added to the first.
struct Halves {
    uint64_t low;
    uint64_t high;
};
constexpr uint64_t kOneColumn = uint64_t{1} << 48;

constexpr Halves make_halves(uint32_t fg, uint32_t bg, uint32_t attrs) noexcept
{
    return {uint64_t{fg} << 32, kOneColumn | uint64_t{attrs} << 32 | bg};
}

void store(ui_cell_t *cell, const Halves &halves) noexcept
{
    std::memcpy(cell, &halves, sizeof *cell);
}
static_assert(sizeof(Halves) == sizeof(ui_cell_t) && offsetof(ui_cell_t, fg_rgb) == 4 &&
              offsetof(ui_cell_t, bg_rgb) == 8 && offsetof(ui_cell_t, width) == 14 &&
              std::endian::native == std::endian::little);

// What an extended entry has beside its character, as it lies in tmux's grid_extd_entry: attrs,
// flags and the three colours, without padding; in two words that share a byte of the background.
class ExtendedStyle {
public:
    ExtendedStyle() = default;
    explicit ExtendedStyle(const uint8_t *entry) noexcept
        : low_(load<uint64_t>(entry + 4)),
          high_(load<uint64_t>(entry + 11))
    {
    }

    uint32_t attrs() const noexcept { return low_ & 0xffff; }
    uint32_t flags() const noexcept { return low_ >> 16 & 0xff; }
    int32_t fg() const noexcept { return static_cast<int32_t>(low_ >> 24); }
    int32_t bg() const noexcept { return static_cast<int32_t>(high_); }
    int32_t us() const noexcept { return static_cast<int32_t>(high_ >> 32); }
    // Whether it is more than a character in a style.
    bool special() const noexcept
    {
        return (attrs() & kAttrCharset) || (flags() & kExtendedSpecial) ||
               !is_default_underline(us());
    }
    bool operator==(const ExtendedStyle &) const = default;

private:
    uint64_t low_ = ~uint64_t{0}; // of no entry: the shared byte differs
    uint64_t high_ = 0;
};

template <typename Pack>
class SpanDecoder {
public:
    SpanDecoder(ui_decoder &decoder, const ui_span_t &span, const ui_pane_t &pane, ui_cell_t *cells,
                ExtraWriter &extras) noexcept
        : decoder_(decoder),
          span_(span),
          pane_(pane),
          pane_colours_(PaneColours::of(pane)),
          bare_colours_(pane_colours_.bare()),
          table_(decoder.colours.find(pane_colours_)),
          packed_(static_cast<const uint8_t *>(span.cells)),
          cells_(cells),
          extras_(extras)
    {
    }

    void run() noexcept
    {
        uint32_t at = 0;
        while (at < span_.count) {
            at = plain_cells(at);
            at = extended_cells(at);
            if (at < span_.count)
                at += special_cell(at);
        }
        const ui_cell_t blank =
            make_cell(' ', table_.fg[kTmuxDefault], table_.bg[kTmuxDefault], 0, 1);
        std::fill(cells_ + at, cells_ + std::max<uint32_t>(at, span_.columns), blank);
    }

private:
    // Decodes plain cells and returns the first that is not. A cell is loaded with three bytes
    // of the next, so the last one is left for the slow path. Neighbours mostly look alike: what
    // a cell has beside its character is looked up where it changes.
    uint32_t plain_cells(uint32_t at) noexcept
    {
        const uint32_t end = span_.count - 1u;
        const uint32_t *fg = table_.fg.data();
        const uint32_t *bg = table_.bg.data();
        const uint8_t *packed = packed_ + at * kPackedBytes;
        ui_cell_t *cell = cells_ + at;
        uint64_t style = ~uint64_t{0};
        Halves blank{};
        for (; at < end; ++at, packed += kPackedBytes, ++cell) {
            const uint64_t word = load<uint64_t>(packed);
            if (word & Pack::kSpecial)
                break;
            const uint32_t data = Pack::data(word);
            if ((word & Pack::kStyle) != style) {
                const uint32_t flags = Pack::flags(word);
                style = word & Pack::kStyle;
                blank = make_halves(
                    fg[(data >> 8 & 0xff) | (flags & kFlagFg256) << 8 | (data & 1) << 9],
                    bg[(data >> 16 & 0xff) | (flags & kFlagBg256) << 7], data & 0x7f);
            }
            store(cell, {blank.low | kAscii[data >> 24], blank.high});
        }
        return at;
    }

    // The same for extended cells without a colour of the underline: text in RGB, in other
    // scripts, in box drawing.
    uint32_t extended_cells(uint32_t at) noexcept
    {
        const auto *entries = static_cast<const uint8_t *>(span_.extended);
        const size_t entry_size = decoder_.layout.extended_size;
        ExtendedStyle style{};
        Halves blank{};
        while (at < span_.count && (flags_at(at) & kFlagExtended)) {
            const uint32_t offset = data_at(at);
            if (offset >= span_.extended_count || entries == nullptr) [[unlikely]]
                break;
            const uint8_t *entry = entries + offset * entry_size;
            const ExtendedStyle own(entry);
            if (own != style) {
                if (own.special())
                    break;
                style = own;
                blank = make_halves(table_.foreground(own.fg(), own.attrs() & 1, pane_colours_),
                                    table_.background(own.bg(), pane_colours_),
                                    own.attrs() & kAttrs);
            }
            const uint32_t packed = load<uint32_t>(entry);
            const bool wide = packed >> 29 == 3;
            if (wide ? at + 1 >= span_.columns : packed >> 29 != 2)
                break;
            const Halves whole = {blank.low, blank.high + (wide ? kOneColumn : 0)};
            const uint32_t codepoint = short_character(packed);
            if (codepoint != 0) [[likely]]
                store(cells_ + at, {whole.low | codepoint, whole.high});
            else
                long_character(at, packed, whole);
            ++at;
            if (wide) {
                store(cells_ + at, {blank.low, blank.high - kOneColumn});
                ++at;
            }
        }
        return at;
    }

    void long_character(uint32_t at, uint32_t packed, const Halves &whole) noexcept
    {
        const Character &character = decoder_.characters.unpack(packed);
        store(cells_ + at, {whole.low | character.first(), whole.high});
        combine(at, character);
    }

    // What combines with a cell's first codepoint.
    void combine(uint32_t at, const Character &character) noexcept
    {
        if (character.count > 1)
            cells_[at].cluster_cont = extras_.cluster(span_.column + at, character.rest());
    }

    uint32_t data_at(uint32_t at) const noexcept
    {
        return load<uint32_t>(packed_ + at * kPackedBytes + Pack::kData / 8);
    }
    uint32_t flags_at(uint32_t at) const noexcept
    {
        assert(!kExpireViews || at < span_.count);
        return packed_[at * kPackedBytes + Pack::kFlags / 8];
    }

    Unpacked unpack(uint32_t at) const noexcept
    {
        const uint32_t flags = flags_at(at);
        const uint32_t data = data_at(at);
        if (~flags & kFlagExtended) {
            const int32_t fg = static_cast<int32_t>(data >> 8 & 0xff);
            const int32_t bg = static_cast<int32_t>(data >> 16 & 0xff);
            return {kOneByteCharacter | data >> 24,
                    data & 0xff,
                    flags,
                    fg | (flags & kFlagFg256 ? kTmux256 : 0),
                    bg | (flags & kFlagBg256 ? kTmux256 : 0),
                    kTmuxDefault};
        }
        if (data >= span_.extended_count || span_.extended == nullptr)
            return kBlank;
        const uint8_t *entry = static_cast<const uint8_t *>(span_.extended) +
                               size_t{data} * decoder_.layout.extended_size;
        return {load<uint32_t>(entry),    load<uint16_t>(entry + 4), entry[6],
                load<int32_t>(entry + 7), load<int32_t>(entry + 11), load<int32_t>(entry + 15)};
    }

    // Decodes one cell of any kind and returns how many columns that filled.
    uint32_t special_cell(uint32_t at) noexcept
    {
        Unpacked cell = unpack(at);
        if (cell.flags & (kFlagPadding | kFlagSelected | kFlagTab)) [[unlikely]] {
            // The right half of a wide character is written with the left: this one lost it.
            if (cell.flags & kFlagPadding)
                cell.character = kOneByteCharacter | ' ';
            if (cell.flags & kFlagSelected)
                select(cell);
            if (cell.flags & kFlagTab)
                return tab(at, cell);
        }
        return character(at, cell);
    }

    uint32_t character(uint32_t at, const Unpacked &cell) noexcept
    {
        const Character *whole = nullptr;
        uint32_t codepoint = short_character(cell.character);
        if (codepoint == 0) {
            whole = &decoder_.characters.unpack(cell.character);
            codepoint = whole->first();
        }
        // A terminal draws the first byte in that set, whatever combines with it.
        if (cell.attrs & kAttrCharset && codepoint < 0x80)
            codepoint = line_drawing(static_cast<uint8_t>(codepoint));
        uint32_t width = cell.character >> 29 == 3 ? 2 : 1;
        if (width == 2 && at + 1 >= span_.columns) {
            codepoint = ' ';
            width = 1;
            whole = nullptr;
        }
        style(at, cell, codepoint, width);
        if (whole != nullptr)
            combine(at, *whole);
        return width;
    }

    // Writes width columns: the character and, if it is wide, its right half.
    void style(uint32_t at, const Unpacked &cell, uint32_t codepoint, uint32_t width) noexcept
    {
        const bool own = ~cell.flags & kFlagNoPalette;
        const ColourTable &table = own ? table_ : kPlainColours;
        const PaneColours &colours = own ? pane_colours_ : bare_colours_;
        assert(!kExpireViews || at + width <= span_.columns);
        ui_cell_t *out = cells_ + at;
        *out = make_cell(codepoint, table.foreground(cell.fg, cell.attrs & 1, colours),
                         table.background(cell.bg, colours), cell.attrs & kAttrs,
                         static_cast<uint8_t>(width));
        if ((cell.attrs & UI_ATTR_UNDERLINES) && !is_default_underline(cell.us)) [[unlikely]] {
            const uint32_t colour = colours.resolve_underline(cell.us);
            if (colour != UI_COLOUR_DEFAULT && extras_.underline(span_.column + at, colour, width))
                out->attrs |= UI_ATTR_UNDERLINE_COLOUR;
        }
        if (width == 2)
            out[1] = make_cell(0, out->fg_rgb, out->bg_rgb, out->attrs, 0);
    }

    // tmux's screen_select_cell().
    void select(Unpacked &cell) const noexcept
    {
        const ui_pane_style_t *style = pane_.style;
        if (style == nullptr || (style->flags & UI_STYLE_SELECTION) == 0)
            return;
        const bool merge = style->flags & UI_STYLE_MERGE;
        const uint32_t attrs = style->selection_attrs & ~kAttrCharset;
        const bool keeps = merge && (attrs & kAttrNoAttr) == 0;
        const auto is_default = [](int32_t colour) { return colour == 8 || colour == 9; };
        cell.attrs = attrs | (cell.attrs & (keeps ? ~0u : kAttrCharset));
        if (!merge || !is_default(style->selection_fg))
            cell.fg = style->selection_fg;
        if (!merge || !is_default(style->selection_bg))
            cell.bg = style->selection_bg;
        cell.us = style->selection_us;
    }

    // A tab is its first cell, which holds its width, and padding: blanks of one style.
    uint32_t tab(uint32_t at, Unpacked cell) noexcept
    {
        const uint32_t last = std::min<uint32_t>(span_.count - at, cell.character);
        cell.attrs &= ~kAttrCharset;
        uint32_t width = 0;
        do {
            style(at + width, cell, ' ', 1);
            ++width;
        } while (width < last && (flags_at(at + width) & kFlagPadding));
        return width;
    }

    ui_decoder &decoder_;
    const ui_span_t span_; // by value: a reference would be read again after each store
    const ui_pane_t &pane_;
    const PaneColours pane_colours_;
    // For cells that the pane's own colours do not touch; the theme is not the pane's.
    const PaneColours bare_colours_;
    const ColourTable &table_;
    const uint8_t *packed_;
    ui_cell_t *cells_;
    ExtraWriter &extras_;
};

} // namespace

ui_result_t check_layout(const ui_grid_layout_t *layout) noexcept
{
    if (layout == nullptr)
        return fail(UI_ERROR_ARGUMENT, "grid layout is null");
    if (layout->size != sizeof *layout)
        return fail(UI_ERROR_SIZE, "grid layout has %u bytes, not %zu", layout->size,
                    sizeof *layout);
    const bool flags_last = layout->flags_offset == 4 && layout->data_offset == 0;
    const bool flags_first = layout->flags_offset == 0 && layout->data_offset == 1;
    if (!flags_last && !flags_first)
        return fail(UI_ERROR_ARGUMENT, "grid layout has flags at %u and data at %u",
                    layout->flags_offset, layout->data_offset);
    if (layout->extended_size < 19)
        return fail(UI_ERROR_ARGUMENT, "grid layout has extended entries of %u bytes",
                    layout->extended_size);
    return UI_OK;
}

} // namespace vitrine

void ui_decoder::decode(const ui_span_t &span, const ui_pane_t &pane, ui_cell_t *cells,
                        vitrine::ExtraWriter &extras) noexcept
{
    using namespace vitrine;
    if (layout.flags_offset == 0)
        SpanDecoder<Packing<0, 1>>(*this, span, pane, cells, extras).run();
    else
        SpanDecoder<Packing<4, 0>>(*this, span, pane, cells, extras).run();
}

extern "C" {

ui_result_t ui_decoder_create(const ui_grid_layout_t *layout, ui_decoder_t **decoder) noexcept
{
    using namespace vitrine;
    if (decoder == nullptr)
        return fail(UI_ERROR_ARGUMENT, "decoder is null");
    *decoder = nullptr;
    const ui_result_t result = check_layout(layout);
    if (result != UI_OK)
        return result;
    return barrier([&] {
        *decoder = std::make_unique<ui_decoder>(*layout).release();
        return UI_OK;
    });
}

void ui_decoder_destroy(ui_decoder_t *decoder) noexcept
{
    const std::unique_ptr<ui_decoder> owner(decoder);
}

ui_result_t ui_span_decode(ui_decoder_t *decoder, const ui_span_t *span, const ui_pane_t *pane,
                           ui_cell_t *cells, uint32_t *extras, uint32_t extra_capacity,
                           uint32_t *extra_words) noexcept
{
    using namespace vitrine;
    if (decoder == nullptr || span == nullptr || pane == nullptr || cells == nullptr ||
        extra_words == nullptr || (extras == nullptr && extra_capacity != 0))
        return fail(UI_ERROR_ARGUMENT, "null argument");
    if (span->cells == nullptr && span->count != 0)
        return fail(UI_ERROR_ARGUMENT, "span has %u cells at null", span->count);
    if (span->count > span->columns)
        return fail(UI_ERROR_SPAN_RANGE, "span has %u cells for %u columns", span->count,
                    span->columns);
    ExtraWriter writer(extras, extra_capacity, std::min(*extra_words, extra_capacity));
    const uint32_t missing = *extra_words - writer.written();
    decoder->decode(*span, *pane, cells, writer);
    *extra_words = writer.needed() + missing;
    if (!writer.complete() || missing != 0)
        return fail(UI_ERROR_LIMIT, "row needs %u words of extras", *extra_words);
    return UI_OK;
}

} // extern "C"
