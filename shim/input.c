/*
 * Input of a window: what tmux's tty would have parsed from bytes arrives as
 * messages and goes on the same way, through server_client_handle_key(), so
 * prefix, bindings, prompts, popups and read-only clients work as ever.
 */

#include <sys/types.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <stdlib.h>
#include <string.h>

#include "hooks.h"

/* Whether the client may act; else what it sends is dropped. */
static struct client *
ui_input_client(struct ui_client *ui)
{
	struct client	*c = ui->c;

	if (c->session == NULL || (c->flags & CLIENT_UNATTACHEDFLAGS))
		return (NULL);
	ui_unread_input(ui);
	ui->flags |= UI_CLIENT_INPUT;
	return (c);
}

/*
 * What keys came to goes to the program at once. libevent would write it in
 * the next turn, when all that this one redraws is done.
 */
void
ui_input_pass_on(struct ui_client *ui)
{
	struct window_pane	*wp;
	struct evbuffer		*output;

	if (~ui->flags & UI_CLIENT_INPUT)
		return;
	ui->flags &= ~UI_CLIENT_INPUT;
	if (ui->c->session == NULL || (wp = compat_get_pane(ui->c)) == NULL ||
	    wp->fd == -1 || wp->event == NULL)
		return;
	output = bufferevent_get_output(wp->event);
	if (evbuffer_get_length(output) == 0)
		return;
	/* Only libevent may take from it otherwise; the rest is left to it. */
	evbuffer_unfreeze(output, 1);
	evbuffer_write(output, wp->fd);
	evbuffer_freeze(output, 1);
}

/* Hand an event to tmux, which frees it if it takes it. */
static void
ui_input_event(struct client *c, key_code key, const struct mouse_event *m,
    const char *buf, size_t len)
{
	struct key_event	*event;

	event = calloc(1, sizeof *event);
	if (event == NULL) {
		ui_client_close(ui_client_find(c), "out of memory");
		return;
	}
	event->key = key;
	if (m != NULL)
		memcpy(&event->m, m, sizeof event->m);
	compat_event_set_bytes(event, buf, len);
	if (!server_client_handle_key(c, event)) {
		compat_event_free_bytes(event);
		free(event);
	}
}

static void
ui_input_set_size(struct ui_client *ui, u_int sx, u_int sy, u_int xpixel,
    u_int ypixel)
{
	ui->sx = sx;
	ui->sy = sy;
	ui->xpixel = xpixel;
	ui->ypixel = ypixel;
	if (~ui->flags & UI_CLIENT_FOLLOW)
		tty_set_size(&ui->c->tty, sx, sy, xpixel, ypixel);
}

static void
ui_input_hello(void *data, const ui_hello_t *hello)
{
	struct ui_client	*ui = data;

	ui->flags |= UI_CLIENT_GREETED;
	if (hello->flags & UI_HELLO_PANE) {
		ui->flags |= UI_CLIENT_PANE|UI_CLIENT_FOLLOW;
		ui->pane = hello->pane;
	}
	if (hello->flags & UI_HELLO_IGNORE_SIZE)
		ui->flags |= UI_CLIENT_FOLLOW;
	if (hello->flags & UI_HELLO_TIMES)
		ui->flags |= UI_CLIENT_TIMES;
	if (hello->flags & UI_HELLO_REPORTS)
		ui->flags |= UI_CLIENT_REPORTS;
	if (ui->flags & UI_CLIENT_FOLLOW)
		ui->c->flags |= CLIENT_IGNORESIZE;
	if (hello->columns * hello->rows > UI_CELLS_MAX) {
		ui_client_close(ui, "window has too many cells");
		return;
	}
	ui_input_set_size(ui, hello->columns, hello->rows, hello->cell_width,
	    hello->cell_height);
}

/* As tmux does for SIGWINCH of a client. */
static void
ui_input_resize(void *data, uint16_t columns, uint16_t rows,
    uint16_t cell_width, uint16_t cell_height)
{
	struct ui_client	*ui = data;
	struct client		*c = ui->c;
	struct window		*w;

	if (columns * rows > UI_CELLS_MAX) {
		ui_client_close(ui, "window has too many cells");
		return;
	}
	ui_input_set_size(ui, columns, rows, cell_width, cell_height);
	if (ui_input_client(ui) == NULL || (ui->flags & UI_CLIENT_FOLLOW))
		return;
	w = c->session->curw->window;
	if (w->latest != c) {
		w->latest = c;
		compat_notify_client("client-active", c);
	}
	recalculate_sizes();
	if (c->overlay_resize == NULL)
		server_client_clear_overlay(c);
	else
		c->overlay_resize(c, c->overlay_data);
	server_redraw_client(c);
	compat_notify_client("client-resized", c);
}

