/*
 * The hooks: what tmux does to ordinary ttys stays tmux's, what it does to a
 * virtual one is noted. Each hook begins by telling the two apart; without a
 * window that is one comparison.
 */

#include <sys/types.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "hooks.h"

/* A control client may be a window. */
void
__wrap_control_start(struct client *c)
{
	if (ui_client_wanted(c))
		ui_client_start(c);
	else
		__real_control_start(c);
}

/*
 * A client that has said it is in control mode but has not identified itself
 * whole, as every window is for a moment, has no state: tmux would end there
 * if the client went, if another one detached just then, or when it is to tell
 * the client that started it why it cannot make its socket.
 */
void
__wrap_control_stop(struct client *c)
{
	if (c->control_state != NULL)
		__real_control_stop(c);
}

void
__wrap_control_write(struct client *c, const char *fmt, ...)
{
	va_list	 ap;
	char	*text;

	if (c->control_state == NULL)
		return;
	va_start(ap, fmt);
	xvasprintf(&text, fmt, ap);
	va_end(ap);
	__real_control_write(c, "%s", text);
	free(text);
}

void
__wrap_control_discard(struct client *c)
{
	if (c->control_state != NULL)
		__real_control_discard(c);
	else if (c->exit_message != NULL)
		c->retval = 1;	/* that it failed is for a shell to see, too */
}

#if COMPAT_TMUX >= 308
void
__wrap_control_discard_all(struct client *c)
{
	if (c->control_state != NULL)
		__real_control_discard_all(c);
}
#endif

int
__wrap_control_all_done(struct client *c)
{
	return (c->control_state == NULL || __real_control_all_done(c));
}

/* One turn of the server's loop: frames are built when all else is done. */
void
__wrap_server_client_loop(void)
{
	struct ui_client	*ui, *ui1;

	LIST_FOREACH(ui, &ui_clients, entry)
		ui_input_pass_on(ui);
	LIST_FOREACH_SAFE(ui, &ui_clients, entry, ui1)
		ui_client_before_loop(ui);
	__real_server_client_loop();
	LIST_FOREACH(ui, &ui_clients, entry) {
		if (~ui->c->tty.flags & TTY_OPENED)
			continue;
		ui->c->tty.flags |= TTY_BLOCK;
		evbuffer_drain(ui->c->tty.out,
		    EVBUFFER_LENGTH(ui->c->tty.out));
		if (ui->c->session != NULL &&
		    !(ui->c->flags & CLIENT_UNATTACHEDFLAGS))
			ui_frame_emit(ui);
		ui_client_watch(ui);
	}
	ui_write_forget();
}

/*
 * A window is not suspended, nor locked by a program on its terminal: it has
 * none. The message is not sent, so the client goes on at once.
 */
int
__wrap_proc_send(struct tmuxpeer *peer, enum msgtype type, int fd,
    const void *buf, size_t len)
{
	struct ui_client	*ui;

	if (type == MSG_SUSPEND || type == MSG_LOCK) {
		LIST_FOREACH(ui, &ui_clients, entry) {
			if (ui->c->peer != peer)
				continue;
			ui->c->flags &= ~CLIENT_SUSPENDED;
			return (0);
		}
	}
	return (__real_proc_send(peer, type, fd, buf, len));
}

int
__wrap_tty_open(struct tty *tty, char **cause)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui != NULL)
		return (ui_client_open(ui, cause));
	return (__real_tty_open(tty, cause));
}

void
__wrap_tty_free(struct tty *tty)
{
	struct ui_client	*ui = ui_tty_client(tty);

	__real_tty_free(tty);
	if (ui != NULL)
		ui_client_free(ui);
}

void
__wrap_tty_resize(struct tty *tty)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL)
		__real_tty_resize(tty);
	else if (~ui->flags & UI_CLIENT_FOLLOW)
		tty_set_size(tty, ui->sx, ui->sy, ui->xpixel, ui->ypixel);
}

/*
 * tmux takes keys that come fast for a paste and skips their bindings. Those of
 * a window are keys, however fast they come. 3.8 asks the terminal description
 * instead (ui_client_open()).
 */
void
__wrap_session_update_activity(struct session *s, struct timeval *from)
{
	struct ui_client	*ui;

	__real_session_update_activity(s, from);
	LIST_FOREACH(ui, &ui_clients, entry) {
		if (from == &ui->c->activity_time)
			compat_clear_last_activity(s);
	}
}

/*
 * A window that follows sizes sets none. tmux's own flag for that does not
 * count while no other client is there; a suspended client never counts.
 */
static void
ui_ignore_sizes(int ignore)
{
	struct ui_client	*ui;

	LIST_FOREACH(ui, &ui_clients, entry) {
		if (~ui->flags & UI_CLIENT_FOLLOW)
			continue;
		if (ignore)
			ui->c->flags |= CLIENT_SUSPENDED;
		else
			ui->c->flags &= ~CLIENT_SUSPENDED;
	}
}

