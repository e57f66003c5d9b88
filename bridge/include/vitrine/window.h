/*
 * The window backend: frames into shared memory, events onto a stream, input
 * back. The server's half of an attachment.
 *
 * It owns the descriptor of the stream, which it makes non-blocking, and the
 * frame pool, a sealed memfd that the window maps read-only. It never blocks:
 * what the stream does not take is queued up to a limit, and past it the
 * window has lost its attachment (UI_ERROR_CLOSED), nothing more.
 *
 * The caller waits for readiness of ui_window_descriptor() in an event loop of
 * its own and calls ui_window_read() when it can be read, ui_window_flush()
 * when it can be written and ui_window_wants_write(). Pointers taken are
 * borrowed until the function returns, where it does not say otherwise.
 */
#ifndef VITRINE_WINDOW_H
#define VITRINE_WINDOW_H

#include "backend.h"
#include "report.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ui_window ui_window_t;

/* Modifiers of keys and mouse events. */
#define UI_MOD_SHIFT 0x1u
#define UI_MOD_ALT 0x2u
#define UI_MOD_CTRL 0x4u
#define UI_MOD_KEYPAD 0x8u /* the key is of the keypad */

/*
 * Keys: a Unicode codepoint, or one of these. Keypad keys that type a
 * character in number mode are that character with UI_MOD_KEYPAD; Enter of the
 * keypad is UI_KEY_ENTER with it.
 */
#define UI_KEY_BASE 0x110000u
#define UI_KEYS(X) \
	X(ESCAPE, 1) X(ENTER, 2) X(TAB, 3) X(BACKSPACE, 4) X(INSERT, 5) \
	X(DELETE, 6) X(HOME, 7) X(END, 8) X(PAGE_UP, 9) X(PAGE_DOWN, 10) \
	X(UP, 11) X(DOWN, 12) X(LEFT, 13) X(RIGHT, 14) \
	X(F1, 21) X(F2, 22) X(F3, 23) X(F4, 24) X(F5, 25) X(F6, 26) \
	X(F7, 27) X(F8, 28) X(F9, 29) X(F10, 30) X(F11, 31) X(F12, 32)
enum ui_key {
#define UI_KEY_ENUM(name, value) UI_KEY_##name = (int)(UI_KEY_BASE + value),
	UI_KEYS(UI_KEY_ENUM)
#undef UI_KEY_ENUM
	UI_KEY_FORCE_INT = 0x7fffffff
};

/* Mouse events. Buttons as in X: 1 left, 2 middle, 3 right, 4 and 5 the wheel
 * up and down, 6 and 7 left and right, 8 to 11 the further ones. */
#define UI_MOUSE_PRESS 1u
#define UI_MOUSE_RELEASE 2u
#define UI_MOUSE_DRAG 3u   /* moved to another cell with button held */
#define UI_MOUSE_MOTION 4u /* moved to another cell, button is 0 */

/* What the window wants, from its hello. */
#define UI_HELLO_PANE 0x1u        /* show only one pane: .pane */
#define UI_HELLO_IGNORE_SIZE 0x2u /* take the size that is, set none */
#define UI_HELLO_TIMES 0x4u       /* frames carry ui_frame_times_t */
#define UI_HELLO_REPORTS 0x8u     /* no window: asks for reports */
typedef struct ui_hello {
	uint32_t size; /* sizeof(ui_hello_t) */
	uint32_t flags; /* UI_HELLO_* */
	uint32_t pane;  /* with UI_HELLO_PANE: %id, UINT32_MAX is the active */
	uint16_t columns;
	uint16_t rows;
	uint16_t cell_width; /* px */
	uint16_t cell_height;
} ui_hello_t;

/*
 * What the window sends, called from ui_window_read(). Pointers are borrowed
 * until the callback returns. All are required. A callback may destroy
 * nothing; it sets what it needs and acts after ui_window_read() returned.
 */
