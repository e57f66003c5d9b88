/*
 * The canvas: whose each cell of a virtual tty is.
 *
 * A line of a visible pane is noted by owner and offset, anything else is
 * copied, colours of popup palettes already resolved. Where an overlay hides
 * cells, they stay as the overlay drew them.
 */

#include <sys/types.h>

#include <stdlib.h>
#include <string.h>

#include "shim.h"

#define UI_DIRTY_WORDS(sy) (((sy) + 63) / 64)
#define UI_DIRTY_BYTES(sy) (UI_DIRTY_WORDS(sy) * sizeof (uint64_t))

/* Make the canvas another size: blank, all dirty. UI_ERROR_MEMORY. */
ui_result_t
ui_canvas_resize(struct ui_canvas *cv, u_int sx, u_int sy)
{
	u_char		*owner;
	uint64_t	*dirty;

	if (cv->grid != NULL && cv->sx == sx && cv->sy == sy)
		return (UI_OK);
	owner = ui_memory_allocate(UI_MEMORY_CANVAS, (size_t)sx * sy);
	dirty = ui_memory_allocate(UI_MEMORY_CANVAS, UI_DIRTY_BYTES(sy));
	if (owner == NULL || dirty == NULL) {
		ui_memory_free(UI_MEMORY_CANVAS, owner, (size_t)sx * sy);
		ui_memory_free(UI_MEMORY_CANVAS, dirty, UI_DIRTY_BYTES(sy));
		return (ui_memory_fail());
	}
	memset(owner, 0, (size_t)sx * sy);
	memset(dirty, 0, UI_DIRTY_BYTES(sy));
	ui_canvas_free(cv);
	cv->owner = owner;
	cv->dirty = dirty;
	cv->sx = sx;
	cv->sy = sy;
	cv->grid = grid_create(sx, sy, 0);
	memcpy(&cv->style, &grid_default_cell, sizeof cv->style);
	ui_canvas_mark(cv, 0, (int)sy - 1);
	return (UI_OK);
}

void
ui_canvas_free(struct ui_canvas *cv)
{
	if (cv->grid != NULL)
		grid_destroy(cv->grid);
	ui_memory_free(UI_MEMORY_CANVAS, cv->owner, (size_t)cv->sx * cv->sy);
	ui_memory_free(UI_MEMORY_CANVAS, cv->dirty, UI_DIRTY_BYTES(cv->sy));
	memset(cv, 0, sizeof *cv);
}

/*
 * The whole window is about to be drawn: forget where panes were. Cells that
 * were a pane's and are not drawn now keep nothing of it.
 */
void
ui_canvas_restart(struct ui_canvas *cv)
{
	memset(cv->owner, 0, (size_t)cv->sx * cv->sy);
	cv->nplaced = 0;
	ui_canvas_mark(cv, 0, (int)cv->sy - 1);
}

/* Mark rows as dirty, both included; what is outside is ignored. */
void
ui_canvas_mark(struct ui_canvas *cv, int first, int last)
{
	int		 word;
	uint64_t	 mask;

	if (first < 0)
		first = 0;
	if (last >= (int)cv->sy)
		last = (int)cv->sy - 1;
	if (first > last)
		return;
	for (word = first / 64; word <= last / 64; word++) {
		mask = ~0ULL;
		if (word == first / 64)
			mask &= ~0ULL << (first % 64);
		if (word == last / 64)
			mask &= ~0ULL >> (63 - last % 64);
		cv->dirty[word] |= mask;
	}
}

int
ui_canvas_row_dirty(const struct ui_canvas *cv, u_int y)
{
	return ((cv->dirty[y / 64] >> (y % 64)) & 1);
}

int
ui_canvas_any_dirty(const struct ui_canvas *cv)
{
	u_int	i;

	for (i = 0; i < UI_DIRTY_WORDS(cv->sy); i++) {
		if (cv->dirty[i] != 0)
			return (1);
	}
	return (0);
}

void
ui_canvas_clean(struct ui_canvas *cv)
{
	u_int	i;

	memset(cv->dirty, 0, UI_DIRTY_BYTES(cv->sy));
	cv->drawn = 0;
	for (i = 0; i < cv->nplaced; i++)
		cv->placed[i].wrote = 0;
}

/* Where a pane was drawn, or NULL. */
struct ui_placed *
ui_canvas_find(struct ui_canvas *cv, u_int id)
{
	u_int	i;

	for (i = 0; i < cv->nplaced; i++) {
		if (cv->placed[i].id == id)
			return (&cv->placed[i]);
	}
	return (NULL);
}

/* Place a pane; returns its owner number, 0 if there is no room. */
static u_char
ui_canvas_place(struct ui_canvas *cv, u_int id, int dx, int dy)
{
	struct ui_placed	*pl;

	pl = ui_canvas_find(cv, id);
	if (pl == NULL) {
		if (cv->nplaced == UI_PLACED_MAX)
			return (0);
		pl = &cv->placed[cv->nplaced++];
		pl->id = id;
		pl->wrote = 0;
	}
	pl->dx = dx;
	pl->dy = dy;
	return ((u_char)(pl - cv->placed + 1));
}

