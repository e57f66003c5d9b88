/*
 * The stream between the server and a window, and the shared memory beside it.
 *
 * A stream socket carries messages: an 8-byte header, then a body of header
 * length bytes. Little-endian, no padding, every size checked before use. Each
 * side begins with hello; all later versions keep the header and the first
 * eight bytes of a hello's body (magic, version), so that a mismatch can be
 * named: the side that sees it sends exit with a text and closes.
 *
 *	window                              server
 *	hello  ------------------------------>
 *	       <------------------------------ hello
 *	credit(UINT32_MAX) ------------------>   one frame may come
 *	       <------------------------------ pool (+ descriptor)
 *	       <------------------------------ frame(slot 0, sequence 1)
 *	credit(slot 0) ---------------------->   slot 0 is free, next may come
 *
 * Frames do not travel: a memfd, sealed against shrinking, growing and writing
 * by others, holds UI_POOL_SLOTS whole screens. A slot belongs to the server
 * until it is named in a frame message, then to the window until it is named
 * in a credit message.
 *
 * There is one credit. A frame message uses it up, the credit message that
 * names its slot gives it back, so at most one frame is on its way or with the
 * window. Another size, or more extras than there is room for, needs another
 * pool; it is made for a frame and announced right before it, so no slot of a
 * pool is held when the pool is replaced, and a credit that names anything but
 * the frame that is out is an error.
 *
 * Who wants to know what windows hold and do says so in its hello
 * (UI_HELLO_REPORTS); it is attached to no session and gets no frames:
 *
 *	report_ask  ------------------------->   each window is asked
 *	       <------------------------------ reported, the server's own
 *	            window: report_wanted, report
 *	       <------------------------------ reported, that window's
 *
 * Numbers of messages are never reused; 0x00 to 0x3f go to the server, 0x40 to
 * 0x7f to the window; exit goes both ways.
 */
#ifndef VITRINE_PROTOCOL_H
#define VITRINE_PROTOCOL_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define UI_PROTOCOL_MAGIC 0x52544956u /* "VITR" */
#define UI_PROTOCOL_VERSION 2u

/* The longest body: texts and pastes are split above it. */
#define UI_MESSAGE_MAX 65536u

typedef struct ui_message_header {
	uint32_t length; /* of the body */
	uint16_t type;
	uint16_t reserved;
} ui_message_header_t;
UI_STATIC_ASSERT(sizeof(ui_message_header_t) == 8, "header is 8 bytes");

/* To the server. */
#define UI_MSG_HELLO 0x01u
#define UI_MSG_RESIZE 0x02u
#define UI_MSG_KEY 0x03u
#define UI_MSG_TEXT 0x04u /* UTF-8 */
#define UI_MSG_MOUSE 0x05u
#define UI_MSG_PASTE 0x06u /* ui_msg_paste_t, then bytes */
#define UI_MSG_FOCUS 0x07u /* u32 */
#define UI_MSG_CREDIT 0x08u
#define UI_MSG_COMMAND 0x09u /* UTF-8 */
#define UI_MSG_DETACH 0x0au  /* empty */
#define UI_MSG_COLOURS 0x0bu
#define UI_MSG_REPORT_ASK 0x0cu /* empty */
/* ui_report_t up to memory.usage[memory.usage_count]; so is UI_MSG_REPORTED. */
#define UI_MSG_REPORT 0x0du

/* To the window. */
#define UI_MSG_SERVER_HELLO 0x40u
#define UI_MSG_POOL 0x41u /* with one descriptor */
#define UI_MSG_FRAME 0x42u
#define UI_MSG_TITLE 0x43u
#define UI_MSG_BELL 0x44u
#define UI_MSG_CLIPBOARD 0x45u /* ui_msg_clipboard_t, then bytes */
#define UI_MSG_PANE_CLOSED 0x46u /* u32 */
#define UI_MSG_EXIT 0x47u      /* UTF-8: why, for a person */
#define UI_MSG_REPORT_WANTED 0x48u /* empty */
#define UI_MSG_REPORTED 0x49u

typedef struct ui_msg_hello {
	uint32_t magic;
	uint32_t version;
	uint32_t flags; /* UI_HELLO_* */
	uint32_t pane;
	uint16_t columns;
	uint16_t rows;
	uint16_t cell_width;
	uint16_t cell_height;
} ui_msg_hello_t;
UI_STATIC_ASSERT(sizeof(ui_msg_hello_t) == 24, "hello is 24 bytes");

typedef struct ui_msg_server_hello {
	uint32_t magic;
	uint32_t version;
	uint32_t flags;
	uint32_t reserved;
} ui_msg_server_hello_t;
UI_STATIC_ASSERT(sizeof(ui_msg_server_hello_t) == 16, "hello is 16 bytes");

typedef struct ui_msg_resize {
	uint16_t columns;
	uint16_t rows;
	uint16_t cell_width;
	uint16_t cell_height;
} ui_msg_resize_t;
UI_STATIC_ASSERT(sizeof(ui_msg_resize_t) == 8, "resize is 8 bytes");