void
__wrap_recalculate_sizes(void)
{
	ui_ignore_sizes(1);
	__real_recalculate_sizes();
	ui_ignore_sizes(0);
}

void
__wrap_recalculate_size(struct window *w, int now)
{
	ui_ignore_sizes(1);
	__real_recalculate_size(w, now);
	ui_ignore_sizes(0);
}

void
__wrap_tty_draw_line(struct tty *tty, struct screen *s, u_int px, u_int py,
    u_int nx, u_int atx, u_int aty, COMPAT_STYLE_ARGS)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL) {
		__real_tty_draw_line(tty, s, px, py, nx, atx, aty,
		    COMPAT_STYLE);
	} else if (ui->canvas.grid != NULL) {
		ui_canvas_line(&ui->canvas, tty, s, px, py, nx, atx, aty,
		    COMPAT_STYLE_DEFAULTS, COMPAT_STYLE_PALETTE);
	}
}

void
__wrap_tty_cell(struct tty *tty, const struct grid_cell *gc,
    COMPAT_CELL_STYLE_ARGS)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL)
		__real_tty_cell(tty, gc, COMPAT_CELL_STYLE);
	else if (ui->canvas.grid != NULL)
		ui_canvas_cell(&ui->canvas, gc);
}

void
__wrap_tty_attributes(struct tty *tty, const struct grid_cell *gc,
    COMPAT_CELL_STYLE_ARGS)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL)
		__real_tty_attributes(tty, gc, COMPAT_CELL_STYLE);
	else
		memcpy(&ui->canvas.style, gc, sizeof ui->canvas.style);
}

/* The last place before a frame is where the cursor is shown. */
void
__wrap_tty_cursor(struct tty *tty, u_int cx, u_int cy)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL) {
		__real_tty_cursor(tty, cx, cy);
		return;
	}
	ui->canvas.cx = cx;
	ui->canvas.cy = cy;
	ui->cursor.column = cx;
	ui->cursor.row = cy;
}

void
__wrap_tty_putc(struct tty *tty, u_char ch)
{
	struct ui_client	*ui = ui_tty_client(tty);
	char			 text = (char)ch;

	if (ui == NULL)
		__real_tty_putc(tty, ch);
	else if (ui->canvas.grid != NULL)
		ui_canvas_text(&ui->canvas, &text, 1);
}

void
__wrap_tty_putn(struct tty *tty, const void *buf, size_t len, u_int width)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL)
		__real_tty_putn(tty, buf, len, width);
	else if (ui->canvas.grid != NULL)
		ui_canvas_text(&ui->canvas, buf, len);
}

/* Of single codes a window knows the bell. */
void
__wrap_tty_putcode(struct tty *tty, enum tty_code_code code)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL)
		__real_tty_putcode(tty, code);
	else if (code == TTYC_BEL)
		ui_backend_bell(ui->stream);
}

/* The shape and colour of the cursor, as tty_update_cursor() finds them. */
static void
ui_update_cursor(struct ui_client *ui, int mode, struct screen *s)
{
	enum screen_cursor_style	style = s->cstyle;
	int				colour = s->ccolour;

	if (style == SCREEN_CURSOR_DEFAULT) {
#ifdef MODE_CURSOR_BLINKING_SET
		if (~mode & MODE_CURSOR_BLINKING_SET) {
			mode &= ~MODE_CURSOR_BLINKING;
			mode |= (s->default_mode & MODE_CURSOR_BLINKING);
		}
#endif
		style = s->default_cstyle;
	}
	switch (style) {
	case SCREEN_CURSOR_DEFAULT:
		ui->cursor.shape = UI_CURSOR_DEFAULT;
		break;
	case SCREEN_CURSOR_BLOCK:
		ui->cursor.shape = UI_CURSOR_BLOCK;
		break;
	case SCREEN_CURSOR_UNDERLINE:
		ui->cursor.shape = UI_CURSOR_UNDERLINE;
		break;
	case SCREEN_CURSOR_BAR:
		ui->cursor.shape = UI_CURSOR_BAR;
		break;
	}
	ui->cursor.blinking = !!(mode & MODE_CURSOR_BLINKING);
	if (colour == -1)
		colour = s->default_ccolour;
	if (colour != -1)
		colour = colour_force_rgb(colour);
	ui->cursor.colour = UI_COLOUR_DEFAULT;
	if (colour != -1)
		ui->cursor.colour = UI_COLOUR_RGB|(colour & 0xffffff);
}

void
__wrap_tty_update_mode(struct tty *tty, int mode, struct screen *s)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL) {
		__real_tty_update_mode(tty, mode, s);
		return;
	}
	if (tty->flags & TTY_NOCURSOR)
		mode &= ~MODE_CURSOR;
	tty->mode = ui->mode = mode;
	ui->cursor.visible = !!(mode & MODE_CURSOR);
	if (s != NULL)
		ui_update_cursor(ui, mode, s);
}

