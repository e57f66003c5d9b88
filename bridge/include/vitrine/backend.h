/*
 * A backend: who receives the frames of one virtual terminal of the server.
 *
 * The shim makes one per attachment, binds it to the terminal with
 * ui_backend_register() and calls it through the functions below, which check
 * what they pass. All functions of one backend belong to the thread that
 * created it (the server's only one); different backends are independent.
 * Pointers taken are borrowed until the function returns, where it does not
 * say otherwise; so are those that callbacks take.
 *
 *	ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
 *	callbacks.on_frame = my_frame;
 *	ui_backend_t *backend;
 *	if (ui_backend_create(&callbacks, mine, &layout, &backend) != UI_OK)
 *		fprintf(stderr, "%s\n", ui_last_error());
 *	...
 *	ui_backend_destroy(backend);
 */
#ifndef VITRINE_BACKEND_H
#define VITRINE_BACKEND_H

#include "memory.h"
#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ui_backend ui_backend_t;

/*
 * The shim's virtual terminal, opaque to backends: an identity, nothing more.
 * (A struct ui_tty_ctx, as reference designs have it, is not part of this
 * interface: ui_command_t holds what a backend may know of one write.)
 */
typedef struct ui_tty ui_tty_t;

/* One write of a pane to its screen, as tmux's tty_write() sees it. */
typedef struct ui_command {
	uint32_t size; /* sizeof(ui_command_t) */
	uint32_t pane; /* tmux's %id */
	uint16_t first_row; /* of the pane */
	uint16_t last_row;  /* included */
	uint32_t reserved;
} ui_command_t;
UI_STATIC_ASSERT(sizeof(ui_command_t) == 16, "ui_command_t is 16 bytes");

/*
 * What a backend is told. on_frame is required; a null other one is skipped.
 * Every pointer given to a callback is borrowed until it returns; in debug
 * builds what is read of a frame later faults. A callback
 * returns at once, does not block and does not call back into the backend.
 */
typedef struct ui_callbacks {
	uint32_t size;    /* sizeof(ui_callbacks_t) */
	uint32_t version; /* UI_VERSION */
	/*
	 * A frame, already validated. A negative result says that nothing was
	 * taken; the shim keeps everything dirty and offers it again.
	 */
	ui_result_t (*on_frame)(void *user_data, const ui_frame_t *frame);
	/* Whether a frame would be taken now; null is always. */
	bool (*wants_frame)(void *user_data);
	/* A write to a pane, before its frame; called per write: be quick. */
	void (*on_command)(void *user_data, const ui_command_t *command);
	/* The terminal has a new size in cells; the next frame is full. */
	void (*on_resize)(void *user_data, uint16_t columns, uint16_t rows);
	/* UTF-8, not terminated, no control characters. */
	void (*on_title)(void *user_data, const char *title, size_t length);
	void (*on_bell)(void *user_data);
	/* Bytes for the system clipboard; selection is OSC 52's, "" is "c". */
	void (*on_clipboard)(void *user_data, const char *selection,
	    const char *data, size_t length);
	void (*on_pane_closed)(void *user_data, uint32_t pane);
	/* The attachment ends; reason is UTF-8 for a person, terminated. */
	void (*on_detach)(void *user_data, const char *reason);
	/* The backend is being destroyed: release user_data. Called once. */
	void (*on_destroy)(void *user_data);
} ui_callbacks_t;
#define UI_CALLBACKS_INIT {sizeof(ui_callbacks_t), UI_VERSION, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/*
 * Creates a backend. callbacks and layout are copied; user_data is kept and
 * given back to every callback. *backend is owned by the caller, for
 * ui_backend_destroy(). On error *backend is NULL and on_destroy is not
 * called.
 * UI_ERROR_ARGUMENT, UI_ERROR_SIZE, UI_ERROR_VERSION, UI_ERROR_CALLBACK,
 * UI_ERROR_MEMORY.
 */
ui_result_t ui_backend_create(const ui_callbacks_t *callbacks, void *user_data,
    const ui_grid_layout_t *layout, ui_backend_t **backend) UI_NOEXCEPT;

/* Unregisters, calls on_destroy and frees. NULL is allowed. */
void ui_backend_destroy(ui_backend_t *backend) UI_NOEXCEPT;

/*
 * Binds the backend to a terminal, one each way. tty is borrowed until
 * ui_backend_destroy(). UI_ERROR_ARGUMENT, UI_ERROR_REGISTERED,
 * UI_ERROR_MEMORY.
 */
ui_result_t ui_backend_register(ui_backend_t *backend, ui_tty_t *tty)
    UI_NOEXCEPT;