static void
ui_canvas_set(struct ui_canvas *cv, u_int x, u_int y,
    const struct grid_cell *gc)
{
	if (x >= cv->sx || y >= cv->sy)
		return;
	grid_set_cell(cv->grid, x, y, gc);
	cv->owner[(size_t)y * cv->sx + x] = 0;
	cv->drawn = 1;
	ui_canvas_mark(cv, (int)y, (int)y);
}

/* Draw a cell where the cursor is and move it on. */
void
ui_canvas_cell(struct ui_canvas *cv, const struct grid_cell *gc)
{
	if (gc->flags & GRID_FLAG_PADDING)
		return;
	ui_canvas_set(cv, cv->cx, cv->cy, gc);
	cv->cx += gc->data.width;
}

/*
 * Draw ASCII characters in the current style. display-panes writes a NUL with
 * the number of a small pane, which no terminal shows.
 */
void
ui_canvas_text(struct ui_canvas *cv, const char *text, size_t len)
{
	struct grid_cell	gc;
	size_t			i;

	memcpy(&gc, &cv->style, sizeof gc);
	for (i = 0; i < len; i++) {
		if (text[i] < 0x20 || text[i] == 0x7f)
			continue;
		utf8_set(&gc.data, (u_char)text[i]);
		ui_canvas_cell(cv, &gc);
	}
}

/* Replace default and palette colours, as tty_attributes() does. */
static void
ui_canvas_resolve(struct grid_cell *gc, const struct grid_cell *defaults,
    struct colour_palette *palette)
{
	int	c;

	if (gc->flags & GRID_FLAG_NOPALETTE)
		return;
	if (gc->fg == 8)
		gc->fg = defaults->fg;
	if (gc->bg == 8)
		gc->bg = defaults->bg;
	c = gc->fg;
	if (c < 8 && (gc->attr & GRID_ATTR_BRIGHT))
		c += 90;
	if ((c = colour_palette_get(palette, c)) != -1)
		gc->fg = c;
	if ((c = colour_palette_get(palette, gc->bg)) != -1)
		gc->bg = c;
	if ((c = colour_palette_get(palette, gc->us)) != -1)
		gc->us = c;
}

/* The pane of the client's window that shows a screen. */
static struct window_pane *
ui_canvas_pane(struct client *c, struct screen *s)
{
	struct window_pane	*wp;

	if (c->session == NULL)
		return (NULL);
	TAILQ_FOREACH(wp, &c->session->curw->window->panes, entry) {
		if (wp->screen == s)
			return (wp);
	}
	return (NULL);
}

/* Copy cells of a screen; past the end of its line they are blank. */
static void
ui_canvas_copy(struct ui_canvas *cv, struct screen *s, u_int px, u_int py,
    u_int nx, u_int atx, u_int aty, const struct grid_cell *defaults,
    struct colour_palette *palette)
{
	struct grid		*gd = s->grid;
	struct grid_cell	 gc, selected;
	u_int			 i, end;

	end = grid_get_line(gd, gd->hsize + py)->cellsize;
	if (end > screen_size_x(s))
		end = screen_size_x(s);
	for (i = 0; i < nx; i++) {
		if (px + i < end)
			grid_view_get_cell(gd, px + i, py, &gc);
		else
			memcpy(&gc, &grid_default_cell, sizeof gc);
		if (gc.flags & GRID_FLAG_SELECTED) {
			memcpy(&selected, &gc, sizeof selected);
			screen_select_cell(s, &selected, &gc);
			memcpy(&gc, &selected, sizeof gc);
		}
		ui_canvas_resolve(&gc, defaults, palette);
		ui_canvas_set(cv, atx + i, aty, &gc);
	}
}

/*
 * A line of a screen is drawn: nx cells from px,py at atx,aty, where no
 * overlay is.
 */
void
ui_canvas_line(struct ui_canvas *cv, struct tty *tty, struct screen *s,
    u_int px, u_int py, u_int nx, u_int atx, u_int aty,
    const struct grid_cell *defaults, struct colour_palette *palette)
{
	struct window_pane	*wp;
	compat_ranges		 r;
	u_int			 i, x, n;
	u_char			 owner = 0;

	if (atx >= cv->sx || aty >= cv->sy || py >= screen_size_y(s))
		return;
	if (nx > screen_size_x(s))
		nx = screen_size_x(s);
	if (nx > cv->sx - atx)
		nx = cv->sx - atx;
	wp = ui_canvas_pane(tty->client, s);
	if (wp != NULL) {
		owner = ui_canvas_place(cv, wp->id, (int)atx - (int)px,
		    (int)aty - (int)py);
	}
	COMPAT_RANGES(tty, atx, aty, nx, r);
	for (i = 0; i < COMPAT_RANGE_COUNT(r); i++) {
		x = COMPAT_RANGE_PX(r, i);
		n = COMPAT_RANGE_NX(r, i);
		if (n == 0 || x < atx || x >= atx + nx)
			continue;
		if (n > atx + nx - x)
			n = atx + nx - x;
		if (owner != 0) {
			memset(cv->owner + (size_t)aty * cv->sx + x, owner, n);
			ui_canvas_mark(cv, (int)aty, (int)aty);
		} else
			ui_canvas_copy(cv, s, px + (x - atx), py, n, x, aty,
			    defaults, palette);
	}
}
