/*
 * The frame aggregator: at the end of a turn of the server's loop, what is
 * dirty becomes one frame, if the backend wants one. Else it stays dirty and
 * costs nothing, so a flood of output costs one frame per displayed frame, and
 * the echo of a key leaves in the turn in which it was parsed.
 *
 * A frame's spans are runs of cells with one owner. They point into the grids
 * of panes and of the canvas and hold only while the backend is called: no
 * tmux code runs between building and handing over.
 */

#include <sys/types.h>

#include <stdlib.h>
#include <string.h>

#include "shim.h"

/* The part of the canvas that a client shows. */
struct ui_view {
	u_int			 ox;
	u_int			 oy;
	u_int			 sx;
	u_int			 sy;
	struct window_pane	*direct; /* a pane that is not on the canvas */
	int			 message; /* row of the canvas to show last */
};

/* The extended entry is read by offset; the decoder relies on this order. */
UI_STATIC_ASSERT(sizeof(struct grid_cell_entry) == 5, "packed cell");
UI_STATIC_ASSERT(offsetof(struct grid_extd_entry, attr) == 4, "extended");
UI_STATIC_ASSERT(offsetof(struct grid_extd_entry, flags) == 6, "extended");
UI_STATIC_ASSERT(offsetof(struct grid_extd_entry, fg) == 7, "extended");
UI_STATIC_ASSERT(offsetof(struct grid_extd_entry, bg) == 11, "extended");
UI_STATIC_ASSERT(offsetof(struct grid_extd_entry, us) == 15, "extended");
UI_STATIC_ASSERT(sizeof(utf8_char) == 4, "packed character");
UI_STATIC_ASSERT(UTF8_SIZE <= 32, "text of a character");
UI_STATIC_ASSERT(GRID_ATTR_BRIGHT == UI_ATTR_BOLD &&
    GRID_ATTR_DIM == UI_ATTR_DIM &&
    GRID_ATTR_UNDERSCORE == UI_ATTR_UNDERLINE &&
    GRID_ATTR_BLINK == UI_ATTR_BLINK &&
    GRID_ATTR_REVERSE == UI_ATTR_REVERSE &&
    GRID_ATTR_HIDDEN == UI_ATTR_HIDDEN &&
    GRID_ATTR_ITALICS == UI_ATTR_ITALIC &&
    GRID_ATTR_STRIKETHROUGH == UI_ATTR_STRIKE &&
    GRID_ATTR_UNDERSCORE_2 == UI_ATTR_UNDERLINE_DOUBLE &&
    GRID_ATTR_UNDERSCORE_3 == UI_ATTR_UNDERLINE_CURLY &&
    GRID_ATTR_UNDERSCORE_4 == UI_ATTR_UNDERLINE_DOTTED &&
    GRID_ATTR_UNDERSCORE_5 == UI_ATTR_UNDERLINE_DASHED &&
    GRID_ATTR_OVERLINE == UI_ATTR_OVERLINE, "attributes");

static size_t
ui_frame_character(uint32_t character, uint8_t text[32])
{
	struct utf8_data	ud;

	utf8_to_data(character, &ud);
	if (ud.size > UTF8_SIZE)
		return (0);
	memcpy(text, ud.data, ud.size);
	return (ud.size);
}

const ui_grid_layout_t *
ui_frame_layout(void)
{
	static const ui_grid_layout_t	layout = {
		.size = sizeof layout,
		.flags_offset = offsetof(struct grid_cell_entry, flags),
		.data_offset = offsetof(struct grid_cell_entry, offset),
		.extended_size = sizeof(struct grid_extd_entry),
		.character_text = ui_frame_character
	};

	return (&layout);
}

/* The panes of the frame that is being built: it is gone when it was taken. */
static struct {
	ui_pane_t		 panes[UI_PLACED_MAX + 1];
	ui_pane_style_t		 styles[UI_PLACED_MAX + 1];
	struct window_pane	*resolved[UI_PLACED_MAX + 1];
} ui_built;

/* Room for one more span, or nothing is built now: UI_ERROR_MEMORY. */
static ui_result_t
ui_frame_reserve(struct ui_client *ui)
{
	ui_span_t	*spans;
	u_int		 size = ui->spans_size;

	if (ui->nspans < size)
		return (UI_OK);
	size = (size == 0 ? 128 : size * 2);
	spans = ui_memory_allocate(UI_MEMORY_CANVAS, size * sizeof *spans);
	if (spans == NULL)
		return (ui_memory_fail());
	if (ui->nspans != 0)
		memcpy(spans, ui->spans, ui->nspans * sizeof *spans);
	ui_frame_free_spans(ui);
	ui->spans = spans;
	ui->spans_size = size;
	return (UI_OK);
}

