/*
 * tmux's own main() makes the server, up to where its loop would begin: that
 * call is led here by the linker and leaves by longjmp(), so that a turn of
 * the loop can be had one at a time.
 */

#include <sys/types.h>

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tmux.h>
#include <vitrine/backend.h>

#include "pane_server.h"

int		 tmux_main(int, char **);
void		 __wrap_proc_loop(struct tmuxproc *, int (*)(void));
ui_result_t	 __real_ui_backend_frame(ui_backend_t *, const ui_frame_t *);
ui_result_t	 __wrap_ui_backend_frame(ui_backend_t *, const ui_frame_t *);
#ifdef ENABLE_SIXEL
struct sixel_image *__real_sixel_scale(struct sixel_image *, u_int, u_int,
		     u_int, u_int, u_int, u_int, int);
struct sixel_image *__wrap_sixel_scale(struct sixel_image *, u_int, u_int,
		     u_int, u_int, u_int, u_int, int);
#endif

static jmp_buf	 at_loop;
static int	(*end_of_turn)(void);

void
__wrap_proc_loop(__unused struct tmuxproc *tp, int (*loopcb)(void))
{
	end_of_turn = loopcb;
	longjmp(at_loop, 1);
}

/* The shim lets a frame that is refused be, and tries again: here none may be. */
ui_result_t
__wrap_ui_backend_frame(ui_backend_t *backend, const ui_frame_t *frame)
{
	ui_result_t	result = __real_ui_backend_frame(backend, frame);

	if (result != UI_OK) {
		fprintf(stderr, "a frame is refused: %s\n", ui_last_error());
		abort();
	}
	return (result);
}

#ifdef ENABLE_SIXEL
/*
 * An image that is scaled to nothing is none: tmux keeps it, and writes two
 * bytes past the text it has for it. Colours are left, as tmux ends where an
 * image has none; no window draws them.
 */
struct sixel_image *
__wrap_sixel_scale(struct sixel_image *si, u_int xpixel, u_int ypixel,
    u_int ox, u_int oy, u_int sx, u_int sy, __unused int colours)
{
	struct sixel_image	*new;
	u_int			 x, y;

	new = __real_sixel_scale(si, xpixel, ypixel, ox, oy, sx, sy, 0);
	if (new == NULL)
		return (NULL);
	sixel_size_in_cells(new, &x, &y);
	if (x != 0 && y != 0)
		return (new);
	sixel_free(new);
	return (NULL);
}
#endif

static void
pane_server_run(const char *command)
{
	struct cmd_parse_result	*pr;

	pr = cmd_parse_from_string(command, NULL);
	if (pr->status != CMD_PARSE_SUCCESS)
		abort();
	cmdq_append(NULL, cmdq_get_command(pr->cmdlist, NULL));
	cmd_list_free(pr->cmdlist);
	pane_server_turn();
}

void
pane_server_start(const char *socket, unsigned columns, unsigned rows)
{
	/* A program's answers must not come back as its output. */
	static const char	 program[] = "'stty raw -echo; exec cat >/dev/null'";
	char			 command[256];
	char			*argv[] = { "tmux", "-D", "-S", (char *)socket,
				     "-f", "/dev/null", NULL };

	if (setjmp(at_loop) == 0)
		exit(tmux_main(nitems(argv) - 1, argv));
	xsnprintf(command, sizeof command, "new-session -d -x %u -y %u %s",
	    columns, rows, program);
	pane_server_run(command);
	xsnprintf(command, sizeof command, "split-window -h %s", program);
	pane_server_run(command);
}

void
pane_server_turn(void)
{
	event_loop(EVLOOP_NONBLOCK);
	if (end_of_turn())
		abort();
}

static struct window_pane *
pane_server_find(unsigned pane)
{
	struct session	*s = RB_MIN(sessions, &sessions);

	if (s == NULL || window_count_panes(s->curw->window) != PANE_SERVER_PANES)
		abort();
	return (window_pane_at_index(s->curw->window, pane));
}

void
pane_server_reset(unsigned pane)
{
	/* Out of the other screen, and all else. */
	static const char	 bytes[] = "\033[?1049l\033c";
	struct window_pane	*wp = pane_server_find(pane);

	input_reset(wp->ictx, 0); /* also out of what no byte ends */
	pane_server_write(pane, (const uint8_t *)bytes, sizeof bytes - 1);
	grid_clear_history(wp->base.grid);
	colour_palette_clear(&wp->palette);
}

void
pane_server_write(unsigned pane, const uint8_t *bytes, size_t size)
{
	input_parse_buffer(pane_server_find(pane), (u_char *)bytes, size);
}

void
pane_server_redraw(void)
{
	server_redraw_window(pane_server_find(0)->window);
}

uint32_t
pane_server_id(unsigned pane)
{
	return (pane_server_find(pane)->id);
}

/*
 * Writes the character of a cell, and how many columns it takes. Programs can
 * cut a wide one in half: what is half of one is blank, and what lies over its
 * second half is not seen. Control characters combine with a letter unseen.
 */
static size_t
pane_server_cell(struct grid *gd, u_int x, u_int y, char *text, u_int *width)
{
	struct grid_cell	 gc;
	const char		*line;
	size_t			 used = 0, at;

	grid_get_cell(gd, x, y, &gc);
	*width = 1;
	if ((gc.flags & GRID_FLAG_PADDING) || x + gc.data.width > gd->sx) {
		*text = ' ';
		return (1);
	}
	if (gc.data.width > 1)
		*width = gc.data.width;
	/* The first byte may be of a line, whatever combines with it. */
	if ((gc.attr & GRID_ATTR_CHARSET) &&
	    (line = tty_acs_get(NULL, gc.data.data[0])) != NULL)
		used = strlcpy(text, line, UTF8_SIZE);
	else
		text[used++] = gc.data.data[0];
	for (at = 1; at < gc.data.size; at++) {
		if (at + 1 < gc.data.size && gc.data.data[at] == 0xc2 &&
		    gc.data.data[at + 1] < 0xa0)
			at++;
		else
			text[used++] = gc.data.data[at];
	}
	return (used);
}

size_t
pane_server_text(unsigned pane, char *text)
{
	struct screen	*s = &pane_server_find(pane)->base;
	size_t		 length = 0, begin;
	u_int		 x, y, width;

	for (y = 0; y < screen_size_y(s); y++) {
		if (y != 0)
			text[length++] = '\n';
		begin = length;
		for (x = 0; x < screen_size_x(s); x += width) {
			length += pane_server_cell(s->grid, x,
			    s->grid->hsize + y, text + length, &width);
		}
		while (length > begin && text[length - 1] == ' ')
			length--;
	}
	return (length);
}