/* tmux's name of a key that types nothing. */
static const char *
ui_input_key_name(uint32_t key, uint32_t modifiers)
{
	switch ((int)key) {
	case UI_KEY_ESCAPE:
		return ("Escape");
	case UI_KEY_ENTER:
		return (modifiers & UI_MOD_KEYPAD ? "KPEnter" : "Enter");
	case UI_KEY_TAB:
		return (modifiers & UI_MOD_SHIFT ? "BTab" : "Tab");
	case UI_KEY_BACKSPACE:
		return ("BSpace");
	case UI_KEY_INSERT:
		return ("IC");
	case UI_KEY_DELETE:
		return ("DC");
	case UI_KEY_HOME:
		return ("Home");
	case UI_KEY_END:
		return ("End");
	case UI_KEY_PAGE_UP:
		return ("PPage");
	case UI_KEY_PAGE_DOWN:
		return ("NPage");
	case UI_KEY_UP:
		return ("Up");
	case UI_KEY_DOWN:
		return ("Down");
	case UI_KEY_LEFT:
		return ("Left");
	case UI_KEY_RIGHT:
		return ("Right");
	default:
		return (NULL);
	}
}

/*
 * Without extended keys a terminal cannot tell Ctrl+Shift+A from Ctrl+A, nor
 * Ctrl+I from Tab, and bindings are made for that.
 */
static void
ui_input_legacy(uint32_t *key, uint32_t *modifiers)
{
	if (options_get_number(global_options, "extended-keys") != 0)
		return;
	if (~*modifiers & UI_MOD_CTRL)
		return;
	if (*key < 0x80)
		*modifiers &= ~UI_MOD_SHIFT;
	switch (*key) {
	case 'i':
		*key = UI_KEY_TAB;
		break;
	case 'm':
		*key = UI_KEY_ENTER;
		break;
	case '[':
		*key = UI_KEY_ESCAPE;
		break;
	default:
		return;
	}
	*modifiers &= ~UI_MOD_CTRL;
}

static size_t
ui_input_utf8(uint32_t codepoint, char text[5])
{
	size_t	n = 0;

	if (codepoint < 0x80)
		text[n++] = (char)codepoint;
	else {
		if (codepoint < 0x800)
			text[n++] = (char)(0xc0 | (codepoint >> 6));
		else {
			if (codepoint < 0x10000)
				text[n++] = (char)(0xe0 | (codepoint >> 12));
			else {
				text[n++] = (char)(0xf0 | (codepoint >> 18));
				text[n++] = (char)(0x80 |
				    ((codepoint >> 12) & 0x3f));
			}
			text[n++] = (char)(0x80 | ((codepoint >> 6) & 0x3f));
		}
		text[n++] = (char)(0x80 | (codepoint & 0x3f));
	}
	text[n] = '\0';
	return (n);
}

/*
 * A key by tmux's own name for it: how tmux composes key codes differs between
 * versions, what the names mean does not.
 */
static key_code
ui_input_lookup(uint32_t key, uint32_t modifiers)
{
	const char	*name = ui_input_key_name(key, modifiers);
	char		 text[8], full[24];

	if (name == NULL) {
		if (key >= (uint32_t)UI_KEY_F1 && key <= (uint32_t)UI_KEY_F12) {
			xsnprintf(text, sizeof text, "F%u",
			    key - (uint32_t)UI_KEY_F1 + 1);
		} else if (key == ' ')
			strlcpy(text, "Space", sizeof text);
		else if ((modifiers & UI_MOD_KEYPAD) && key < 0x80 &&
		    strchr("0123456789/*-+.", (int)key) != NULL)
			xsnprintf(text, sizeof text, "KP%c", (char)key);
		else if (key < 0x20 || key == 0x7f || key >= UI_KEY_BASE)
			return (KEYC_UNKNOWN);
		else
			ui_input_utf8(key, text);
		name = text;
	}
	if (key == (uint32_t)UI_KEY_TAB)
		modifiers &= ~UI_MOD_SHIFT;
	xsnprintf(full, sizeof full, "%s%s%s%s",
	    (modifiers & UI_MOD_CTRL) ? "C-" : "",
	    (modifiers & UI_MOD_ALT) ? "M-" : "",
	    (modifiers & UI_MOD_SHIFT) ? "S-" : "", name);
	return (key_string_lookup_string(full));
}

