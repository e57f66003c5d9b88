/*
 * libvitrine, the window's half: start or join a hooked tmux, receive frames,
 * send input. The vitrine program is built on this interface and nothing else.
 *
 *	vitrine_options_t options = VITRINE_OPTIONS_INIT;
 *	options.tmux = "/usr/libexec/vitrine/tmux";
 *	options.arguments = (const char *[]){"attach", NULL};
 *	options.columns = 80, options.rows = 24;
 *	vitrine_connection_t *connection;
 *	if (vitrine_connect(&options, &connection) != UI_OK) ...
 *	for (;;) {
 *		vitrine_event_t event;
 *		ui_result_t result = vitrine_next_event(connection, &event);
 *		if (result == UI_ERROR_AGAIN) { poll(...); continue; }
 *		if (event.kind == VITRINE_EVENT_FRAME) {
 *			... vitrine_frame_row(event.frame, 0, &row) ...
 *			vitrine_frame_release(connection, event.frame);
 *		}
 *	}
 *
 * A connection belongs to one thread at a time, and its frames with it. Nothing
 * here blocks except vitrine_wait(). Pointers taken are borrowed until the
 * function returns, where it does not say otherwise.
 */
#ifndef VITRINE_CLIENT_H
#define VITRINE_CLIENT_H

#include "protocol.h"
#include "types.h"
#include "window.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct vitrine_connection vitrine_connection_t;
typedef struct vitrine_frame vitrine_frame_t;

typedef struct vitrine_options {
	uint32_t size;    /* sizeof(vitrine_options_t) */
	uint32_t version; /* UI_VERSION */
	/* The hooked tmux; searched in PATH if it has no slash. */
	const char *tmux;
	/* Flags for tmux itself (-L name ...), NULL-terminated, or NULL. */
	const char *const *tmux_flags;
	/* The tmux command and its arguments, NULL-terminated. */
	const char *const *arguments;
	uint32_t flags; /* UI_HELLO_* */
	uint32_t pane;
	uint16_t columns;
	uint16_t rows;
	uint16_t cell_width; /* px */
	uint16_t cell_height;
	/* NAME=value strings added to tmux's environment, or NULL. */
	const char *const *environment;
} vitrine_options_t;
#define VITRINE_OPTIONS_INIT \
	{sizeof(vitrine_options_t), UI_VERSION, 0, 0, 0, 0, 0, 80, 24, 0, 0, 0}

/*
 * Starts `tmux -C arguments...` with a socket as its stdin, which the server
 * takes as the stream. stdout goes into a pipe (vitrine_exit_message()), stderr
 * is inherited. Returns as soon as the process runs; that tmux has no hooks,
 * refuses or fails is an event. *connection is owned by the caller, for
 * vitrine_disconnect().
 * UI_ERROR_ARGUMENT, UI_ERROR_SIZE, UI_ERROR_VERSION, UI_ERROR_SYSTEM (tmux
 * not found among others), UI_ERROR_MEMORY.
 */
ui_result_t vitrine_connect(const vitrine_options_t *options,
    vitrine_connection_t **connection) UI_NOEXCEPT;

/*
 * The same over a stream that is already connected to a server, for tests and
 * other transports. fd is owned by the connection on success.
 */
ui_result_t vitrine_connect_fd(int fd, const vitrine_options_t *options,
    vitrine_connection_t **connection) UI_NOEXCEPT;

/*
 * Closes the stream (the server then detaches), unmaps all frames and waits
 * for nothing. NULL is allowed.
 */
void vitrine_disconnect(vitrine_connection_t *connection) UI_NOEXCEPT;

/*
 * The descriptors to wait on for reading: the stream, and tmux's output (-1
 * once it ended). Borrowed.
 */
int vitrine_descriptor(const vitrine_connection_t *connection) UI_NOEXCEPT;
int vitrine_output_descriptor(const vitrine_connection_t *connection)
    UI_NOEXCEPT;
/*
 * The id of the tmux process, which is the #{client_pid} of this attachment; -1
 * without one, as of vitrine_connect_fd().
 */
int vitrine_process(const vitrine_connection_t *connection) UI_NOEXCEPT;
/*
 * Can be read from tmux's end on, when vitrine_wait() has nothing to wait for;
 * -1 without a process, or without such a descriptor (before Linux 5.3).
 * Borrowed.
 */
int vitrine_process_descriptor(const vitrine_connection_t *connection)
    UI_NOEXCEPT;
