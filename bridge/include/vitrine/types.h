/*
 * What crosses the boundary between the tmux server and a backend.
 *
 * tmux keeps a grid of packed cells per pane. The shim in the server looks at
 * that grid in place and describes what changed as spans: runs of packed cells
 * of one row, valid only while the callback that hands them over runs. A
 * backend decodes each span once, straight into memory of its own
 * (ui_span_decode()), as ui_cell_t. That is the only copy between tmux's grid
 * and the GPU.
 *
 *   struct          size  lives
 *   ui_cell_t         16  wherever it is stored
 *   ui_span_t         32  the callback
 *   ui_pane_t         48  the callback
 *   ui_pane_style_t   64  the callback
 *   ui_cursor_t       12  by value
 *   ui_frame_times_t  32  the callback
 *   ui_frame_t        80  the callback
 *
 * Colours keep their kind, so that a theme can be applied by the window: see
 * UI_COLOUR_*. What does not fit a cell (further codepoints of a cluster,
 * underline colour) follows the row as extras: see UI_EXTRA_*.
 *
 * Layout is part of the interface: each size and offset is asserted below, in
 * C and in C++, and again by the shim against tmux's own structs.
 */
#ifndef VITRINE_TYPES_H
#define VITRINE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define UI_STATIC_ASSERT(test, text) static_assert(test, text)
#define UI_NOEXCEPT noexcept
extern "C" {
#else
#define UI_STATIC_ASSERT(test, text) _Static_assert(test, text)
#define UI_NOEXCEPT
#endif

/* The version of these headers; a backend made for another is refused. */
#define UI_VERSION 1u

/*
 * Results: zero or a negative code. X(name, value, text); values are never
 * reused and the list only grows.
 */
#define UI_RESULTS(X) \
	X(UI_OK, 0, "no error") \
	X(UI_ERROR_ARGUMENT, -1, "null or nonsensical argument") \
	X(UI_ERROR_SIZE, -2, "struct size is not this version's") \
	X(UI_ERROR_VERSION, -3, "version is not supported") \
	X(UI_ERROR_CALLBACK, -4, "required callback is null") \
	X(UI_ERROR_SPAN_COUNT, -5, "more spans than a frame may hold") \
	X(UI_ERROR_SPAN_NULL, -6, "spans are null with a count") \
	X(UI_ERROR_SPAN_ORDER, -7, "spans overlap or are not in order") \
	X(UI_ERROR_SPAN_RANGE, -8, "span lies outside the frame") \
	X(UI_ERROR_SPAN_PANE, -9, "span names a pane that is not there") \
	X(UI_ERROR_MEMORY, -10, "out of memory") \
	X(UI_ERROR_LIMIT, -11, "size is over the limit") \
	X(UI_ERROR_BUSY, -12, "no frame slot is free") \
	X(UI_ERROR_REGISTERED, -13, "terminal already has a backend") \
	X(UI_ERROR_CLOSED, -14, "other side has gone") \
	X(UI_ERROR_PROTOCOL, -15, "message is not valid") \
	X(UI_ERROR_SYSTEM, -16, "system call failed") \
	X(UI_ERROR_AGAIN, -17, "nothing there yet") \
	X(UI_ERROR_NOT_HOOKED, -18, "tmux has no hooks for a window") \
	X(UI_ERROR_BUFFER, -19, "buffer of the caller is too small") \
	X(UI_ERROR_PANE, -20, "pane is not in the frame")

typedef enum ui_result {
#define UI_RESULT_ENUM(name, value, text) name = value,
	UI_RESULTS(UI_RESULT_ENUM)
#undef UI_RESULT_ENUM
	UI_RESULT_FORCE_INT = 0x7fffffff
} ui_result_t;

/*
 * A colour: the kind in the top byte, the value below. Zero is the terminal's
 * default, so zeroed cells are blank cells.
 */
#define UI_COLOUR_DEFAULT 0x00000000u
#define UI_COLOUR_PALETTE 0x01000000u /* | index 0..255 */
#define UI_COLOUR_RGB 0x02000000u     /* | 0xrrggbb */
#define UI_COLOUR_KIND(c) ((c) & 0xff000000u)

/* Attributes. The values are tmux's GRID_ATTR_*, line drawing aside. */
#define UI_ATTR_BOLD 0x0001u
#define UI_ATTR_DIM 0x0002u
#define UI_ATTR_UNDERLINE 0x0004u
#define UI_ATTR_BLINK 0x0008u
#define UI_ATTR_REVERSE 0x0010u
#define UI_ATTR_HIDDEN 0x0020u
#define UI_ATTR_ITALIC 0x0040u
#define UI_ATTR_STRIKE 0x0100u
#define UI_ATTR_UNDERLINE_DOUBLE 0x0200u
#define UI_ATTR_UNDERLINE_CURLY 0x0400u
#define UI_ATTR_UNDERLINE_DOTTED 0x0800u
#define UI_ATTR_UNDERLINE_DASHED 0x1000u
#define UI_ATTR_OVERLINE 0x2000u
/* An UI_EXTRA_UNDERLINE record of the row covers this cell. */
#define UI_ATTR_UNDERLINE_COLOUR 0x8000u
#define UI_ATTR_UNDERLINES \
	(UI_ATTR_UNDERLINE | UI_ATTR_UNDERLINE_DOUBLE | \
	    UI_ATTR_UNDERLINE_CURLY | UI_ATTR_UNDERLINE_DOTTED | \
	    UI_ATTR_UNDERLINE_DASHED)

/*
 * One cell of the screen.
 *
 * width is 1, or 2 for a wide character, whose right half is a cell with
 * width 0 and codepoint 0. An empty cell has codepoint 0x20. cluster_cont is
 * how many codepoints follow the first in the row's UI_EXTRA_CLUSTER record.
 */
typedef struct ui_cell {
	uint32_t codepoint;
	uint32_t fg_rgb;
	uint32_t bg_rgb;
	uint16_t attrs;
	uint8_t width;
	uint8_t cluster_cont;
} ui_cell_t;
UI_STATIC_ASSERT(sizeof(ui_cell_t) == 16, "ui_cell_t is 16 bytes");
UI_STATIC_ASSERT(offsetof(ui_cell_t, attrs) == 12, "ui_cell_t.attrs at 12");
UI_STATIC_ASSERT(offsetof(ui_cell_t, width) == 14, "ui_cell_t.width at 14");

/*
 * Extras: a sequence of 32-bit words per row, records in order of column. The
 * first word of a record is UI_EXTRA(kind, column, count):
 *   UI_EXTRA_CLUSTER    count codepoints that follow the cell's own
 *   UI_EXTRA_UNDERLINE  one word, the colour of the underline of the
 *                       count cells from column on
 */
#define UI_EXTRA_CLUSTER 1u
#define UI_EXTRA_UNDERLINE 2u
#define UI_EXTRA(kind, column, count) \
	(((uint32_t)(kind) << 28) | ((uint32_t)(column) << 12) | \
	    (uint32_t)(count))
#define UI_EXTRA_KIND(word) ((word) >> 28)
#define UI_EXTRA_COLUMN(word) (((word) >> 12) & 0xffffu)
#define UI_EXTRA_COUNT(word) ((word) & 0xfffu)

/* The largest screen, in cells each way, and the most panes of one frame. */
#define UI_MAX_COLUMNS 4096u
#define UI_MAX_ROWS 2048u
#define UI_MAX_PANES 256u
#define UI_MAX_SPANS (UI_MAX_ROWS * 16u)

/*
 * How tmux packs cells. It differs between versions of tmux, so the shim,
 * which sees tmux.h, tells it once per backend.
 *
 * A packed cell is five bytes: the flags at flags_offset, and at data_offset
 * four bytes, either attributes, foreground, background and character, or an
 * offset into the row's extended entries. These are extended_size bytes apart
 * and begin with: u32 character, u16 attributes, u8 flags, i32 foreground,
 * background and underline colour, without padding.
 */
typedef struct ui_grid_layout {
	uint32_t size; /* sizeof(ui_grid_layout_t) */
	uint8_t flags_offset;
	uint8_t data_offset;
	uint8_t extended_size;
	uint8_t reserved;
	/*
	 * Writes the UTF-8 text of a packed character of more than three
	 * bytes, at most 32 bytes, and returns its length (0 if unknown).
	 * NULL: such characters become U+FFFD.
	 * Called while a span is decoded; the text is cached by the caller of
	 * ui_span_decode(), since tmux never changes what a character means.
	 */
	size_t (*character_text)(uint32_t character, uint8_t text[32]);
} ui_grid_layout_t;
UI_STATIC_ASSERT(sizeof(ui_grid_layout_t) == 16, "ui_grid_layout_t is 16");

/*
 * A view of cells of one row: columns cells of the screen from column on, the
 * first count of which are packed cells in memory; the rest is blank. Cells
 * point into tmux's memory, borrowed until the callback returns. pane is an
 * index into the frame's panes; it gives default colours and palette.
 */
typedef struct ui_span {
	const void *cells;    /* count packed cells, or NULL with count 0 */
	const void *extended; /* extended entries of that row, or NULL */
	uint32_t extended_count;
	uint16_t row;
	uint16_t column;
	uint16_t columns;
	uint16_t count;
	uint16_t pane;
	uint16_t reserved;
} ui_span_t;
UI_STATIC_ASSERT(sizeof(void *) != 8 || sizeof(ui_span_t) == 32,
    "ui_span_t is 32 bytes: the 24 of a bare run, and bounds to check");

/*
 * What else tmux resolves at drawing time: the style of the cells a pane has
 * marked as selected (copy mode), and the colours of the client's theme.
 * Colours are tmux's.
 */
#define UI_STYLE_SELECTION 0x1u /* a selection is shown, in selection_* */
#define UI_STYLE_MERGE 0x2u     /* it adds to a cell's style (tmux 3.8) */
#define UI_STYLE_THEME 0x4u     /* theme is filled in */
typedef struct ui_pane_style {
	int32_t selection_fg;
	int32_t selection_bg;
	int32_t selection_us;
	uint16_t selection_attrs; /* GRID_ATTR_* */
	uint16_t flags;           /* UI_STYLE_* */
	int32_t theme[12];        /* by tmux's COLOUR_THEME_* */
} ui_pane_style_t;
UI_STATIC_ASSERT(sizeof(ui_pane_style_t) == 64, "ui_pane_style_t is 64 bytes");

/* Pane flags. */
#define UI_PANE_ACTIVE 0x1u
#define UI_PANE_MODE 0x2u /* copy mode, choose-tree and the like */
#define UI_PANE_OVERLAY 0x4u /* of the screen: a popup or menu covers panes */

/*
 * A pane as it is on the screen. The entry with index 0 is the screen itself:
 * borders, status line, menus and popups.
 * Colours here are tmux's (8 is the default), as the palettes are: 256 ints
 * each, -1 where unset, or NULL. Borrowed until the callback returns.
 */
typedef struct ui_pane {
	uint32_t id; /* tmux's %id; UINT32_MAX for the screen */
	uint32_t flags;
	int16_t column; /* of its left top cell on the screen */
	int16_t row;
	uint16_t columns;
	uint16_t rows;
	int32_t default_fg;
	int32_t default_bg;
	const int32_t *palette;
	const int32_t *default_palette;
	const ui_pane_style_t *style; /* or NULL: cells as they are */
} ui_pane_t;
UI_STATIC_ASSERT(sizeof(void *) != 8 || sizeof(ui_pane_t) == 48,
    "ui_pane_t is 48 bytes");

/* Cursor shapes; zero is what the user of the window prefers. */
#define UI_CURSOR_DEFAULT 0u
#define UI_CURSOR_BLOCK 1u
#define UI_CURSOR_UNDERLINE 2u
#define UI_CURSOR_BAR 3u

typedef struct ui_cursor {
	uint16_t column; /* on the screen */
	uint16_t row;
	uint32_t colour; /* UI_COLOUR_*; default is up to the window */
	uint8_t shape;   /* UI_CURSOR_* */
	uint8_t visible;
	uint8_t blinking;
	uint8_t reserved;
} ui_cursor_t;
UI_STATIC_ASSERT(sizeof(ui_cursor_t) == 12, "ui_cursor_t is 12 bytes");

/* Modes of the terminal that the window has to know. */
#define UI_MODE_MOUSE 0x1u        /* wants presses, releases and drags */
#define UI_MODE_MOUSE_MOTION 0x2u /* and motion without a button */
#define UI_MODE_BRACKETPASTE 0x4u
#define UI_MODE_FOCUS 0x8u

/*
 * When an echo passed its stages in the server: CLOCK_MONOTONIC in ns, 0 where
 * there is nothing to tell. Only for windows that ask (UI_HELLO_TIMES), and for
 * all while someone asks for reports; for others no clock is read.
 *
 * key_read_ns is of the first key or text since the last echo, parsed_ns of the
 * first write after it by the pane that the key went to. The frame that has
 * both is the one that shows the echo; a key whose echo has not come yet is in
 * every frame until it does, or until another key is read.
 */
typedef struct ui_frame_times {
	uint32_t size; /* sizeof(ui_frame_times_t) */
	uint32_t reserved;
	uint64_t key_read_ns; /* the window's message was read */
	uint64_t parsed_ns;   /* the pane's grid has the echo */
	uint64_t built_ns;    /* the frame's spans were handed over */
} ui_frame_times_t;
UI_STATIC_ASSERT(sizeof(ui_frame_times_t) == 32, "ui_frame_times_t is 32 bytes");
UI_STATIC_ASSERT(offsetof(ui_frame_times_t, built_ns) == 24,
    "ui_frame_times_t.built_ns at 24");

/*
 * What changed since the last frame. Spans are ordered by row, then column; a
 * row that has a span has spans for all of its columns. Rows without a span
 * are as they were. UI_FRAME_FULL: every row is there (size changed, or the
 * first frame).
 */
#define UI_FRAME_FULL 0x1u
typedef struct ui_frame {
	uint32_t size;    /* sizeof(ui_frame_t) */
	uint32_t version; /* UI_VERSION */
	uint64_t sequence;
	const ui_span_t *spans;
	const ui_pane_t *panes;
	uint32_t span_count;
	uint16_t pane_count;
	uint16_t flags; /* UI_FRAME_* */
	uint16_t columns;
	uint16_t rows;
	uint32_t modes; /* UI_MODE_* */
	ui_cursor_t cursor;
	uint32_t reserved;
	uint64_t time_ns; /* CLOCK_MONOTONIC when it was built, or 0 */
	const ui_frame_times_t *times; /* or NULL: nobody asked */
} ui_frame_t;
UI_STATIC_ASSERT(sizeof(void *) != 8 || sizeof(ui_frame_t) == 80,
    "ui_frame_t is 80 bytes");
UI_STATIC_ASSERT(sizeof(void *) != 8 || offsetof(ui_frame_t, times) == 72,
    "ui_frame_t.times at 72");

#ifdef __cplusplus
}
#endif
#endif