typedef struct ui_msg_key {
	uint32_t key;
	uint32_t modifiers;
} ui_msg_key_t;
UI_STATIC_ASSERT(sizeof(ui_msg_key_t) == 8, "key is 8 bytes");

typedef struct ui_msg_mouse {
	uint8_t event;
	uint8_t button;
	uint16_t modifiers;
	uint16_t column;
	uint16_t row;
} ui_msg_mouse_t;
UI_STATIC_ASSERT(sizeof(ui_msg_mouse_t) == 8, "mouse is 8 bytes");

#define UI_PASTE_FIRST 0x1u
#define UI_PASTE_LAST 0x2u
typedef struct ui_msg_paste {
	uint32_t flags; /* UI_PASTE_* */
} ui_msg_paste_t;

typedef struct ui_msg_credit {
	uint32_t pool; /* the pool's number */
	uint32_t slot; /* UINT32_MAX: none, the first credit */
} ui_msg_credit_t;
UI_STATIC_ASSERT(sizeof(ui_msg_credit_t) == 8, "credit is 8 bytes");

typedef struct ui_msg_pool {
	uint32_t pool; /* its number; grows by one with each */
	uint32_t reserved;
	uint64_t bytes; /* of the memory, the size it is sealed at */
} ui_msg_pool_t;
UI_STATIC_ASSERT(sizeof(ui_msg_pool_t) == 16, "pool is 16 bytes");

typedef struct ui_msg_frame {
	uint32_t pool;
	uint32_t slot;
	uint64_t sequence;
} ui_msg_frame_t;
UI_STATIC_ASSERT(sizeof(ui_msg_frame_t) == 16, "frame is 16 bytes");

/* Of text that has none of its own: 0xrrggbb. */
typedef struct ui_msg_colours {
	uint32_t foreground;
	uint32_t background;
} ui_msg_colours_t;
UI_STATIC_ASSERT(sizeof(ui_msg_colours_t) == 8, "colours are 8 bytes");

/* A clipboard text comes in pieces; total is the whole length. */
typedef struct ui_msg_clipboard {
	uint32_t total;
	uint32_t offset;
	char selection[8]; /* zero-padded */
} ui_msg_clipboard_t;
UI_STATIC_ASSERT(sizeof(ui_msg_clipboard_t) == 16, "clipboard is 16 bytes");

/*
 * The shared memory: a header, then slots of slot_bytes each at
 * slots_offset. A slot is ui_slot_t, rows of ui_slot_row_t, rows * columns of
 * ui_cell_t, rows * extra_words of u32. All offsets are multiples of 64.
 */
#define UI_POOL_SLOTS 3u

typedef struct ui_pool_header {
	uint32_t magic;
	uint32_t version; /* UI_PROTOCOL_VERSION */
	uint32_t slot_count;
	uint16_t columns;
	uint16_t rows;
	uint32_t extra_words; /* room for extras per row, in words */
	uint32_t slots_offset;
	uint64_t slot_bytes;
	uint32_t rows_offset;  /* from the slot's beginning */
	uint32_t cells_offset;
	uint32_t extras_offset;
	uint32_t reserved;
	uint64_t sequence; /* recordings only: odd while one is written */
	uint64_t reserved2;
} ui_pool_header_t;
UI_STATIC_ASSERT(sizeof(ui_pool_header_t) == 64, "pool header is 64 bytes");

typedef struct ui_slot_pane {
	uint32_t id;
	uint32_t flags; /* UI_PANE_* */
	int16_t column;
	int16_t row;
	uint16_t columns;
	uint16_t rows;
} ui_slot_pane_t;
UI_STATIC_ASSERT(sizeof(ui_slot_pane_t) == 16, "slot pane is 16 bytes");

typedef struct ui_slot {
	uint64_t sequence;
	uint64_t time_ns;
	ui_cursor_t cursor;
	uint32_t modes; /* UI_MODE_* */
	uint32_t pane_count;
	uint32_t reserved;
	uint64_t key_read_ns; /* of ui_frame_times_t, as is time_ns */
	uint64_t parsed_ns;
	uint64_t reserved2;
	ui_slot_pane_t panes[UI_MAX_PANES];
} ui_slot_t;
UI_STATIC_ASSERT(sizeof(ui_slot_t) == 64 + 16 * UI_MAX_PANES, "slot header");
UI_STATIC_ASSERT(offsetof(ui_slot_t, key_read_ns) == 40, "slot times at 40");
UI_STATIC_ASSERT(offsetof(ui_slot_t, panes) == 64, "slot panes at 64");

/* A row whose generation is newer than what was drawn is to be drawn. */
typedef struct ui_slot_row {
	uint64_t generation; /* the sequence of the frame that changed it */
	uint32_t extra_words; /* how many are used */
	uint32_t reserved;
} ui_slot_row_t;
UI_STATIC_ASSERT(sizeof(ui_slot_row_t) == 16, "slot row is 16 bytes");

#ifdef __cplusplus
}
#endif
#endif