static void
ui_input_key(void *data, uint32_t key, uint32_t modifiers)
{
	struct client	*c = ui_input_client(data);
	key_code	 code;

	if (c == NULL)
		return;
	ui_times_key(data);
	ui_input_legacy(&key, &modifiers);
	/* Shift is part of a character that is typed without Ctrl. */
	if (key < UI_KEY_BASE && (~modifiers & UI_MOD_CTRL))
		modifiers &= ~UI_MOD_SHIFT;
	code = ui_input_lookup(key, modifiers);
	if (code != KEYC_UNKNOWN && code != KEYC_NONE)
		ui_input_event(c, code, NULL, NULL, 0);
}

/* The next character of text as a key; how many bytes it has. */
static size_t
ui_input_character(const char *text, size_t len, key_code *key)
{
	struct utf8_data	ud;
	enum utf8_state		more;
	utf8_char		uc;
	size_t			n;

	*key = (u_char)*text;
	if ((u_char)*text < 0x80)
		return (1);
	if ((more = utf8_open(&ud, (u_char)*text)) == UTF8_MORE) {
		for (n = 1; n < len && more == UTF8_MORE; n++)
			more = utf8_append(&ud, (u_char)text[n]);
		if (more == UTF8_DONE &&
		    utf8_from_data(&ud, &uc) == UTF8_DONE) {
			*key = uc;
			return (n);
		}
	}
	*key = KEYC_UNKNOWN;
	return (1);
}

static void
ui_input_characters(struct client *c, const char *text, size_t len)
{
	key_code	key;
	size_t		n;

	while (len != 0 && c->session != NULL) {
		n = ui_input_character(text, len, &key);
		if (key != KEYC_UNKNOWN)
			ui_input_event(c, key, NULL, text, n);
		text += n;
		len -= n;
	}
}

static void
ui_input_text(void *data, const char *text, size_t len)
{
	struct client	*c = ui_input_client(data);

	if (c == NULL)
		return;
	ui_times_key(data);
	ui_input_characters(c, text, len);
}

/* Buttons as xterm numbers them in its mouse reports. */
static u_int
ui_input_button(uint32_t button)
{
	if (button >= 8)
		return (MOUSE_BUTTON_8 + button - 8);
	if (button >= 4)
		return (MOUSE_WHEEL_UP + button - 4);
	return (button - 1);
}

/* A mouse event as tty_keys_mouse() makes it of an SGR report. */
static void
ui_input_mouse(void *data, uint32_t event, uint32_t button,
    uint32_t modifiers, uint16_t column, uint16_t row)
{
	struct ui_client	*ui = data;
	struct client		*c = ui_input_client(ui);
	struct mouse_event	 m;
	struct ui_placed	*pl;
	u_int			 b;

	if (c == NULL || (event != UI_MOUSE_MOTION && button == 0))
		return;
	memset(&m, 0, sizeof m);
	b = (event == UI_MOUSE_MOTION ? 3 : ui_input_button(button));
	if (event == UI_MOUSE_DRAG || event == UI_MOUSE_MOTION)
		b |= MOUSE_MASK_DRAG;
	if (modifiers & UI_MOD_SHIFT)
		b |= MOUSE_MASK_SHIFT;
	if (modifiers & UI_MOD_ALT)
		b |= MOUSE_MASK_META;
	if (modifiers & UI_MOD_CTRL)
		b |= MOUSE_MASK_CTRL;
	m.sgr_b = b;
	m.sgr_type = (event == UI_MOUSE_RELEASE ? 'm' : 'M');
	m.b = (event == UI_MOUSE_RELEASE ? 3 : b);
	m.x = column;
	m.y = row;
	if (ui->flags & UI_CLIENT_PANE) {
		if ((pl = ui_canvas_find(&ui->canvas, ui->pane)) == NULL)
			return;
		m.x += pl->dx;
		m.y += pl->dy;
	}
	m.lx = c->tty.mouse_last_x;
	m.ly = c->tty.mouse_last_y;
	m.lb = c->tty.mouse_last_b;
	c->tty.mouse_last_x = m.x;
	c->tty.mouse_last_y = m.y;
	c->tty.mouse_last_b = m.b;
	ui_input_event(c, KEYC_MOUSE, &m, NULL, 0);
}

static void
ui_input_focus(void *data, bool focused)
{
	struct client	*c = ui_input_client(data);

	if (c == NULL)
		return;
	if (focused)
		c->flags |= CLIENT_FOCUSED;
	else
		c->flags &= ~CLIENT_FOCUSED;
	compat_notify_client(focused ? "client-focus-in" : "client-focus-out",
	    c);
	window_update_focus(c->session->curw->window);
	ui_input_event(c, focused ? KEYC_FOCUS_IN : KEYC_FOCUS_OUT, NULL, NULL,
	    0);
}

