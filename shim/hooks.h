/*
 * The functions behind the hooks, tmux's own or a library's: the linker gives
 * calls of NAME to __wrap_NAME and calls of __real_NAME to them (hooks.list has
 * the names).
 */
#ifndef SHIM_HOOKS_H
#define SHIM_HOOKS_H

#include "shim.h"

typedef void (*ui_command_cb)(struct tty *, const struct tty_ctx *);

void	__real_bufferevent_free(struct bufferevent *);
int	__real_control_all_done(struct client *);
void	__real_control_discard(struct client *);
void	__real_control_start(struct client *);
void	__real_control_stop(struct client *);
void	__real_control_write(struct client *, const char *, ...);
void	__real_grid_destroy(struct grid *);
void	__real_options_push_changes(const char *);
void	__real_server_client_loop(void);
int	__real_proc_send(struct tmuxpeer *, enum msgtype, int, const void *,
	    size_t);
void	__real_recalculate_size(struct window *, int);
void	__real_recalculate_sizes(void);
int	__real_tty_open(struct tty *, char **);
void	__real_tty_free(struct tty *);
void	__real_tty_keys_build(struct tty *);
void	__real_tty_keys_free(struct tty *);
void	__real_tty_resize(struct tty *);
void	__real_tty_start_tty(struct tty *);
void	__real_tty_stop_tty(struct tty *);
void	__real_tty_write(ui_command_cb, struct tty_ctx *);
void	__real_tty_draw_line(struct tty *, struct screen *, u_int, u_int,
	    u_int, u_int, u_int, COMPAT_STYLE_ARGS);
void	__real_tty_cell(struct tty *, const struct grid_cell *,
	    COMPAT_CELL_STYLE_ARGS);
void	__real_tty_attributes(struct tty *, const struct grid_cell *,
	    COMPAT_CELL_STYLE_ARGS);
void	__real_tty_cursor(struct tty *, u_int, u_int);
void	__real_tty_putc(struct tty *, u_char);
void	__real_tty_putn(struct tty *, const void *, size_t, u_int);
void	__real_tty_puts(struct tty *, const char *);
void	__real_tty_putcode(struct tty *, enum tty_code_code);
void	__real_tty_raw(struct tty *, const char *);
void	__real_tty_reset(struct tty *);
void	__real_tty_region_off(struct tty *);
void	__real_tty_margin_off(struct tty *);
void	__real_tty_sync_start(struct tty *);
void	__real_tty_sync_end(struct tty *);
void	__real_tty_update_mode(struct tty *, int, struct screen *);
void	__real_tty_set_title(struct tty *, const char *);
void	__real_tty_set_path(struct tty *, const char *);
void	__real_tty_clipboard_query(struct tty *);
void	__real_tty_send_requests(struct tty *);
void	__real_session_update_activity(struct session *, struct timeval *);
void	__real_screen_redraw_screen(struct client *);
void	__real_screen_redraw_pane(struct client *, struct window_pane *);
#if COMPAT_TMUX >= 305
void	__real_tty_set_selection(struct tty *, const char *, const char *,
	    size_t);
#else
void	__real_tty_set_selection(struct tty *, const char *, size_t);
#endif
#if COMPAT_TMUX >= 308
void	__real_control_discard_all(struct client *);
void	__real_tty_repeat_requests(struct tty *, int);
void	__real_tty_draw_images(struct client *, struct window_pane *);
void	__real_tty_invalidate(struct tty *);
void	__real_tty_putcode_ss(struct tty *, enum tty_code_code, const char *,
	    const char *);
void	__real_tty_set_progress_bar(struct tty *, struct progress_bar *);
#elif COMPAT_TMUX >= 305
void	__real_tty_repeat_requests(struct tty *);
void	__real_tty_draw_images(struct client *, struct window_pane *,
	    struct screen *);
#endif

#endif