/* Whether the stream is also to be waited on for writing. */
bool vitrine_wants_write(const vitrine_connection_t *connection) UI_NOEXCEPT;

#define VITRINE_EVENT_CONNECTED 1u   /* hello came: versions match */
#define VITRINE_EVENT_FRAME 2u       /* frame */
#define VITRINE_EVENT_TITLE 3u       /* text */
#define VITRINE_EVENT_BELL 4u
#define VITRINE_EVENT_CLIPBOARD 5u   /* text, selection */
#define VITRINE_EVENT_PANE_CLOSED 6u /* pane */
#define VITRINE_EVENT_EXIT 7u        /* text: why; the last but CLOSED */
#define VITRINE_EVENT_CLOSED 8u      /* the stream ended; the last */
#define VITRINE_EVENT_REPORT 9u      /* vitrine_report() has one more */

typedef struct vitrine_event {
	uint32_t size; /* sizeof(vitrine_event_t), set by the library */
	uint32_t kind; /* VITRINE_EVENT_* */
	vitrine_frame_t *frame; /* until vitrine_frame_release() */
	const char *text;       /* terminated; until the next call */
	size_t length;
	const char *selection; /* terminated */
	uint32_t pane;
	uint32_t reserved;
} vitrine_event_t;

/*
 * The next event, reading what the stream and tmux's output have. A newer
 * frame that is already there takes the place of an older one. UI_OK,
 * UI_ERROR_AGAIN (wait), UI_ERROR_PROTOCOL or UI_ERROR_VERSION (the server
 * speaks nonsense or another version), UI_ERROR_NOT_HOOKED (a tmux server
 * without hooks answered); after any error but AGAIN the connection is of no
 * further use. event is the caller's; its frame is lent until
 * vitrine_frame_release(), its texts are borrowed until the next call.
 */
ui_result_t vitrine_next_event(vitrine_connection_t *connection,
    vitrine_event_t *event) UI_NOEXCEPT;

/*
 * Input. Each queues one message and tries to write; UI_OK, UI_ERROR_ARGUMENT,
 * UI_ERROR_CLOSED, UI_ERROR_LIMIT (the server takes nothing and the queue is
 * full; nothing was sent), UI_ERROR_MEMORY.
 * vitrine_send_paste() and _text() take any length. Text and data are copied.
 * A server that has not attached the window yet passes keys, text and commands
 * over: the first frame says that it has.
 */
ui_result_t vitrine_send_resize(vitrine_connection_t *connection,
    uint16_t columns, uint16_t rows, uint16_t cell_width,
    uint16_t cell_height) UI_NOEXCEPT;
ui_result_t vitrine_send_key(vitrine_connection_t *connection, uint32_t key,
    uint32_t modifiers) UI_NOEXCEPT;
ui_result_t vitrine_send_text(vitrine_connection_t *connection,
    const char *text, size_t length) UI_NOEXCEPT;
ui_result_t vitrine_send_mouse(vitrine_connection_t *connection,
    uint32_t event, uint32_t button, uint32_t modifiers, uint16_t column,
    uint16_t row) UI_NOEXCEPT;
ui_result_t vitrine_send_paste(vitrine_connection_t *connection,
    const char *data, size_t length) UI_NOEXCEPT;
ui_result_t vitrine_send_focus(vitrine_connection_t *connection, bool focused)
    UI_NOEXCEPT;
/*
 * What the default colours look like, each 0xrrggbb: what tmux (3.5 and later)
 * answers programs that ask by OSC 10 and 11 in a pane without colours of its
 * own, and from 3.6 tells them of a light or a dark theme. In effect at once,
 * also before the window is attached.
 */
ui_result_t vitrine_send_colours(vitrine_connection_t *connection,
    uint32_t foreground, uint32_t background) UI_NOEXCEPT;
ui_result_t vitrine_send_command(vitrine_connection_t *connection,
    const char *command) UI_NOEXCEPT;
ui_result_t vitrine_send_detach(vitrine_connection_t *connection) UI_NOEXCEPT;
/*
 * Asks for reports, with UI_HELLO_REPORTS in the options' flags:
 * a VITRINE_EVENT_REPORT comes for the server, which says how many windows it
 * asked, and one for each window that answers. vitrine_next_event() gives a
 * window's own answer by itself.
 */
ui_result_t vitrine_send_report_ask(vitrine_connection_t *connection)
    UI_NOEXCEPT;
ui_result_t vitrine_flush(vitrine_connection_t *connection) UI_NOEXCEPT;

