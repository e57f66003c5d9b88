/*
 * The shim: a client of tmux without a terminal.
 *
 * tmux draws for each of its clients on a struct tty, from two sides. Programs
 * in panes write; screen-write.c tells every tty what changed (tty_write()).
 * And the server draws what programs do not: borders, status line, menus, at
 * the end of each turn of its loop (screen-redraw.c). The functions of tty.c
 * then turn both into escape sequences.
 *
 * A client that came with VITRINE in its environment has a virtual tty. The
 * linker leads calls of tty.c's functions to hooks.c, which leaves ordinary
 * ttys to tmux, and for virtual ones:
 *
 *	a write marks rows dirty, in constant time            (write.c)
 *	a drawn line or cell goes onto the canvas             (canvas.c)
 *	the cursor, modes, title, bell, clipboard are noted   (hooks.c)
 *	the end of a turn builds one frame, if one is wanted  (frame.c)
 *	unless its program has not been read to the end       (unread.c)
 *	keys, mouse, paste, resize come back in               (input.c)
 *	when all that happened, if someone asks               (times.c)
 *	what windows hold and do, if someone asks             (report.c)
 *	what they may hold at most, if a user says it          (limits.c)
 *
 * The canvas knows for each cell of the screen whose it is. A line of a pane
 * is not copied: its cells are noted as the pane's, with the offset between
 * pane and screen, and a frame looks into the pane's grid when it is built.
 * What belongs to no pane is copied to a grid of the canvas. So a frame is
 * always views of tmux's packed cells, whatever they show.
 *
 * All of this runs in the server's only thread and never blocks. A failure
 * ends the one attachment it concerns.
 */
#ifndef SHIM_H
#define SHIM_H

#include <sys/types.h>

#include <tmux.h>

#include <vitrine/backend.h>
#include <vitrine/window.h>

#include "compat.h"

/* The most cells a window may ask for: 8K at 8x16 is 960x270. */
#define UI_CELLS_MAX (1024 * 512)

/* The most panes a canvas tells apart; further ones are copied like borders. */
#define UI_PLACED_MAX 126

/* No colour of tmux's. */
#define UI_NO_COLOUR 0x7fffffff

/* Where a pane's cells are: canvas position less pane position. */
struct ui_placed {
	u_int	 id;
	int	 dx;
	int	 dy;
	int	 wrote;	/* since the last frame */
	size_t	 read;	/* of its output, before that or when last asked */
};

struct ui_canvas {
	u_int			 sx;
	u_int			 sy;
	struct grid		*grid;	/* cells of no pane */
	u_char			*owner;	/* per cell: 0, or 1 + index of placed */
	uint64_t		*dirty;	/* bit per row */
	int			 drawn;	/* cells were, since the last frame */
	struct ui_placed	 placed[UI_PLACED_MAX];
	u_int			 nplaced;
	u_int			 cx;	/* where the next cell is drawn */
	u_int			 cy;
	struct grid_cell	 style;	/* and how, for characters */
};

struct ui_client {
	struct client		*c;
	ui_backend_t		*backend;	/* where frames go */
	ui_backend_t		*stream;	/* owner of the window */
	ui_window_t		*window;
	struct event		 read_event;
	struct event		 write_event;

	int			 flags;
#define UI_CLIENT_PANE 0x1	/* shows only one pane */
#define UI_CLIENT_FOLLOW 0x2	/* takes the window's size, sets none */
#define UI_CLIENT_CLOSE 0x4	/* detach at the next turn */
#define UI_CLIENT_FULL 0x8	/* next frame has every row */
#define UI_CLIENT_GREETED 0x10	/* hello came */
#define UI_CLIENT_OVERLAY 0x20	/* a popup wrote */
#define UI_CLIENT_PASTING 0x40	/* paste goes by keys */
#define UI_CLIENT_TIMES 0x80	/* frames carry times */
#define UI_CLIENT_LOST 0x100	/* nobody reads the stream any more */
#define UI_CLIENT_TOLD 0x200	/* the window knows why it ends */
#define UI_CLIENT_IMPATIENT 0x400 /* output flows without end */
#define UI_CLIENT_REPORTS 0x800	/* no window: wants reports */
#define UI_CLIENT_ASKED 0x1000	/* has still to send its own */
#define UI_CLIENT_WATCHED 0x2000 /* someone asks: its frames carry times */
#define UI_CLIENT_INPUT 0x4000	/* something came, this turn */
	u_int			 pane;		/* with UI_CLIENT_PANE */
	u_int			 sx;		/* what the window asked for */
	u_int			 sy;
	u_int			 xpixel;
	u_int			 ypixel;

