/*
 * What closed panes leave. tmux frees a grid row by row, 6 ms for 100,000 rows,
 * and as long no window gets a frame and no key is read. So with a window
 * attached a large grid is set aside as it is, which costs the same for any
 * number of rows, and is freed bit by bit while the server goes on. So are ptys
 * of panes that close together: with each a program ends, and a hundred of them
 * at once keep the server from the processor. What is set aside is bounded:
 * beyond it all goes at once, as in tmux.
 */

#include <sys/types.h>
#include <sys/ioctl.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "hooks.h"

/* Fewer rows are freed in less time than a turn has here. */
#define UI_RETIRE_ROWS 1024
#define UI_RETIRE_MAX 256

/*
 * Freed a turn: rows until the time is over. Without a pause between turns the
 * server takes all of a processor, and is kept waiting for it when it has
 * something to draw. The pause is the shortest that poll() knows.
 */
#define UI_RETIRE_STEP 128
#define UI_RETIRE_TURN_NS 200000
#define UI_RETIRE_PAUSE_US 1000

/* Closed a turn, so that few programs end at a time; all of them by then. */
#define UI_RETIRE_PTYS 2
#define UI_RETIRE_PTYS_NS 100000000

/* Steps' rows after which their table shrinks; to do so may be to copy it. */
#define UI_RETIRE_TABLE 8192

/* tmux's for what is to stay at the terminal's own colour. */
#define UI_RETIRE_COLOUR 8

static struct grid	*ui_retired[UI_RETIRE_MAX];
static u_int		 ui_nretired;
static int		 ui_retired_ptys[UI_RETIRE_MAX];
static u_int		 ui_nretired_ptys;
static int64_t		 ui_retired_ptys_end;
static struct event	 ui_retire_timer;

static void	ui_retire_turn(int, short, void *);

/* From the end, so that the grid shrinks and is a grid all the time. */
static void
ui_retire_rows(struct grid *gd, u_int n)
{
	u_int	rest = gd->hsize - n;

	grid_clear_lines(gd, rest, n, UI_RETIRE_COLOUR);
	gd->hsize = rest;
}

/* The rows' own table, which takes the kernel 0.4 ms to unmap as one. */
static void
ui_retire_table(struct grid *gd)
{
	struct grid_line	*rows;

	rows = reallocarray(gd->linedata, gd->hsize, sizeof *rows);
	if (rows != NULL)
		gd->linedata = rows;
}

/* A step of the newest one, down to a whole number of steps. */
static void
ui_retire_step(void)
{
	struct grid	*gd = ui_retired[ui_nretired - 1];
	u_int		 n = (gd->hsize - 1) % UI_RETIRE_STEP + 1;

	if (n == gd->hsize) {
		ui_nretired--;
		__real_grid_destroy(gd);
		return;
	}
	ui_retire_rows(gd, n);
	if (gd->hsize % UI_RETIRE_TABLE == 0)
		ui_retire_table(gd);
}

static void
ui_retire_ptys(u_int n)
{
	for (; n != 0 && ui_nretired_ptys != 0; n--)
		close(ui_retired_ptys[--ui_nretired_ptys]);
}

static void
ui_retire_all_ptys(void)
{
	ui_retire_ptys(ui_nretired_ptys);
}

static int
ui_retire_waits(void)
{
	return (evtimer_initialized(&ui_retire_timer) &&
	    evtimer_pending(&ui_retire_timer, NULL));
}

static int
ui_retire_wake(void)
{
	const struct timeval	tv = { 0, UI_RETIRE_PAUSE_US };

	if (ui_retire_waits())
		return (0);
	if (!evtimer_initialized(&ui_retire_timer)) {
		/* A program that starts is to find those before hung up. */
		if (pthread_atfork(ui_retire_all_ptys, NULL, NULL) != 0)
			return (-1);
		evtimer_set(&ui_retire_timer, ui_retire_turn, NULL);
	}
	return (evtimer_add(&ui_retire_timer, &tv));
}

/* Ptys first: they are descriptors, and programs that are still to end. */
static void
ui_retire_turn(__unused int fd, __unused short events, __unused void *arg)
{
	const int64_t	now = ui_clock(CLOCK_MONOTONIC);

	ui_retire_ptys(now < ui_retired_ptys_end ? UI_RETIRE_PTYS :
	    UI_RETIRE_MAX);
	while (ui_nretired_ptys == 0 && ui_nretired != 0 &&
	    ui_clock(CLOCK_MONOTONIC) < now + UI_RETIRE_TURN_NS)
		ui_retire_step();
	if (ui_nretired_ptys + ui_nretired != 0 && ui_retire_wake() != 0) {
		ui_retire_all_ptys();
		while (ui_nretired != 0)
			ui_retire_step();
	}
}

void
__wrap_grid_destroy(struct grid *gd)
{
	const u_int	rows = gd->hsize + gd->sy;

	if (LIST_EMPTY(&ui_clients) || rows < UI_RETIRE_ROWS ||
	    ui_nretired == UI_RETIRE_MAX) {
		__real_grid_destroy(gd);
		return;
	}
	if (ui_retire_wake() != 0) {
		__real_grid_destroy(gd);
		return;
	}
	gd->hsize = rows;
	gd->sy = 0;
	ui_retired[ui_nretired++] = gd;
}

/*
 * tmux frees a pane's events before it closes its pty, which a descriptor of
 * ours then keeps open. A pane that closes alone loses its pty there.
 */
void
__wrap_bufferevent_free(struct bufferevent *event)
{
	const int	fd = bufferevent_getfd(event);
	u_int		number;
	int		kept;

	__real_bufferevent_free(event);
	if (LIST_EMPTY(&ui_clients) || ui_nretired_ptys == UI_RETIRE_MAX ||
	    ioctl(fd, TIOCGPTN, &number) != 0)
		return;
	if (!ui_retire_waits()) {
		(void)ui_retire_wake();
		return;
	}
	kept = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (kept == -1)
		return;
	if (ui_nretired_ptys == 0)
		ui_retired_ptys_end = ui_clock(CLOCK_MONOTONIC) +
		    UI_RETIRE_PTYS_NS;
	ui_retired_ptys[ui_nretired_ptys++] = kept;
}
