/*
 * Half-drawn pictures. tmux reads a pane by a few kilobytes a turn, so what a
 * program draws at once may come in several turns, and a frame in between
 * shows the top of one picture over the bottom of another. While a pane that
 * wrote has more to be read, its frame waits for the next turn, which comes at
 * once; but not for long: what flows without end is shown as it flows.
 *
 * The wait is measured in what the server works, so that it means as much
 * output on a busy machine as on an idle one.
 */

#include <sys/types.h>
#include <sys/ioctl.h>

#include <event2/bufferevent.h>
#include <time.h>

#include "shim.h"

/* Some ten kilobytes of coloured text, and less than anyone sees. */
#define UI_UNREAD_WAIT_NS 900000

/* What the kernel keeps ready of a terminal; it has to fetch what is behind. */
#define UI_UNREAD_FULL 4095

static int64_t
ui_unread_now(void)
{
	struct timespec	ts;

	if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts) != 0)
		return (0);
	return ((int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec);
}

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

static int
ui_unread_any(struct ui_client *ui)
{
	u_int	i;
	int	any = 0;

	for (i = 0; i < ui->canvas.nplaced; i++) {
		if (ui->canvas.placed[i].wrote)
			any |= ui_unread_pane(&ui->canvas.placed[i]);
	}
	return (any);
}

/* Nothing came: that there is a turn is all that is wanted. */
static void
ui_unread_turn(__unused int fd, __unused short events, __unused void *arg)
{
}

/* Whether the frame should not be built in this turn. */
int
ui_unread_wait(struct ui_client *ui)
{
	const struct timeval	tv = { .tv_usec = UI_UNREAD_WAIT_NS / 1000 };
	int64_t			now;

	if (!ui_unread_any(ui)) {
		ui->flags &= ~UI_CLIENT_IMPATIENT;
		ui->unread_since = 0;
		return (0);
	}
	if (ui->flags & UI_CLIENT_IMPATIENT)
		return (0);
	now = ui_unread_now();
	if (ui->unread_since == 0 &&
	    event_once(-1, EV_TIMEOUT, ui_unread_turn, NULL, &tv) == 0)
		ui->unread_since = now;
	if (ui->unread_since != 0 &&
	    now - ui->unread_since < UI_UNREAD_WAIT_NS)
		return (1);
	ui->flags |= UI_CLIENT_IMPATIENT;
	ui->unread_since = 0;
	return (0);
}
