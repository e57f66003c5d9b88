/*
 * Half-drawn pictures. tmux reads a pane by a few kilobytes a turn, so what a
 * program draws at once may come in several turns, and a frame in between
 * shows the top of one picture over the bottom of another. While a pane that
 * wrote has more to be read, its frame waits for the next turn, which comes at
 * once; but not for long: what flows without end is shown as it flows.
 *
 * The wait is measured in what the server works, so that it means as much
 * output on a busy machine as on an idle one.
 *
 * What flows without end nobody reads as it does, and its pictures take time
 * that it could flow in: they come thirty times a second, or ten where window
 * and display have no processors of their own. (To a terminal tmux shows it
 * ten times.) The last one, and what shows more than the flow, come when they
 * can. What seems to be the last one soon after a picture may only be a writer
 * that had to wait for that to be drawn; another picture then would make it
 * wait again. After a key there is first some time for what it does, which
 * would have to wait for a picture of the flow to be drawn; then pictures come
 * as fast as they are asked for.
 */

#include <sys/types.h>
#include <sys/ioctl.h>

#include <event2/bufferevent.h>
#include <time.h>
#include <unistd.h>

#include "shim.h"

/* Some ten kilobytes of coloured text, and less than anyone sees. */
#define UI_UNREAD_WAIT_NS 900000

/* Between pictures of what flows, and where they take its processors. */
#define UI_UNREAD_FLOW_NS 33000000
#define UI_UNREAD_FLOW_SHARED_NS 100000000

/* By then a picture is drawn and shown, also where GL is emulated. */
#define UI_UNREAD_DRAWN_NS 8000000

/* What writes, tmux, the window and the display have one each. */
#define UI_UNREAD_PROCESSORS 4

/* After a key: for what it does alone, and for what it does to the flow. */
#define UI_UNREAD_ANSWER_NS 5000000
#define UI_UNREAD_INPUT_NS 100000000

/* What the kernel keeps ready of a terminal; it has to fetch what is behind. */
#define UI_UNREAD_FULL 4095

static size_t
ui_unread_total(const struct window_pane *wp)
{
	return (wp->base_offset + wp->offset.used);
}

/* A pane wrote; what it wrote from is counted as read only after that. */
void
ui_unread_note(struct ui_placed *pl, const struct window_pane *wp)
{
	if (pl->wrote)
		return;
	pl->wrote = 1;
	pl->read = ui_unread_total(wp);
}

/* Whether more is to come, as far as is known: nothing tells of a writer. */
static int
ui_unread_pane(struct ui_placed *pl)
{
	struct window_pane	*wp = window_pane_find_by_id(pl->id);
	size_t			 total, got;
	int			 n;

	if (wp == NULL || wp->fd == -1 || wp->event == NULL ||
	    !(bufferevent_get_enabled(wp->event) & EV_READ))
		return (0);
	total = ui_unread_total(wp);
	got = total - pl->read;
	pl->read = total;
	if (got >= UI_UNREAD_FULL)
		return (1);
	return (ioctl(wp->fd, FIONREAD, &n) == 0 && n > 0);
}

/* Whether the pane with the cursor writes: its flow moves that, too. */
static int
ui_unread_active(struct ui_client *ui)
{
	struct ui_placed	*pl;

	pl = ui_canvas_find(&ui->canvas, compat_get_pane(ui->c)->id);
	return (pl != NULL && pl->wrote);
}

/*
 * Whether any pane has; and whether something else is to be shown: a pane that
 * wrote all it had to or only moved the cursor, a prompt, a popup.
 */
static int
ui_unread_any(struct ui_client *ui, int moved, int *others)
{
	u_int	i;
	int	any = 0;

	*others = ui->canvas.drawn || (moved && !ui_unread_active(ui));
	for (i = 0; i < ui->canvas.nplaced; i++) {
		if (!ui->canvas.placed[i].wrote)
			continue;
		if (ui_unread_pane(&ui->canvas.placed[i]))
			any = 1;
		else
			*others = 1;
	}
	return (any);
}

