/*
 * What differs between the versions of tmux that the shim builds against:
 * 3.3a, 3.5a and the development tree (3.8). Everything else in this folder
 * is the same source for all. Versions are told apart by what tmux.h defines,
 * so that a tree of the user's needs no number.
 */
#ifndef SHIM_COMPAT_H
#define SHIM_COMPAT_H

#ifdef GRID_FLAG_TAB
#define COMPAT_TMUX 308
#elif defined(KEYC_SENT)
#define COMPAT_TMUX 305
#else
#define COMPAT_TMUX 303
#endif

/* How a line and a cell are drawn: style arguments, and what is in them. */
#if COMPAT_TMUX >= 308
#define COMPAT_STYLE_ARGS const struct tty_style_ctx *style
#define COMPAT_STYLE style
#define COMPAT_CELL_STYLE_ARGS const struct tty_style_ctx *style
#define COMPAT_CELL_STYLE style
#define COMPAT_STYLE_DEFAULTS \
	(style == NULL ? &grid_default_cell : style->defaults)
#define COMPAT_STYLE_PALETTE (style == NULL ? NULL : style->palette)
#else
#define COMPAT_STYLE_ARGS \
	const struct grid_cell *defaults, struct colour_palette *palette
#define COMPAT_STYLE defaults, palette
#define COMPAT_STYLE_DEFAULTS defaults
#define COMPAT_STYLE_PALETTE palette
#if COMPAT_TMUX >= 305
#define COMPAT_CELL_STYLE_ARGS COMPAT_STYLE_ARGS, struct hyperlinks *hl
#define COMPAT_CELL_STYLE COMPAT_STYLE, hl
#else
#define COMPAT_CELL_STYLE_ARGS COMPAT_STYLE_ARGS
#define COMPAT_CELL_STYLE COMPAT_STYLE
#endif
#endif

/* The screen of a client is redrawn, and one pane of it. */
#if COMPAT_TMUX >= 308
#define __wrap_screen_redraw_screen __wrap_redraw_screen
#define __real_screen_redraw_screen __real_redraw_screen
#define __wrap_screen_redraw_pane __wrap_redraw_pane
#define __real_screen_redraw_pane __real_redraw_pane
#endif

/* A selection on its way out: in the context of a write, and directly. */
#if COMPAT_TMUX >= 308
#define COMPAT_CTX_CLIP(ctx) ((ctx)->sel.clip)
#define COMPAT_CTX_CLIP_DATA(ctx) ((ctx)->sel.data)
#define COMPAT_CTX_CLIP_SIZE(ctx) ((ctx)->sel.size)
#else
#if COMPAT_TMUX >= 305
#define COMPAT_CTX_CLIP(ctx) ((const char *)(ctx)->ptr2)
#else
#define COMPAT_CTX_CLIP(ctx) ("")
#endif
#define COMPAT_CTX_CLIP_DATA(ctx) ((const char *)(ctx)->ptr)
#define COMPAT_CTX_CLIP_SIZE(ctx) ((size_t)(ctx)->num)
#endif

/*
 * Which parts of a run of cells no overlay hides: i-th of n ranges. In 3.8 who
 * draws a line has asked already, and asking again would change the answer
 * that is being walked through.
 */
#if COMPAT_TMUX >= 308
typedef struct visible_range compat_ranges;
#define COMPAT_RANGES(tty, x, y, n, r) do {				\
	(r).px = (x);							\
	(r).nx = (n);							\
} while (0)
#define COMPAT_RANGE_COUNT(r) 1
#define COMPAT_RANGE_PX(r, i) ((r).px)
#define COMPAT_RANGE_NX(r, i) ((r).nx)
#else
typedef struct overlay_ranges compat_ranges;
#define COMPAT_RANGES(tty, x, y, n, r) do {				\
	struct client	*rc = (tty)->client;				\
	memset(&(r), 0, sizeof (r));					\
	(r).px[0] = (x);						\
	(r).nx[0] = (n);						\
	if (rc->overlay_check != NULL) {				\
		rc->overlay_check(rc, rc->overlay_data, (x), (y), (n),	\
		    &(r));						\
	}								\
} while (0)
#define COMPAT_RANGE_COUNT(r) ((u_int)OVERLAY_MAX_RANGES)
#define COMPAT_RANGE_PX(r, i) ((r).px[i])
#define COMPAT_RANGE_NX(r, i) ((r).nx[i])
#endif

