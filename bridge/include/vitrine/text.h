/*
 * The text of a frame: of a pane, of a row of it, of many at once, as UTF-8.
 *
 * A pane's text is what the frame shows in the pane's rectangle, so a popup
 * that lies over it is in it, and of a pane that is cut off by the screen only
 * what is seen. Rows are joined by '\n', the last has none. Clusters are
 * whole; what is no character (the server's cells are not believed) is U+FFFD.
 *
 * There are four ways to have it; all give the same bytes:
 *
 *	vitrine_pane_text()       a string of the caller's, vitrine_string_free()
 *	vitrine_pane_text_copy()  the caller's buffer: ask the size, then fill
 *	vitrine_text_batch()      many texts, one buffer of the caller's, one call
 *	vitrine_pane_text_view()  borrowed from the frame until it is released
 *
 *	size_t length;
 *	vitrine_pane_text_copy(frame, VITRINE_PANE_SCREEN, 0, NULL, 0, &length);
 *	char *buffer = malloc(length + 1);
 *	vitrine_pane_text_copy(frame, VITRINE_PANE_SCREEN, 0, buffer,
 *	    length + 1, &length);
 *
 * Common to all: frame is one of the caller's connection or recording. Pointers
 * taken are borrowed until the function returns. pane is tmux's %id as vitrine_frame_panes() lists it,
 * or VITRINE_PANE_SCREEN; rows count from the pane's top. Lengths and sizes
 * are in bytes; a length leaves out the terminator, which every text has. A
 * frame belongs to the thread of its connection; different connections are
 * independent, and vitrine_string_free() may be called by any thread.
 *
 * Errors of all: UI_ERROR_ARGUMENT (null, an unknown flag, a row that the pane
 * has not), UI_ERROR_PANE (not in this frame), UI_ERROR_MEMORY; ui_last_error()
 * names which. Results are then unchanged, if not said otherwise.
 */
#ifndef VITRINE_TEXT_H
#define VITRINE_TEXT_H

#include "client.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The whole screen with borders and status line, as if it were a pane. */
#define VITRINE_PANE_SCREEN UINT32_MAX

#define VITRINE_TEXT_TRIM_BLANKS 0x1u /* no blanks at the end of a row */
#define VITRINE_TEXT_TRIM_ROWS 0x2u   /* no blank rows at the end */

/* Owned by whoever stores it; the bytes are borrowed, see who fills it. */
typedef struct vitrine_text_view {
	const char *bytes; /* UTF-8, terminated */
	size_t length;
} vitrine_text_view_t;

/* Rows of a pane, by value; row_count 0 is all from first_row on. */
typedef struct vitrine_text_part {
	uint32_t pane;
	uint16_t first_row;
	uint16_t row_count;
} vitrine_text_part_t;
UI_STATIC_ASSERT(sizeof(vitrine_text_part_t) == 8, "text part is 8 bytes");

/*
 * A new string with the pane's, or one row's, text. *text is owned by the
 * caller, for vitrine_string_free(); NULL after an error. length may be NULL.
 */
ui_result_t vitrine_pane_text(const vitrine_frame_t *frame, uint32_t pane,
    uint32_t flags, char **text, size_t *length) UI_NOEXCEPT;
ui_result_t vitrine_row_text(const vitrine_frame_t *frame, uint32_t pane,
    uint16_t row, uint32_t flags, char **text, size_t *length) UI_NOEXCEPT;

/* Frees a string that the functions above returned. NULL is allowed. */
void vitrine_string_free(char *text) UI_NOEXCEPT;

/*
 * The same into the caller's buffer of capacity bytes. *length is the whole
 * text's, whether it fitted or not; it needs one byte more. A NULL buffer with
 * capacity 0 only asks. UI_ERROR_BUFFER: it did not fit; the buffer then holds
 * as many whole characters of its beginning as do, terminated.
 */
ui_result_t vitrine_pane_text_copy(const vitrine_frame_t *frame, uint32_t pane,
    uint32_t flags, char *buffer, size_t capacity, size_t *length) UI_NOEXCEPT;
ui_result_t vitrine_row_text_copy(const vitrine_frame_t *frame, uint32_t pane,
    uint16_t row, uint32_t flags, char *buffer, size_t capacity,
    size_t *length) UI_NOEXCEPT;

/*
 * The texts of count parts, one after the other, each terminated, in the
 * caller's buffer. offsets is the caller's, for count + 1 values: text i is at
 * buffer + offsets[i] and has offsets[i + 1] - offsets[i] - 1 bytes;
 * offsets[count] is the size of all. A NULL buffer with capacity 0 only asks
 * for the offsets. UI_ERROR_BUFFER: the offsets are right, the buffer's content
 * is of no use. Parts are borrowed for the call; a part that is not there
 * fails the whole call, before anything is written.
 */
ui_result_t vitrine_text_batch(const vitrine_frame_t *frame,
    const vitrine_text_part_t *parts, size_t count, uint32_t flags,
    char *buffer, size_t capacity, size_t *offsets) UI_NOEXCEPT;

/*
 * A view of the text. view->bytes is borrowed from the frame, which keeps it
 * until vitrine_frame_release() (vitrine_record_close() for a recording); asked
 * again the same, it is the same view.
 */
ui_result_t vitrine_pane_text_view(vitrine_frame_t *frame, uint32_t pane,
    uint32_t flags, vitrine_text_view_t *view) UI_NOEXCEPT;
ui_result_t vitrine_row_text_view(vitrine_frame_t *frame, uint32_t pane,
    uint16_t row, uint32_t flags, vitrine_text_view_t *view) UI_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