/* The report that came last, borrowed until the next event; NULL if none. */
const ui_report_t *vitrine_report(const vitrine_connection_t *connection)
    UI_NOEXCEPT;
/*
 * What reports of this window are to say that it drew: borrowed until the
 * connection ends or another one takes its place, read by vitrine_next_event().
 * NULL: that it drew nothing, as without this. A frame whose
 * vitrine_frame_time() is not zero is one to be timed. UI_ERROR_ARGUMENT.
 */
ui_result_t vitrine_report_drawing(vitrine_connection_t *connection,
    const ui_drawing_t *drawing) UI_NOEXCEPT;

/* A frame: a whole screen, read-only, valid until it is released. */
uint64_t vitrine_frame_sequence(const vitrine_frame_t *frame) UI_NOEXCEPT;
void vitrine_frame_size(const vitrine_frame_t *frame, uint16_t *columns,
    uint16_t *rows) UI_NOEXCEPT;
ui_cursor_t vitrine_frame_cursor(const vitrine_frame_t *frame) UI_NOEXCEPT;
uint32_t vitrine_frame_modes(const vitrine_frame_t *frame) UI_NOEXCEPT;
/*
 * When it was built, CLOCK_MONOTONIC in ns; 0 without UI_HELLO_TIMES and where
 * nobody asks for reports.
 */
uint64_t vitrine_frame_time(const vitrine_frame_t *frame) UI_NOEXCEPT;
/*
 * That and the stages before it, copied to *times: all zero where that is. The
 * clock is the one of this process, since both are on one machine; what the
 * server wrote is not checked.
 */
void vitrine_frame_times(const vitrine_frame_t *frame,
    ui_frame_times_t *times) UI_NOEXCEPT;
/* *panes is borrowed with the frame; entry 0 is the screen itself. */
size_t vitrine_frame_panes(const vitrine_frame_t *frame,
    const ui_slot_pane_t **panes) UI_NOEXCEPT;

typedef struct vitrine_row {
	const ui_cell_t *cells; /* one per column */
	const uint32_t *extras; /* UI_EXTRA_* records */
	uint64_t generation;
	uint32_t extra_words;
	uint16_t columns;
	uint16_t reserved;
} vitrine_row_t;

/*
 * A row of the frame, borrowed with it. False if there is no such row. What is
 * in the cells is the server's: codepoints, widths and extras are whatever it
 * wrote, sizes and pointers are checked.
 */
bool vitrine_frame_row(const vitrine_frame_t *frame, uint16_t row,
    vitrine_row_t *out) UI_NOEXCEPT;

/*
 * All cells of the frame, row after row, columns * rows of them as
 * vitrine_frame_size() says: for those who want one array (numpy, a slice).
 * Borrowed with the frame and mapped read-only. NULL for a NULL frame.
 */
const ui_cell_t *vitrine_frame_cells(const vitrine_frame_t *frame) UI_NOEXCEPT;

/*
 * Gives the slot back and with it the credit for the next frame. The frame is
 * not to be touched any more, but after UI_ERROR_MEMORY: then nothing was done
 * and it is to be released again.
 */
ui_result_t vitrine_frame_release(vitrine_connection_t *connection,
    vitrine_frame_t *frame) UI_NOEXCEPT;

/*
 * The lines tmux printed on its stdout, "[detached (from session 0)]" or what
 * a command printed, of control mode's "%exit REASON" only the reason; borrowed
 * until vitrine_disconnect(). "" if none.
 */
const char *vitrine_exit_message(const vitrine_connection_t *connection)
    UI_NOEXCEPT;

/*
 * Waits at most timeout_ms (-1 for ever) for tmux to end. UI_OK with its exit
 * status (128 + signal if it was killed), UI_ERROR_AGAIN after the time.
 */
ui_result_t vitrine_wait(vitrine_connection_t *connection, int timeout_ms,
    int *status) UI_NOEXCEPT;

/*
 * Reads a file of ui_recording_backend_create(): the newest whole frame, a
 * copy of it, owned by the caller for vitrine_record_close().
 * UI_ERROR_AGAIN: being written, try again. UI_ERROR_ARGUMENT,
 * UI_ERROR_PROTOCOL (no recording), UI_ERROR_SYSTEM, UI_ERROR_MEMORY.
 */
ui_result_t vitrine_record_open(const char *path, vitrine_frame_t **frame)
    UI_NOEXCEPT;
void vitrine_record_close(vitrine_frame_t *frame) UI_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