void
ui_title_free(struct ui_client *ui)
{
	if (ui->title != NULL) {
		ui_memory_free(UI_MEMORY_TEXT, ui->title,
		    strlen(ui->title) + 1);
	}
}

static void
ui_set_title(struct ui_client *ui, const char *title)
{
	size_t			size = strlen(title) + 1;
	ui_memory_refusal_t	refusal;

	if (ui->title != NULL && strcmp(ui->title, title) == 0)
		return;
	ui_title_free(ui);
	/* Where there is no memory it is told again the next time. */
	ui->title = ui_memory_allocate(UI_MEMORY_TEXT, size);
	if (ui->title != NULL)
		memcpy(ui->title, title, size);
	else
		ui_memory_take_refusal(&refusal);
	ui_backend_title(ui->stream, title, strlen(title));
}

void
__wrap_tty_set_title(struct tty *tty, const char *title)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL)
		__real_tty_set_title(tty, title);
	else
		ui_set_title(ui, title);
}

/*
 * A whole redraw. set-titles is off by default, as terminals keep the title of
 * the shell; a window has no other title than this, so it has one always.
 */
void
__wrap_screen_redraw_screen(struct client *c)
{
	struct ui_client	*ui = ui_tty_client(&c->tty);
	struct session		*s = c->session;
	char			*title;

	if (ui != NULL && ui->canvas.grid != NULL) {
		if (!options_get_number(s->options, "set-titles")) {
			title = format_single(NULL, options_get_string(
			    s->options, "set-titles-string"), c, NULL, NULL,
			    NULL);
			ui_set_title(ui, title);
			free(title);
		}
		if (c->flags & CLIENT_REDRAWWINDOW)
			ui_canvas_restart(&ui->canvas);
	}
	__real_screen_redraw_screen(c);
}

/* A pane drawn under an overlay that hides nothing would show through it. */
void
__wrap_screen_redraw_pane(struct client *c, struct window_pane *wp)
{
	__real_screen_redraw_pane(c, wp);
	if (ui_tty_client(&c->tty) != NULL && compat_overlay_shown(c))
		c->flags |= COMPAT_REDRAWOVERLAY;
}

#if COMPAT_TMUX >= 305
void
__wrap_tty_set_selection(struct tty *tty, const char *clip, const char *buf,
    size_t len)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL)
		__real_tty_set_selection(tty, clip, buf, len);
	else
		ui_backend_clipboard(ui->stream, clip, buf, len);
}
#else
void
__wrap_tty_set_selection(struct tty *tty, const char *buf, size_t len)
{
	struct ui_client	*ui = ui_tty_client(tty);

	if (ui == NULL)
		__real_tty_set_selection(tty, buf, len);
	else
		ui_backend_clipboard(ui->stream, "", buf, len);
}
#endif

/*
 * The rest is about a terminal: nothing to do for a window. Only ordinary ttys
 * get there.
 */
#define UI_HOOK_TERMINAL(name, parameters, ...)				\
	void								\
	__wrap_##name parameters					\
	{								\
		if (ui_tty_client(tty) == NULL)				\
			__real_##name(__VA_ARGS__);			\
	}

UI_HOOK_TERMINAL(tty_keys_build, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_keys_free, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_start_tty, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_stop_tty, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_raw, (struct tty *tty, const char *s), tty, s)
UI_HOOK_TERMINAL(tty_puts, (struct tty *tty, const char *s), tty, s)
UI_HOOK_TERMINAL(tty_reset, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_region_off, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_margin_off, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_sync_start, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_sync_end, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_set_path, (struct tty *tty, const char *path), tty, path)
UI_HOOK_TERMINAL(tty_clipboard_query, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_send_requests, (struct tty *tty), tty)
#if COMPAT_TMUX >= 308
UI_HOOK_TERMINAL(tty_repeat_requests, (struct tty *tty, int force), tty, force)
UI_HOOK_TERMINAL(tty_invalidate, (struct tty *tty), tty)
UI_HOOK_TERMINAL(tty_putcode_ss, (struct tty *tty, enum tty_code_code code,
    const char *a, const char *b), tty, code, a, b)
UI_HOOK_TERMINAL(tty_set_progress_bar, (struct tty *tty,
    struct progress_bar *bar), tty, bar)
#elif COMPAT_TMUX >= 305
UI_HOOK_TERMINAL(tty_repeat_requests, (struct tty *tty), tty)
#endif

#if COMPAT_TMUX >= 308
void
__wrap_tty_draw_images(struct client *c, struct window_pane *wp)
{
	if (ui_tty_client(&c->tty) == NULL)
		__real_tty_draw_images(c, wp);
}
#elif COMPAT_TMUX >= 305
void
__wrap_tty_draw_images(struct client *c, struct window_pane *wp,
    struct screen *s)
{
	if (ui_tty_client(&c->tty) == NULL)
		__real_tty_draw_images(c, wp, s);
}
#endif
