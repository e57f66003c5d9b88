/*
 * The life of a virtual client.
 *
 *	control_start()  its environment names VITRINE: take the descriptor that
 *			 control mode would use, read the hello that is already
 *			 in it, become a client with a terminal
 *	tty_open()	 attached: a terminal description, but no descriptor
 *	tty_free()	 detached or lost: everything goes
 *
 * In between the window may vanish at any moment; then tmux is asked to detach
 * the client, as if its user had.
 */

#include <sys/types.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hooks.h"

#define UI_ENVIRON "VITRINE"
#define UI_ENVIRON_BACKEND "VITRINE_BACKEND"

struct ui_clients	ui_clients = LIST_HEAD_INITIALIZER(ui_clients);

struct ui_client *
ui_client_find(const struct client *c)
{
	struct ui_client	*ui;

	LIST_FOREACH(ui, &ui_clients, entry) {
		if (ui->c == c)
			return (ui);
	}
	return (NULL);
}

/*
 * Whether a control client is a window. The name must not reach programs in
 * panes, where it would make windows of their control clients: it is in the
 * global environment if this client started the server.
 */
int
ui_client_wanted(struct client *c)
{
	struct environ_entry	*envent;

	envent = environ_find(c->environ, UI_ENVIRON);
	if (envent == NULL || envent->value == NULL)
		return (0);
	environ_unset(c->environ, UI_ENVIRON);
	environ_unset(global_environ, UI_ENVIRON);
	return (1);
}

/*
 * End a client that cannot attach; tmux passes the message on. One that was
 * told of its end already gets no other, and its old one is freed.
 */
static void
ui_client_refuse(struct client *c, const char *text)
{
	if (c->flags & CLIENT_EXITED)
		return;
	log_debug("%s: window refused: %s", c->name, text);
	c->retval = 1;
	c->exit_type = CLIENT_EXIT_RETURN;
	free(c->exit_message);
	xasprintf(&c->exit_message, "vitrine: %s", text);
	c->flags |= CLIENT_EXIT;
}

/* The backend that frames go to: the window, or what tests ask for. */
static ui_result_t
ui_client_choose_backend(struct ui_client *ui)
{
	const ui_grid_layout_t	*layout = ui_frame_layout();
	struct environ_entry	*envent;

	envent = environ_find(ui->c->environ, UI_ENVIRON_BACKEND);
	if (envent == NULL || envent->value == NULL) {
		ui->backend = ui->stream;
		return (UI_OK);
	}
	if (strncmp(envent->value, "record:", 7) == 0) {
		return (ui_recording_backend_create(envent->value + 7, layout,
		    &ui->backend));
	}
	return (ui_null_backend_create(layout, &ui->backend));
}

static void
ui_client_read(__unused int fd, __unused short events, void *arg)
{
	struct ui_client	*ui = arg;
	ui_result_t		 result;

	ui_write_forget();
	result = ui_window_read(ui->window);
	if (result == UI_ERROR_CLOSED) {
		ui->flags |= UI_CLIENT_LOST;
		ui_client_close(ui, NULL);
	} else if (result != UI_OK)
		ui_client_close(ui, ui_last_error());
}

static void
ui_client_write(__unused int fd, __unused short events, void *arg)
{
	struct ui_client	*ui = arg;

	/* Only to wake the loop. */
	if (ui->flags & UI_CLIENT_CLOSE)
		return;
	if (ui_window_flush(ui->window) != UI_OK) {
		ui->flags |= UI_CLIENT_LOST;
		ui_client_close(ui, NULL);
	} else
		ui_client_watch(ui);
}

/* Wait for the stream to take what is queued, if something is. */
void
ui_client_watch(struct ui_client *ui)
{
	if (ui->flags & UI_CLIENT_CLOSE)
		return;
	if (!ui_window_failed(ui->window)) {
		if (ui_window_wants_write(ui->window))
			event_add(&ui->write_event, NULL);
	} else if (ui_window_flush(ui->window) == UI_ERROR_MEMORY)
		ui_client_close(ui, ui_last_error());
	else
		ui_client_close(ui, "window does not read its stream");
}

/* Set the tty up as tty_init() would, but for the descriptor. */
static void
ui_client_init_tty(struct client *c)
{
	struct tty	*tty = &c->tty;
	u_int		 sx = tty->sx, sy = tty->sy;

	memset(tty, 0, sizeof *tty);
	tty->client = c;
	tty->cstyle = SCREEN_CURSOR_DEFAULT;
	tty->ccolour = -1;
	compat_init_tty(tty);
	tty_set_size(tty, sx, sy, 0, 0);
}