#if COMPAT_TMUX >= 308
#define compat_default_colours(gc, wp) do {				\
	u_int	dim;							\
	tty_default_colours((gc), (wp), &dim);				\
} while (0)
#define compat_notify_client(name, c) events_fire_client((name), (c))
#define compat_status_message(c, ...)					\
	status_message_set((c), -1, 1, 0, 0, __VA_ARGS__)
#define compat_prompting(c) ((c)->prompt != NULL)
#define compat_overlay_shown(c) \
	((c)->overlay_draw != NULL || (c)->session->curw->window->menu != NULL)
#define compat_clear_last_activity(s) ((void)(s))
#define COMPAT_REDRAWOVERLAY (CLIENT_REDRAWOVERLAY|CLIENT_REDRAWMENU)
#else
#define compat_default_colours(gc, wp) tty_default_colours((gc), (wp))
#define compat_notify_client(name, c) notify_client((name), (c))
#define compat_status_message(c, ...)					\
	status_message_set((c), -1, 1, 0, __VA_ARGS__)
#define compat_prompting(c) ((c)->prompt_string != NULL)
#define compat_overlay_shown(c) ((c)->overlay_draw != NULL)
#define compat_clear_last_activity(s) timerclear(&(s)->last_activity_time)
#define COMPAT_REDRAWOVERLAY CLIENT_REDRAWOVERLAY
#endif

/*
 * A selection replaces a cell's style, in 3.8 it adds to it; and 3.8 has
 * colours that stand for those of the client's theme.
 */
#if COMPAT_TMUX >= 308
#define COMPAT_STYLE_MERGE UI_STYLE_MERGE
UI_STATIC_ASSERT(COLOUR_THEME_COUNT <= 12, "ui_pane_style_t.theme");
#define compat_theme(c, theme)					\
	(memcpy((theme), (c)->theme_colours,				\
	    COLOUR_THEME_COUNT * sizeof *(theme)), 1)
#else
#define COMPAT_STYLE_MERGE 0
#define compat_theme(c, theme) ((void)(c), 0)
#endif

/* What tty_init() sets beside cursor and client. */
#if COMPAT_TMUX >= 308
#define compat_init_tty(tty) do {					\
	(tty)->fg = (tty)->bg = -1;					\
	(tty)->mouse_last_pane = -1;					\
} while (0)
#elif COMPAT_TMUX >= 305
#define compat_init_tty(tty) ((void)((tty)->fg = (tty)->bg = -1))
#else
#define compat_init_tty(tty) ((void)(tty))
#endif

/* What a terminal says its default colours are; 3.3a does not ask. */
#if COMPAT_TMUX >= 308
#define compat_set_colours(c, foreground, background) do {		\
	(c)->tty.fg = (foreground);					\
	(c)->tty.bg = (background);					\
	server_client_update_theme_colours(c);				\
	session_theme_changed((c)->session);				\
} while (0)
#elif COMPAT_TMUX >= 305
#define compat_set_colours(c, foreground, background) do {		\
	(c)->tty.fg = (foreground);					\
	(c)->tty.bg = (background);					\
} while (0)
#else
#define compat_set_colours(c, foreground, background)			\
	((void)(c), (void)(foreground), (void)(background))
#endif

/* 3.8 keeps the bytes of a key, to paste them as they came. */
#if COMPAT_TMUX >= 308
#define compat_event_set_bytes(event, bytes, n) do {			\
	if ((bytes) != NULL) {						\
		(event)->buf = malloc(n);				\
		if ((event)->buf != NULL) {				\
			memcpy((event)->buf, (bytes), (n));		\
			(event)->len = (n);				\
		}							\
	}								\
} while (0)
#define compat_event_free_bytes(event) free((event)->buf)
#else
#define compat_event_set_bytes(event, bytes, n) ((void)(bytes), (void)(n))
#define compat_event_free_bytes(event) ((void)(event))
#endif

/*
 * Keys of a window that shows one pane go to that pane. 3.8 has no active pane
 * per client any more, so there it becomes the window's.
 */
#ifdef CLIENT_ACTIVEPANE
#define compat_set_pane(c, wp) do {					\
	(c)->flags |= CLIENT_ACTIVEPANE;				\
	server_client_set_pane((c), (wp));				\
} while (0)
#define compat_get_pane(c) server_client_get_pane(c)
#else
#define compat_set_pane(c, wp) window_set_active_pane((wp)->window, (wp), 1)
#define compat_get_pane(c) ((c)->session->curw->window->active)
#endif

#endif