void
ui_frame_free_spans(struct ui_client *ui)
{
	ui_memory_free(UI_MEMORY_CANVAS, ui->spans,
	    ui->spans_size * sizeof *ui->spans);
	ui->spans = NULL;
	ui->spans_size = 0;
}

static void
ui_frame_span(struct ui_client *ui, struct grid *gd, u_int line, u_int px,
    u_int end, u_int y, u_int x, u_int nx, u_int pane)
{
	ui_span_t		*span = &ui->spans[ui->nspans++];
	struct grid_line	*gl = grid_get_line(gd, line);
	u_int			 used = gl->cellsize;

	if (used > end)
		used = end;
	memset(span, 0, sizeof *span);
	span->row = y;
	span->column = x;
	span->columns = nx;
	span->pane = pane;
	if (px < used) {
		span->count = (used - px < nx ? used - px : nx);
		span->cells = &gl->celldata[px];
		span->extended = gl->extddata;
		span->extended_count = gl->extdsize;
	}
}

/* Cells px.. of row py of a pane, at x,y of the view. */
static void
ui_frame_pane_span(struct ui_client *ui, u_int pane, int px, int py, u_int y,
    u_int x, u_int nx)
{
	struct window_pane	*wp = ui_built.resolved[pane];
	struct screen		*s;

	if (wp == NULL || px < 0 || py < 0 ||
	    (u_int)py >= screen_size_y(wp->screen) ||
	    (u_int)px >= screen_size_x(wp->screen)) {
		ui_frame_span(ui, ui->canvas.grid, 0, 0, 0, y, x, nx, pane);
		return;
	}
	s = wp->screen;
	ui_frame_span(ui, s->grid, s->grid->hsize + py, px, screen_size_x(s),
	    y, x, nx, pane);
}

/* A row of the view from the canvas: one span for each run of one owner. */
static ui_result_t
ui_frame_canvas_row(struct ui_client *ui, const struct ui_view *view, u_int y,
    u_int cy)
{
	struct ui_canvas	*cv = &ui->canvas;
	const u_char		*owner = cv->owner + (size_t)cy * cv->sx;
	struct ui_placed	*pl;
	u_int			 x = view->ox, end = view->ox + view->sx, n;
	u_char			 o;

	ui->nrows++;
	while (x < end) {
		if (ui_frame_reserve(ui) != UI_OK)
			return (UI_ERROR_MEMORY);
		o = owner[x];
		for (n = 1; x + n < end && owner[x + n] == o; n++)
			/* nothing */;
		if (o == 0) {
			ui_frame_span(ui, cv->grid, cy, x, cv->sx, y,
			    x - view->ox, n, 0);
		} else {
			pl = &cv->placed[o - 1];
			ui_frame_pane_span(ui, o, (int)x - pl->dx,
			    (int)cy - pl->dy, y, x - view->ox, n);
		}
		x += n;
	}
	return (UI_OK);
}

/* Spans of all dirty rows. */
static ui_result_t
ui_frame_rows(struct ui_client *ui, const struct ui_view *view, int full)
{
	u_int	y, cy;

	ui->nspans = ui->nrows = 0;
	for (y = 0; y < view->sy; y++) {
		if (view->message != -1 && y == view->sy - 1) {
			if (ui_frame_canvas_row(ui, view, y,
			    view->message) != UI_OK)
				return (UI_ERROR_MEMORY);
			continue;
		}
		if (view->direct != NULL) {
			if (ui_frame_reserve(ui) != UI_OK)
				return (UI_ERROR_MEMORY);
			ui->nrows++;
			ui_frame_pane_span(ui, 1, 0, (int)y, y, 0, view->sx);
			continue;
		}
		cy = view->oy + y;
		if (!full && !ui_canvas_row_dirty(&ui->canvas, cy))
			continue;
		if (ui_frame_canvas_row(ui, view, y, cy) != UI_OK)
			return (UI_ERROR_MEMORY);
	}
	return (UI_OK);
}

/*
 * What tmux resolves when it draws. The style of a selection is private to
 * screen.c: ask what becomes of an empty cell, and whether anything does.
 */