	struct ui_canvas	 canvas;
	ui_cursor_t		 cursor;
	int			 mode;
	char			*title;

	/* The frame being built, and what the last one said. */
	ui_span_t		*spans;
	u_int			 nspans;
	u_int			 spans_size;
	u_int			 nrows;		/* that they are of */
	uint64_t		 sequence;
	u_int			 last_sx;
	u_int			 last_sy;
	u_int			 last_ox;
	u_int			 last_oy;
	int			 last_message;
	ui_cursor_t		 last_cursor;
	uint32_t		 last_modes;

	struct event		 unread_timer;
	int64_t			 unread_since;	/* the frame waits; or 0 */
	int64_t			 flow_ns;	/* a picture of a flow */
	int64_t			 flow_wait_ns;	/* between two of them */
	int64_t			 input_ns;	/* the last key and the like */

	ui_frame_times_t	 times;		/* with _TIMES or _WATCHED */
	u_int			 times_pane;	/* where the key went */

	ui_sending_t		 sending;	/* all so far */

	LIST_ENTRY(ui_client)	 entry;
};
LIST_HEAD(ui_clients, ui_client);
extern struct ui_clients	 ui_clients;

/* client.c */
int		 ui_client_wanted(struct client *);
void		 ui_client_start(struct client *);
int		 ui_client_open(struct ui_client *, char **);
void		 ui_client_free(struct ui_client *);
void		 ui_client_close(struct ui_client *, const char *);
void		 ui_client_watch(struct ui_client *);
void		 ui_client_before_loop(struct ui_client *);
struct ui_client *ui_client_find(const struct client *);

/* canvas.c */
ui_result_t	 ui_canvas_resize(struct ui_canvas *, u_int, u_int);
void		 ui_canvas_free(struct ui_canvas *);
void		 ui_canvas_restart(struct ui_canvas *);
void		 ui_canvas_mark(struct ui_canvas *, int, int);
int		 ui_canvas_row_dirty(const struct ui_canvas *, u_int);
int		 ui_canvas_any_dirty(const struct ui_canvas *);
void		 ui_canvas_clean(struct ui_canvas *);
struct ui_placed *ui_canvas_find(struct ui_canvas *, u_int);
void		 ui_canvas_cell(struct ui_canvas *, const struct grid_cell *);
void		 ui_canvas_text(struct ui_canvas *, const char *, size_t);
void		 ui_canvas_line(struct ui_canvas *, struct tty *,
		    struct screen *, u_int, u_int, u_int, u_int, u_int,
		    const struct grid_cell *, struct colour_palette *);

/* hooks.c */
void		 ui_title_free(struct ui_client *);

/* frame.c */
void		 ui_frame_emit(struct ui_client *);
void		 ui_frame_free_spans(struct ui_client *);
const ui_grid_layout_t *ui_frame_layout(void);

/* input.c */
extern const ui_input_t	 ui_input_callbacks;
void		 ui_input_pass_on(struct ui_client *);

/* report.c */
void		 ui_report_asked(void *);
void		 ui_report_taken(void *, const ui_report_t *);
void		 ui_report_gone(const struct ui_client *);

/* write.c */
void		 ui_write_forget(void);

/* times.c */
int64_t		 ui_clock(clockid_t);
void		 ui_times_key(struct ui_client *);
void		 ui_times_write(struct ui_client *, const struct window_pane *);
void		 ui_times_frame(struct ui_client *, ui_frame_t *);
void		 ui_times_taken(struct ui_client *);
void		 ui_times_stop(struct ui_client *);

/* unread.c */
void		 ui_unread_note(struct ui_placed *, const struct window_pane *);
void		 ui_unread_start(struct ui_client *);
void		 ui_unread_stop(struct ui_client *);
void		 ui_unread_input(struct ui_client *);
int		 ui_unread_wait(struct ui_client *, int, int);

/* The client of a virtual tty, or NULL for an ordinary one. */
static inline struct ui_client *
ui_tty_client(const struct tty *tty)
{
	if (LIST_EMPTY(&ui_clients))
		return (NULL);
	return (ui_client_find(tty->client));
}

#endif
