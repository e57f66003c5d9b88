/*
 * What programs write. tmux changes the grid of a pane first and then tells
 * every tty by tty_write(), with a function that repeats the change there. For
 * a window it is enough to know which rows that function would touch; what is
 * in them is read from the grid when a frame is built.
 */

#include <sys/types.h>

#include <string.h>

#include "hooks.h"

/*
 * What was marked last. A program that writes much writes to the same rows of
 * the same pane again and again, and nothing but a turn of the loop or a
 * message of a window comes in between; it is forgotten with both.
 */
static struct {
	const void		*pane;		/* or NULL */
	tty_ctx_set_client_cb	 cb;
	int			 first;
	int			 last;
	int			 others;	/* clients that are no windows */
} ui_marked;

void
ui_write_forget(void)
{
	ui_marked.pane = NULL;
}

/* Which rows of its pane a command changes: first and last. */
static void
ui_command_rows(ui_command_cb cmd, const struct tty_ctx *ctx, int *first,
    int *last)
{
	*first = *last = (int)ctx->ocy;
	if (cmd == tty_cmd_cell || cmd == tty_cmd_cells ||
	    cmd == tty_cmd_insertcharacter ||
	    cmd == tty_cmd_deletecharacter ||
	    cmd == tty_cmd_clearcharacter)
		return;
	if (cmd == tty_cmd_scrollup || cmd == tty_cmd_scrolldown ||
	    cmd == tty_cmd_reverseindex) {
		*first = (int)ctx->orupper;
		*last = (int)ctx->orlower;
	} else if (cmd == tty_cmd_clearendofscreen ||
	    cmd == tty_cmd_insertline || cmd == tty_cmd_deleteline) {
		/* Lines move to the bottom if the cursor is below the region. */
		*last = (int)ctx->sy - 1;
	} else if (cmd == tty_cmd_clearstartofscreen)
		*first = 0;
	else {
		*first = 0;
		*last = (int)ctx->sy - 1;
	}
}

/*
 * Writes of panes and of popups come with different callbacks and arguments.
 * tmux keeps both callbacks to itself, so the pane's is learned when its
 * argument is first seen to be a pane.
 */
static struct window_pane *
ui_command_pane(const struct tty_ctx *ctx)
{
	static tty_ctx_set_client_cb	 pane_cb;
	struct window_pane		*wp;

	if (ctx->set_client_cb == pane_cb)
		return (ctx->arg);
	if (pane_cb != NULL)
		return (NULL);
	RB_FOREACH(wp, window_pane_tree, &all_window_panes) {
		if (wp == ctx->arg) {
			pane_cb = ctx->set_client_cb;
			return (wp);
		}
	}
	return (NULL);
}

static void
ui_command_clipboard(struct ui_client *ui, struct tty_ctx *ctx)
{
	const char	*clip = COMPAT_CTX_CLIP(ctx);

	ui_backend_clipboard(ui->stream, clip != NULL ? clip : "",
	    COMPAT_CTX_CLIP_DATA(ctx), COMPAT_CTX_CLIP_SIZE(ctx));
}

/* A pane wrote: what of a client's canvas does that change? */
static void
ui_command_mark(struct ui_client *ui, struct window_pane *wp,
    ui_command_cb cmd, struct tty_ctx *ctx)
{
	struct ui_placed	*pl;
	ui_command_t		 command;
	int			 first, last, visible;

	visible = (ui->c->session->curw->window == wp->window &&
	    wp->layout_cell != NULL);
	if (cmd == tty_cmd_setselection) {
		if (visible)
			ui_command_clipboard(ui, ctx);
		return;
	}
	ui_command_rows(cmd, ctx, &first, &last);
	if (ui_backend_wants_commands(ui->backend)) {
		memset(&command, 0, sizeof command);
		command.size = sizeof command;
		command.pane = wp->id;
		command.first_row = first;
		command.last_row = last;
		ui_backend_command(ui->backend, &command);
	}
	if (visible && (pl = ui_canvas_find(&ui->canvas, wp->id)) != NULL) {
		ui_unread_note(pl, wp);
		ui_canvas_mark(&ui->canvas, pl->dy + first, pl->dy + last);
	} else if ((ui->flags & UI_CLIENT_PANE) && ui->pane == wp->id)
		ui_canvas_mark(&ui->canvas, 0, (int)ui->canvas.sy - 1);
	ui_times_write(ui, wp);
}

/* Whether a window could tell this change from the last one. */
static int
ui_command_known(ui_command_cb cmd, const struct tty_ctx *ctx)
{
	int	first, last;

	if (ctx->arg != ui_marked.pane || ctx->set_client_cb != ui_marked.cb ||
	    ui_marked.pane == NULL || cmd == tty_cmd_setselection)
		return (0);
	ui_command_rows(cmd, ctx, &first, &last);
	return (first >= ui_marked.first && last <= ui_marked.last);
}

static void
ui_command_remember(ui_command_cb cmd, const struct tty_ctx *ctx)
{
	struct client		*c;
	struct ui_client	*ui;

	ui_write_forget();
	if (cmd == tty_cmd_syncstart || cmd == tty_cmd_rawstring ||
	    cmd == tty_cmd_setselection)
		return;
	if (ctx->set_client_cb == NULL || ui_command_pane(ctx) == NULL)
		return;
	LIST_FOREACH(ui, &ui_clients, entry) {
		if (ui_backend_wants_commands(ui->backend))
			return;
	}
	ui_marked.others = 0;
	TAILQ_FOREACH(c, &clients, entry)
		ui_marked.others |= (ui_client_find(c) == NULL);
	ui_marked.pane = ctx->arg;
	ui_marked.cb = ctx->set_client_cb;
	ui_command_rows(cmd, ctx, &ui_marked.first, &ui_marked.last);
}

static void
ui_command(struct ui_client *ui, ui_command_cb cmd, struct tty_ctx *ctx)
{
	struct window_pane	*wp;

	if (cmd == tty_cmd_syncstart || cmd == tty_cmd_rawstring)
		return;
	if ((wp = ui_command_pane(ctx)) != NULL)
		ui_command_mark(ui, wp, cmd, ctx);
	else if (ctx->set_client_cb(ctx, ui->c) == 1) {
		if (cmd == tty_cmd_setselection)
			ui_command_clipboard(ui, ctx);
		else
			ui->flags |= UI_CLIENT_OVERLAY;
	}
}

/*
 * Every change of every screen passes here. A virtual tty is frozen, so tmux
 * passes it over; overlays clear the flag, so it is set each time.
 */
void
__wrap_tty_write(ui_command_cb cmd, struct tty_ctx *ctx)
{
	struct ui_client	*ui;
	int			 known;

	known = ui_command_known(cmd, ctx);
	if (known && !ui_marked.others)
		return;
	LIST_FOREACH(ui, &ui_clients, entry) {
		ui->c->tty.flags |= TTY_FREEZE;
		if (!known && ctx->set_client_cb != NULL && ui->c->session != NULL &&
		    ui->canvas.grid != NULL)
			ui_command(ui, cmd, ctx);
	}
	if (!known && !LIST_EMPTY(&ui_clients))
		ui_command_remember(cmd, ctx);
	__real_tty_write(cmd, ctx);
}