static const ui_pane_style_t *
ui_frame_style(struct ui_client *ui, ui_pane_style_t *style, struct screen *s)
{
	struct grid_cell	gc;

	memset(style, 0, sizeof *style);
	if (compat_theme(ui->c, style->theme))
		style->flags |= UI_STYLE_THEME;
	if (s != NULL && s->sel != NULL) {
		memcpy(&gc, &grid_default_cell, sizeof gc);
		gc.us = UI_NO_COLOUR;
		screen_select_cell(s, &gc, &grid_default_cell);
		if (gc.us != UI_NO_COLOUR) {
			style->flags |= UI_STYLE_SELECTION|COMPAT_STYLE_MERGE;
			style->selection_fg = gc.fg;
			style->selection_bg = gc.bg;
			style->selection_us = gc.us;
			style->selection_attrs = gc.attr;
		}
	}
	return (style->flags == 0 ? NULL : style);
}

static void
ui_frame_pane(struct ui_client *ui, u_int i, struct window_pane *wp, int x,
    int y)
{
	ui_pane_t		*pane = &ui_built.panes[i];
	struct grid_cell	 defaults;

	memset(pane, 0, sizeof *pane);
	ui_built.resolved[i] = wp;
	pane->default_fg = pane->default_bg = 8;
	pane->id = UINT32_MAX;
	pane->style = ui_frame_style(ui, &ui_built.styles[i],
	    wp != NULL ? wp->screen : NULL);
	if (wp == NULL)
		return;
	compat_default_colours(&defaults, wp);
	pane->id = wp->id;
	if (wp == compat_get_pane(ui->c))
		pane->flags |= UI_PANE_ACTIVE;
	if (!TAILQ_EMPTY(&wp->modes))
		pane->flags |= UI_PANE_MODE;
	pane->column = x;
	pane->row = y;
	pane->columns = wp->sx;
	pane->rows = wp->sy;
	pane->default_fg = defaults.fg;
	pane->default_bg = defaults.bg;
	pane->palette = (const int32_t *)wp->palette.palette;
	pane->default_palette = (const int32_t *)wp->palette.default_palette;
}

/* The panes of this frame, found again by id: one may have gone. */
static u_int
ui_frame_panes(struct ui_client *ui, const struct ui_view *view)
{
	struct ui_placed	*pl;
	u_int			 i;

	ui_frame_pane(ui, 0, NULL, 0, 0);
	if (ui->c->overlay_draw != NULL)
		ui_built.panes[0].flags |= UI_PANE_OVERLAY;
	ui_built.panes[0].columns = view->sx;
	ui_built.panes[0].rows = view->sy;
	if (view->direct != NULL) {
		ui_frame_pane(ui, 1, view->direct, 0, 0);
		return (2);
	}
	for (i = 0; i < ui->canvas.nplaced; i++) {
		pl = &ui->canvas.placed[i];
		ui_frame_pane(ui, i + 1, window_pane_find_by_id(pl->id),
		    pl->dx - (int)view->ox, pl->dy - (int)view->oy);
	}
	return (ui->canvas.nplaced + 1);
}

/*
 * What the client shows: all of its canvas, or one pane of it, with the line
 * of a message or prompt in place of the last. A pane that is not on the
 * canvas (its window is not current, or another is zoomed) is shown as it is.
 */
static int
ui_frame_view(struct ui_client *ui, struct ui_view *view)
{
	struct client		*c = ui->c;
	struct window_pane	*wp;
	struct ui_placed	*pl;

	memset(view, 0, sizeof *view);
	view->message = -1;
	view->sx = ui->canvas.sx;
	view->sy = ui->canvas.sy;
	if (~ui->flags & UI_CLIENT_PANE)
		return (0);
	wp = window_pane_find_by_id(ui->pane);
	if (wp == NULL || wp->screen == NULL)
		return (-1);
	view->sx = wp->sx;
	view->sy = wp->sy;
	pl = ui_canvas_find(&ui->canvas, wp->id);
	if (pl != NULL && pl->dx >= 0 && pl->dy >= 0 &&
	    wp->window == c->session->curw->window &&
	    pl->dx + wp->sx <= ui->canvas.sx &&
	    pl->dy + wp->sy <= ui->canvas.sy) {
		view->ox = pl->dx;
		view->oy = pl->dy;
	} else
		view->direct = wp;
	if (c->message_string != NULL || compat_prompting(c)) {
		view->message = 0;
		if (status_at_line(c) != 0) {
			view->message = ui->canvas.sy - 1;
			if (status_line_size(c) > 1)
				view->message -= status_line_size(c) - 1;
		}
	}
	return (0);
}