typedef struct ui_input {
	uint32_t size; /* sizeof(ui_input_t) */
	uint32_t reserved;
	void (*on_hello)(void *user_data, const ui_hello_t *hello);
	/* Cells, and the size of a cell in px. 1..UI_MAX_* both. */
	void (*on_resize)(void *user_data, uint16_t columns, uint16_t rows,
	    uint16_t cell_width, uint16_t cell_height);
	/* key: codepoint or UI_KEY_*; modifiers: UI_MOD_*. */
	void (*on_key)(void *user_data, uint32_t key, uint32_t modifiers);
	/* Text composed by the system: valid UTF-8, at least one byte. */
	void (*on_text)(void *user_data, const char *text, size_t length);
	void (*on_mouse)(void *user_data, uint32_t event, uint32_t button,
	    uint32_t modifiers, uint16_t column, uint16_t row);
	/* Any bytes. A long paste comes in pieces, the last with last set. */
	void (*on_paste)(void *user_data, const char *data, size_t length,
	    bool first, bool last);
	void (*on_focus)(void *user_data, bool focused);
	/*
	 * What the default colours look like, 0xrrggbb: right after the hello
	 * and whenever the theme changes.
	 */
	void (*on_colours)(void *user_data, uint32_t foreground,
	    uint32_t background);
	/* A tmux command line, as typed at the prompt. Terminated. */
	void (*on_command)(void *user_data, const char *command);
	/* The person closed the window. */
	void (*on_detach)(void *user_data);
	/* Reports are wanted: the server's and each window's. */
	void (*on_report_ask)(void *user_data);
	/* The window's own, which ui_window_want_report() asked for. */
	void (*on_report)(void *user_data, const ui_report_t *report);
} ui_input_t;

/*
 * Creates the window backend over a connected stream socket. *backend and
 * *window are two names of one object: ui_backend_destroy(*backend) frees it
 * and closes fd. *backend is owned by the caller, *window is borrowed from it;
 * input is copied, user_data kept. On error the caller keeps fd.
 * UI_ERROR_ARGUMENT, UI_ERROR_SIZE, UI_ERROR_CALLBACK, UI_ERROR_SYSTEM,
 * UI_ERROR_MEMORY.
 */
ui_result_t ui_window_backend_create(int fd, const ui_grid_layout_t *layout,
    const ui_input_t *input, void *user_data, ui_backend_t **backend,
    ui_window_t **window) UI_NOEXCEPT;

/* The stream's descriptor, for waiting only. */
int ui_window_descriptor(const ui_window_t *window) UI_NOEXCEPT;

/*
 * Reads what is there and calls the input callbacks. UI_OK: all of it was
 * handled. UI_ERROR_CLOSED: the window has gone. UI_ERROR_PROTOCOL or
 * UI_ERROR_VERSION: what it sent is not valid, it was told so, ui_last_error()
 * says what and where; the attachment is to be ended. So it is after
 * UI_ERROR_MEMORY.
 */
ui_result_t ui_window_read(ui_window_t *window) UI_NOEXCEPT;

/*
 * Writes what is queued. UI_OK, UI_ERROR_CLOSED, or UI_ERROR_MEMORY: something
 * could not be queued earlier, which ended the attachment.
 */
ui_result_t ui_window_flush(ui_window_t *window) UI_NOEXCEPT;

/* Whether something is queued that the stream has not taken yet. */
bool ui_window_wants_write(const ui_window_t *window) UI_NOEXCEPT;

/*
 * Whether the stream failed, its queue went past the limit or there was no
 * memory while something was sent: the attachment is to be ended.
 */
bool ui_window_failed(const ui_window_t *window) UI_NOEXCEPT;

/* Asks the window for its report; nothing before its hello. */
void ui_window_want_report(ui_window_t *window) UI_NOEXCEPT;

/* Sends it a report, the server's or another window's. */
void ui_window_send_report(ui_window_t *window,
    const ui_report_t *report) UI_NOEXCEPT;

/* Bytes of shared memory and of queues this window holds in the server. */
size_t ui_window_memory(const ui_window_t *window) UI_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
