/*
 * Stage times, for a window that asked for them in its hello, and for all while
 * someone asks for reports: when a key was read, when its echo was in the grid of
 * its pane, when the frame was built. For all others no clock is read.
 *
 * The echo of a key is the first write after it of the pane that was active
 * then: other panes may write at any time. The frame with both times shows the
 * echo and ends the wait. A key that nothing answers to waits until another
 * comes; one that comes before a frame does is part of the same wait.
 */

#include <sys/types.h>

#include <string.h>
#include <time.h>

#include "shim.h"

/* In ns; 0 without that clock. */
int64_t
ui_clock(clockid_t clock)
{
	struct timespec	ts;

	if (clock_gettime(clock, &ts) != 0)
		return (0);
	return ((int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec);
}

static uint64_t
ui_times_now(void)
{
	return ((uint64_t)ui_clock(CLOCK_MONOTONIC));
}

static int
ui_times_wanted(const struct ui_client *ui)
{
	return (ui->flags & (UI_CLIENT_TIMES|UI_CLIENT_WATCHED));
}

/* A key or text of the window was read and goes to tmux next. */
void
ui_times_key(struct ui_client *ui)
{
	struct window_pane	*wp;

	if (!ui_times_wanted(ui))
		return;
	if (ui->times.key_read_ns != 0 && ui->times.built_ns == 0)
		return;
	wp = compat_get_pane(ui->c);
	ui->times_pane = (wp != NULL ? wp->id : UINT32_MAX);
	ui->times.key_read_ns = ui_times_now();
	ui->times.parsed_ns = 0;
	ui->times.built_ns = 0;
}

/* A pane wrote and what it changed is dirty. */
void
ui_times_write(struct ui_client *ui, const struct window_pane *wp)
{
	if (!ui_times_wanted(ui))
		return;
	if (ui->times.key_read_ns == 0 || ui->times.parsed_ns != 0 ||
	    wp->id != ui->times_pane)
		return;
	ui->times.parsed_ns = ui_times_now();
}

/* A frame is ready to be handed over. */
void
ui_times_frame(struct ui_client *ui, ui_frame_t *frame)
{
	if (!ui_times_wanted(ui))
		return;
	ui->times.size = sizeof ui->times;
	ui->times.built_ns = ui_times_now();
	frame->time_ns = ui->times.built_ns;
	frame->times = &ui->times;
}

/* The frame was taken. */
void
ui_times_taken(struct ui_client *ui)
{
	if (ui->times.parsed_ns != 0)
		memset(&ui->times, 0, sizeof ui->times);
}

/* Perhaps nobody wants times any more: a key of now is not one of later. */
void
ui_times_stop(struct ui_client *ui)
{
	if (!ui_times_wanted(ui))
		memset(&ui->times, 0, sizeof ui->times);
}