/* The backend bound to a terminal, borrowed, or NULL. */
ui_backend_t *ui_backend_find(const ui_tty_t *tty) UI_NOEXCEPT;

/* Whether the backend would take a frame now. */
bool ui_backend_wants_frame(const ui_backend_t *backend) UI_NOEXCEPT;

/*
 * Validates a frame and hands it to on_frame. With an error nothing was called
 * or nothing was taken, and everything is as before.
 * UI_ERROR_ARGUMENT, UI_ERROR_SIZE, UI_ERROR_VERSION, UI_ERROR_LIMIT,
 * UI_ERROR_SPAN_*, and what on_frame returns.
 */
ui_result_t ui_backend_frame(ui_backend_t *backend, const ui_frame_t *frame)
    UI_NOEXCEPT;

/* The other events; each does nothing where the callback is null. */
void ui_backend_command(ui_backend_t *backend, const ui_command_t *command)
    UI_NOEXCEPT;
void ui_backend_resize(ui_backend_t *backend, uint16_t columns, uint16_t rows)
    UI_NOEXCEPT;
void ui_backend_title(ui_backend_t *backend, const char *title, size_t length)
    UI_NOEXCEPT;
void ui_backend_bell(ui_backend_t *backend) UI_NOEXCEPT;
void ui_backend_clipboard(ui_backend_t *backend, const char *selection,
    const char *data, size_t length) UI_NOEXCEPT;
void ui_backend_pane_closed(ui_backend_t *backend, uint32_t pane) UI_NOEXCEPT;
void ui_backend_detach(ui_backend_t *backend, const char *reason) UI_NOEXCEPT;

/* Whether on_command is wanted at all, so that nobody fills one in vain. */
bool ui_backend_wants_commands(const ui_backend_t *backend) UI_NOEXCEPT;

/*
 * Checks a frame without a backend; the checks of ui_backend_frame().
 */
ui_result_t ui_frame_validate(const ui_frame_t *frame) UI_NOEXCEPT;

/*
 * A decoder: what decoding needs to know and remember, the layout and a cache
 * of long characters. Owned by the caller. UI_ERROR_ARGUMENT, UI_ERROR_SIZE,
 * UI_ERROR_MEMORY.
 */
typedef struct ui_decoder ui_decoder_t;
ui_result_t ui_decoder_create(const ui_grid_layout_t *layout,
    ui_decoder_t **decoder) UI_NOEXCEPT;
void ui_decoder_destroy(ui_decoder_t *decoder) UI_NOEXCEPT;

/*
 * Decodes the span into cells, which has room for span->columns of them (the
 * span's first cell goes to cells[0]), and appends its extras to the words
 * from *extra_words on, of which there is room for extra_capacity in all.
 * pane gives default colours and palette. Cells are read once.
 *
 * UI_ERROR_LIMIT: extras were left out for want of room; *extra_words then
 * says how many words this row needs so far, the cells are whole otherwise.
 * A wide character cut off by the right end of the span becomes a blank.
 */
ui_result_t ui_span_decode(ui_decoder_t *decoder, const ui_span_t *span,
    const ui_pane_t *pane, ui_cell_t *cells, uint32_t *extras,
    uint32_t extra_capacity, uint32_t *extra_words) UI_NOEXCEPT;

/*
 * The text of the last error of this thread, "" if none; valid until the next
 * call of this thread into the library; never freed by the caller.
 */
const char *ui_last_error(void) UI_NOEXCEPT;
void ui_clear_error(void) UI_NOEXCEPT;

/* The fixed text of a result, static; "unknown error" for others. */
const char *ui_result_text(ui_result_t result) UI_NOEXCEPT;

/*
 * A backend that takes every frame and keeps nothing: what the way up to it
 * costs. *backend is owned by the caller.
 */
ui_result_t ui_null_backend_create(const ui_grid_layout_t *layout,
    ui_backend_t **backend) UI_NOEXCEPT;

/*
 * A backend that keeps a whole mirror of the screen in a file laid out like
 * the shared memory of a window (frame_pool.h), for tests and for looking into
 * a live server: the file is created or replaced at path, mapped, and always
 * holds the newest frame in one slot; its header's sequence counts frames and
 * is odd while one is written. When the size changes the file is replaced by
 * rename. vitrine_record_open() reads it.
 * *backend is owned by the caller.
 * UI_ERROR_ARGUMENT, UI_ERROR_SYSTEM, UI_ERROR_MEMORY.
 */
ui_result_t ui_recording_backend_create(const char *path,
    const ui_grid_layout_t *layout, ui_backend_t **backend) UI_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