/* As a terminal's answer to OSC 10 and 11, which tmux asks when it attaches. */
static void
ui_input_colours(void *data, uint32_t foreground, uint32_t background)
{
	struct ui_client	*ui = data;

	compat_set_colours(ui->c, (int)foreground | COLOUR_FLAG_RGB,
	    (int)background | COLOUR_FLAG_RGB);
}

/*
 * Pasted text as programs expect it from a terminal: lines end with CR, and no
 * control character is among it that could end the paste or act.
 */
static size_t
ui_input_clean(const char *data, size_t len, char *out)
{
	size_t	i, n = 0;
	u_char	ch;

	for (i = 0; i < len; i++) {
		ch = (u_char)data[i];
		if (ch == '\n') {
			if (i == 0 || data[i - 1] != '\r')
				out[n++] = '\r';
		} else if (ch == '\t' || ch == '\r' ||
		    (ch >= 0x20 && ch != 0x7f))
			out[n++] = (char)ch;
	}
	return (n);
}

/*
 * Whether a paste can go to the pane as bytes. With an overlay, a prompt, a
 * mode or synchronized panes keys are what is wanted.
 */
static struct window_pane *
ui_input_paste_pane(struct client *c)
{
	struct window_pane	*wp = compat_get_pane(c);

	if (compat_overlay_shown(c) || compat_prompting(c) ||
	    c->message_string != NULL || wp == NULL ||
	    !TAILQ_EMPTY(&wp->modes) || wp->fd == -1 || wp->event == NULL ||
	    (wp->flags & PANE_INPUTOFF) ||
	    options_get_number(wp->options, "synchronize-panes"))
		return (NULL);
	return (wp);
}

static void
ui_input_paste(void *data, const char *text, size_t len, bool first, bool last)
{
	struct ui_client	*ui = data;
	struct client		*c = ui_input_client(ui);
	struct window_pane	*wp;
	char			*clean;
	int			 bracket;

	if (c == NULL || (c->flags & CLIENT_READONLY))
		return;
	clean = malloc(len == 0 ? 1 : len);
	if (clean == NULL) {
		ui_client_close(ui, "out of memory");
		return;
	}
	len = ui_input_clean(text, len, clean);
	wp = ui_input_paste_pane(c);
	if (first) {
		ui->flags &= ~UI_CLIENT_PASTING;
		if (wp == NULL)
			ui->flags |= UI_CLIENT_PASTING;
	}
	if (wp == NULL || (ui->flags & UI_CLIENT_PASTING)) {
		if (first) {
			ui_input_event(c, KEYC_PASTE_START, NULL, "\033[200~",
			    6);
		}
		ui_input_characters(c, clean, len);
		if (last) {
			ui_input_event(c, KEYC_PASTE_END, NULL, "\033[201~",
			    6);
		}
	} else {
		bracket = (wp->screen->mode & MODE_BRACKETPASTE);
		if (first && bracket)
			bufferevent_write(wp->event, "\033[200~", 6);
		bufferevent_write(wp->event, clean, len);
		if (last && bracket)
			bufferevent_write(wp->event, "\033[201~", 6);
	}
	free(clean);
}

static void
ui_input_command(void *data, const char *command)
{
	struct client		*c = ui_input_client(data);
	struct cmd_parse_result	*pr;

	if (c == NULL)
		return;
	pr = cmd_parse_from_string(command, NULL);
	if (pr->status == CMD_PARSE_ERROR) {
		cmdq_append(c, cmdq_get_error(pr->error));
		free(pr->error);
		return;
	}
	if ((c->flags & CLIENT_READONLY) &&
	    !cmd_list_all_have(pr->cmdlist, CMD_READONLY))
		cmdq_append(c, cmdq_get_error("client is read-only"));
	else
		cmdq_append(c, cmdq_get_command(pr->cmdlist, NULL));
	cmd_list_free(pr->cmdlist);
}

static void
ui_input_detach(void *data)
{
	ui_client_close(data, NULL);
}

const ui_input_t	ui_input_callbacks = {
	.size = sizeof ui_input_callbacks,
	.on_hello = ui_input_hello,
	.on_resize = ui_input_resize,
	.on_key = ui_input_key,
	.on_text = ui_input_text,
	.on_mouse = ui_input_mouse,
	.on_paste = ui_input_paste,
	.on_focus = ui_input_focus,
	.on_colours = ui_input_colours,
	.on_command = ui_input_command,
	.on_detach = ui_input_detach,
	.on_report_ask = ui_report_asked,
	.on_report = ui_report_taken
};