/* Make a virtual client of a control client. */
void
ui_client_start(struct client *c)
{
	struct ui_client	*ui;
	ui_result_t		 result;

	/* From here on there is no control mode to stop. */
	c->flags &= ~(CLIENT_CONTROL|CLIENT_CONTROLCONTROL);
	/* Who may not be here at all. */
	if (c->flags & CLIENT_EXIT)
		return;
	ui = ui_memory_allocate(UI_MEMORY_CONNECTION, sizeof *ui);
	if (ui == NULL) {
		ui_memory_fail();
		ui_client_refuse(c, ui_last_error());
		return;
	}
	memset(ui, 0, sizeof *ui);
	ui->c = c;
	ui->flags = UI_CLIENT_FULL;
	ui->last_message = -1;
	result = ui_window_backend_create(c->fd, ui_frame_layout(),
	    &ui_input_callbacks, ui, &ui->stream, &ui->window);
	if (result != UI_OK) {
		ui_client_refuse(c, ui_last_error());
		ui_memory_free(UI_MEMORY_CONNECTION, ui, sizeof *ui);
		return;
	}
	c->fd = -1;
	close(c->out_fd);
	c->out_fd = -1;
	c->flags |= CLIENT_TERMINAL|CLIENT_UTF8;
	ui_client_init_tty(c);
	LIST_INSERT_HEAD(&ui_clients, ui, entry);

	event_set(&ui->read_event, ui_window_descriptor(ui->window),
	    EV_READ|EV_PERSIST, ui_client_read, ui);
	event_set(&ui->write_event, ui_window_descriptor(ui->window), EV_WRITE,
	    ui_client_write, ui);
	event_add(&ui->read_event, NULL);
	ui_unread_start(ui);

	/* A window says hello before it starts tmux. */
	result = ui_window_read(ui->window);
	if (result == UI_OK && (~ui->flags & UI_CLIENT_GREETED)) {
		ui_client_close(ui, "the client's stdin is not a window");
		return;
	}
	if (result == UI_OK && (result = ui_client_choose_backend(ui)) == UI_OK)
		result = ui_backend_register(ui->backend, (ui_tty_t *)c);
	if (result != UI_OK)
		ui_client_close(ui, ui_last_error());
}

/*
 * The description has what tmux requires and true colour; the rest of what a
 * window can do does not go through terminal capabilities.
 */
static ui_result_t
ui_client_describe(struct client *c)
{
	static const char	*caps[] = {
		"clear=clear", "cup=cup", "bel=bel", "colors=256", "AX=1",
		"Tc=1", "U8=1", "kmous=kmous", "Enbp=enbp"
	};
	char			*name;

	if ((name = strdup("vitrine")) == NULL)
		return (ui_memory_fail());
	free(c->term_name);
	c->term_name = name;
	tty_term_free_list(c->term_caps, c->term_ncaps);
	c->term_ncaps = 0;
	c->term_caps = calloc(nitems(caps), sizeof *c->term_caps);
	if (c->term_caps == NULL)
		return (ui_memory_fail());
	while (c->term_ncaps < nitems(caps)) {
		c->term_caps[c->term_ncaps] = strdup(caps[c->term_ncaps]);
		if (c->term_caps[c->term_ncaps] == NULL)
			return (ui_memory_fail());
		c->term_ncaps++;
	}
	return (UI_OK);
}

/* Open the tty. What tty_open() wrote to the terminal goes nowhere. */
int
ui_client_open(struct ui_client *ui, char **cause)
{
	struct client	*c = ui->c;

	if (ui_client_describe(c) != UI_OK ||
	    ui_canvas_resize(&ui->canvas, c->tty.sx, c->tty.sy) != UI_OK) {
		*cause = xstrdup(ui_last_error());
		ui_client_close(ui, *cause);
		return (-1);
	}
	if (__real_tty_open(&c->tty, cause) != 0)
		return (-1);
	evtimer_del(&c->tty.start_timer);
	c->tty.flags |= TTY_BLOCK;
	evbuffer_drain(c->tty.out, EVBUFFER_LENGTH(c->tty.out));
	return (0);
}

/*
 * The attachment has to end. This may be called from anywhere, so it is only
 * noted; the next turn of the loop acts, and comes at once: at the end of a
 * turn nothing else may be there to wake it.
 */
void
ui_client_close(struct ui_client *ui, const char *text)
{
	struct client	*c = ui->c;

	if (ui->flags & UI_CLIENT_CLOSE)
		return;
	ui->flags |= UI_CLIENT_CLOSE;
	event_del(&ui->read_event);
	event_del(&ui->write_event);
	event_active(&ui->write_event, EV_WRITE, 1);
	if (text == NULL && (ui->flags & UI_CLIENT_REPORTS))
		c->flags |= CLIENT_EXIT;
	else if (text != NULL || c->session == NULL)
		ui_client_refuse(c, text != NULL ? text : "window closed");
	if (text != NULL) {
		/* The text may be the last error, which this may change. */
		ui_backend_detach(ui->stream, text);
		ui->flags |= UI_CLIENT_TOLD;
	}
}

