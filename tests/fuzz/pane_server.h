/*
 * A tmux server inside of the calling process: all of tmux and the shim but
 * for its main(), with two panes side by side whose programs read whatever
 * they are sent and print nothing. One server a process; it ends with it.
 */
#ifndef PANE_SERVER_H
#define PANE_SERVER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PANE_SERVER_PANES 2u

/* Starts it; clients find it at the path. */
void pane_server_start(const char *socket, unsigned columns, unsigned rows);

/* What has come is taken, and the end of a turn of the loop, where frames are made. */
void pane_server_turn(void);

/* Panes by number from 0. As after their start, but for their programs. */
void pane_server_reset(unsigned pane);
/* As if its program had printed the bytes. */
void pane_server_write(unsigned pane, const uint8_t *bytes, size_t size);
/* All of it is shown anew at the end of the turn. */
void pane_server_redraw(void);
/* tmux's %id. */
uint32_t pane_server_id(unsigned pane);
/*
 * The text of its screen, blanks at ends of rows left out, into a buffer that
 * has PANE_SERVER_TEXT bytes; how many it is.
 */
#define PANE_SERVER_TEXT 65536u
size_t pane_server_text(unsigned pane, char *text);

#ifdef __cplusplus
}
#endif
#endif