/* Nothing came: that there is a turn is all that is wanted. */
static void
ui_unread_turn(__unused int fd, __unused short events, __unused void *arg)
{
}

void
ui_unread_start(struct ui_client *ui)
{
	evtimer_set(&ui->unread_timer, ui_unread_turn, NULL);
	ui->flow_wait_ns = UI_UNREAD_FLOW_NS;
	if (sysconf(_SC_NPROCESSORS_ONLN) < UI_UNREAD_PROCESSORS)
		ui->flow_wait_ns = UI_UNREAD_FLOW_SHARED_NS;
}

void
ui_unread_stop(struct ui_client *ui)
{
	evtimer_del(&ui->unread_timer);
}

/* If nothing comes there is a turn all the same; 0 is one in time, or -1. */
static int
ui_unread_wake(struct ui_client *ui)
{
	const struct timeval	tv = { .tv_usec = UI_UNREAD_WAIT_NS / 1000 };

	if (evtimer_pending(&ui->unread_timer, NULL))
		return (0);
	return (evtimer_add(&ui->unread_timer, &tv));
}

/* Input came: what follows is shown as soon as it can be. */
void
ui_unread_input(struct ui_client *ui)
{
	ui->input_ns = ui_clock(CLOCK_MONOTONIC);
}

/* Whether a picture that shows only the flow should wait. */
static int
ui_unread_flow(struct ui_client *ui)
{
	int64_t	now = ui_clock(CLOCK_MONOTONIC);
	int64_t	input = now - ui->input_ns;
	int	wait;

	wait = (input < UI_UNREAD_ANSWER_NS ||
	    (input >= UI_UNREAD_INPUT_NS &&
	    now - ui->flow_ns < ui->flow_wait_ns));
	if (wait && ui_unread_wake(ui) == 0)
		return (1);
	ui->flow_ns = now;
	return (0);
}

/* Whether a pane was read too long to go on before it is shown. */
static int
ui_unread_impatient(struct ui_client *ui)
{
	int64_t	now;

	if (ui->flags & UI_CLIENT_IMPATIENT)
		return (1);
	now = ui_clock(CLOCK_THREAD_CPUTIME_ID);
	if (ui->unread_since == 0)
		ui->unread_since = now;
	if (now - ui->unread_since < UI_UNREAD_WAIT_NS &&
	    ui_unread_wake(ui) == 0)
		return (0);
	ui->flags |= UI_CLIENT_IMPATIENT;
	ui->unread_since = 0;
	return (1);
}

/* Whether what flowed may go on as soon as its last picture is drawn. */
static int
ui_unread_pause(struct ui_client *ui)
{
	int64_t	now;

	if (~ui->flags & UI_CLIENT_IMPATIENT)
		return (0);
	now = ui_clock(CLOCK_MONOTONIC);
	if (now - ui->input_ns < UI_UNREAD_INPUT_NS)
		return (0);
	if (now - ui->flow_ns < UI_UNREAD_DRAWN_NS && ui_unread_wake(ui) == 0)
		return (1);
	ui->flow_ns = now;
	return (0);
}

/*
 * Whether the frame, all of it or less, with the cursor moved or not, should
 * not be built in this turn.
 */
int
ui_unread_wait(struct ui_client *ui, int full, int moved)
{
	int	others;

	if (!ui_unread_any(ui, moved, &others)) {
		if (!full && ui_unread_pause(ui))
			return (1);
		ui->flags &= ~UI_CLIENT_IMPATIENT;
		ui->unread_since = 0;
		return (0);
	}
	if (others && ui_clock(CLOCK_MONOTONIC) - ui->input_ns <
	    UI_UNREAD_INPUT_NS)
		return (0);
	if (!ui_unread_impatient(ui))
		return (1);
	return (!others && !full && ui_unread_flow(ui));
}