/* The window's size follows that of the session. */
static void
ui_client_follow(struct ui_client *ui)
{
	struct client	*c = ui->c;
	struct window	*w = c->session->curw->window;
	u_int		 sx = w->sx, sy = w->sy + status_line_size(c);

	if ((ui->flags & UI_CLIENT_PANE) &&
	    window_pane_find_by_id(ui->pane) == NULL) {
		ui_backend_pane_closed(ui->stream, ui->pane);
		ui_client_close(ui, NULL);
		return;
	}
	if (c->tty.sx == sx && c->tty.sy == sy)
		return;
	tty_set_size(&c->tty, sx, sy, ui->xpixel, ui->ypixel);
	tty_update_client_offset(c);
	server_redraw_client(c);
}

/* A window of one pane has that pane as its active one. */
static void
ui_client_keep_pane(struct ui_client *ui)
{
	struct window_pane	*wp;

	if (ui->pane == UINT32_MAX)
		ui->pane = ui->c->session->curw->window->active->id;
	wp = window_pane_find_by_id(ui->pane);
	if (wp == NULL)
		return;
	if (wp->window == ui->c->session->curw->window &&
	    wp != compat_get_pane(ui->c))
		compat_set_pane(ui->c, wp);
	/* tmux redraws only panes of the current window. */
	if (wp->flags & PANE_REDRAW)
		ui_canvas_mark(&ui->canvas, 0, (int)ui->canvas.sy - 1);
}

/* Before tmux looks at its clients in this turn. */
void
ui_client_before_loop(struct ui_client *ui)
{
	struct client	*c = ui->c;

	/* 3.8 defers redraws of blocked ttys. */
	c->tty.flags &= ~TTY_BLOCK;
	/*
	 * Without a window there is nobody to tell: let go of everything at
	 * once, as of a terminal that was closed.
	 */
	if (ui->flags & UI_CLIENT_LOST) {
		server_client_lost(c);
		return;
	}
	/*
	 * Who asks for reports has no session, and tmux would end it with its
	 * command. It stays as long as there are sessions, unless it is sent
	 * away: only then there is a message.
	 */
	if (c->session == NULL &&
	    (ui->flags & (UI_CLIENT_REPORTS|UI_CLIENT_CLOSE)) ==
	    UI_CLIENT_REPORTS) {
		if (RB_EMPTY(&sessions))
			c->flags |= CLIENT_EXIT;
		else if (c->exit_message == NULL)
			c->flags &= ~CLIENT_EXIT;
	}
	if ((ui->flags & UI_CLIENT_CLOSE) && c->session != NULL)
		server_client_detach(c, MSG_DETACH);
	if (c->session == NULL || (c->flags & CLIENT_UNATTACHEDFLAGS))
		return;
	if (ui->flags & UI_CLIENT_PANE)
		ui_client_keep_pane(ui);
	if (ui->flags & UI_CLIENT_FOLLOW) {
		c->flags |= CLIENT_IGNORESIZE;
		ui_client_follow(ui);
	}
	if (ui_canvas_resize(&ui->canvas, c->tty.sx, c->tty.sy) != UI_OK) {
		ui_client_close(ui, ui_last_error());
		return;
	}
	if ((ui->flags & UI_CLIENT_OVERLAY) &&
	    ui_backend_wants_frame(ui->backend)) {
		ui->flags &= ~UI_CLIENT_OVERLAY;
		c->flags |= COMPAT_REDRAWOVERLAY;
	}
}

/* The client is lost: release everything. */
void
ui_client_free(struct ui_client *ui)
{
	LIST_REMOVE(ui, entry);
	ui_report_gone(ui);
	event_del(&ui->read_event);
	event_del(&ui->write_event);
	ui_unread_stop(ui);
	if (~ui->flags & UI_CLIENT_TOLD)
		ui_backend_detach(ui->stream, "");
	if (ui->backend != ui->stream)
		ui_backend_destroy(ui->backend);
	ui_backend_destroy(ui->stream);
	ui_canvas_free(&ui->canvas);
	/* tmux frees it when it is sent, and leaves the pointer as it is. */
	if (~ui->c->flags & CLIENT_EXITED) {
		free(ui->c->exit_message);
		ui->c->exit_message = NULL;
	}
	ui_frame_free_spans(ui);
	ui_title_free(ui);
	ui_memory_free(UI_MEMORY_CONNECTION, ui, sizeof *ui);
}