static void
ui_frame_cursor(struct ui_client *ui, const struct ui_view *view,
    ui_cursor_t *cursor)
{
	struct screen	*s;

	memcpy(cursor, &ui->cursor, sizeof *cursor);
	if (view->direct != NULL) {
		s = view->direct->screen;
		cursor->column = s->cx;
		cursor->row = s->cy;
		cursor->visible = !!(s->mode & MODE_CURSOR);
	} else if (cursor->column < view->ox || cursor->row < view->oy)
		cursor->visible = 0;
	else {
		cursor->column -= view->ox;
		cursor->row -= view->oy;
	}
	/* A cursor that waits to wrap is drawn on the last column. */
	if (cursor->column == view->sx && view->sx != 0)
		cursor->column--;
	if (cursor->column >= view->sx || cursor->row >= view->sy) {
		cursor->visible = 0;
		cursor->column = cursor->row = 0;
	}
}

static uint32_t
ui_frame_modes(const struct ui_client *ui)
{
	uint32_t	modes = 0;

	if (ui->mode & ALL_MOUSE_MODES)
		modes |= UI_MODE_MOUSE;
	if (ui->mode & MODE_MOUSE_ALL)
		modes |= UI_MODE_MOUSE_MOTION;
	if (ui->mode & MODE_BRACKETPASTE)
		modes |= UI_MODE_BRACKETPASTE;
	if (ui->mode & MODE_FOCUSON)
		modes |= UI_MODE_FOCUS;
	return (modes);
}

/* What changed stays dirty until a later turn. */
static void
ui_frame_hold(struct ui_client *ui)
{
	if (ui_canvas_any_dirty(&ui->canvas))
		ui->sending.held++;
}

/* Build a frame of what changed and hand it over. */
void
ui_frame_emit(struct ui_client *ui)
{
	struct ui_view	view;
	ui_frame_t	frame;
	ui_result_t	result;
	int		full, moved;

	if (ui->canvas.grid == NULL)
		return;
	if (!ui_backend_wants_frame(ui->backend)) {
		ui_frame_hold(ui);
		return;
	}
	if (ui_frame_view(ui, &view) != 0)
		return;
	memset(&frame, 0, sizeof frame);
	ui_frame_cursor(ui, &view, &frame.cursor);
	frame.modes = ui_frame_modes(ui);
	full = (ui->flags & UI_CLIENT_FULL) || view.sx != ui->last_sx ||
	    view.sy != ui->last_sy || view.message != ui->last_message ||
	    view.ox != ui->last_ox || view.oy != ui->last_oy;
	moved = (memcmp(&frame.cursor, &ui->last_cursor,
	    sizeof frame.cursor) != 0);
	if (!full && !moved && !ui_canvas_any_dirty(&ui->canvas) &&
	    frame.modes == ui->last_modes)
		return;
	if (ui_unread_wait(ui, full, moved)) {
		ui_frame_hold(ui);
		return;
	}

	frame.pane_count = ui_frame_panes(ui, &view);
	if (ui_frame_rows(ui, &view, full) != UI_OK) {
		ui_client_close(ui, ui_last_error());
		return;
	}
	frame.size = sizeof frame;
	frame.version = UI_VERSION;
	frame.sequence = ui->sequence + 1;
	frame.spans = ui->spans;
	frame.span_count = ui->nspans;
	frame.panes = ui_built.panes;
	frame.flags = (full ? UI_FRAME_FULL : 0);
	frame.columns = view.sx;
	frame.rows = view.sy;
	ui_times_frame(ui, &frame);
	result = ui_backend_frame(ui->backend, &frame);
	if (result != UI_OK) {
		log_debug("%s: frame refused: %s", ui->c->name,
		    ui_last_error());
		if (result == UI_ERROR_SYSTEM || result == UI_ERROR_MEMORY)
			ui_client_close(ui, ui_last_error());
		return;
	}

	ui_times_taken(ui);
	ui->sequence++;
	ui->sending.frames++;
	ui->sending.spans += ui->nspans;
	ui->sending.rows += ui->nrows;
	ui->flags &= ~UI_CLIENT_FULL;
	ui->last_sx = view.sx;
	ui->last_sy = view.sy;
	ui->last_ox = view.ox;
	ui->last_oy = view.oy;
	ui->last_message = view.message;
	ui->last_modes = frame.modes;
	memcpy(&ui->last_cursor, &frame.cursor, sizeof ui->last_cursor);
	ui_canvas_clean(&ui->canvas);
}
