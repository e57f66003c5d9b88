/*
 * Reports of memory: what the server's side holds, and what each window says
 * that it does. Who asks waits for as many reports of windows as the server's
 * says were asked; one that does not answer is the asker's to give up on.
 */

#include <sys/types.h>

#include "hooks.h"

/* Whether a window can be asked. */
static int
ui_report_wanted(const struct ui_client *ui)
{
	if (ui->flags & (UI_CLIENT_REPORTS|UI_CLIENT_CLOSE))
		return (0);
	return ((ui->flags & UI_CLIENT_GREETED) != 0);
}

static void
ui_report_send(struct ui_client *ui, const ui_memory_report_t *report)
{
	ui_window_send_memory(ui->window, report);
	ui_client_watch(ui);
}

void
ui_report_asked(void *data)
{
	struct ui_client	*ui = data, *other;
	ui_memory_report_t	 report = UI_MEMORY_REPORT_INIT;

	if (~ui->flags & UI_CLIENT_REPORTS)
		return;
	LIST_FOREACH(other, &ui_clients, entry) {
		if (!ui_report_wanted(other))
			continue;
		report.windows++;
		/* One answer is enough for all who ask. */
		if (other->flags & UI_CLIENT_ASKED)
			continue;
		other->flags |= UI_CLIENT_ASKED;
		ui_window_want_memory(other->window);
		ui_client_watch(other);
	}
	report.origin = UI_MEMORY_SERVER;
	ui_memory_report(&report);
	ui_report_send(ui, &report);
}

/* Of a window; of one that was not asked nobody wants to know. */
void
ui_report_taken(void *data, const ui_memory_report_t *report)
{
	struct ui_client	*ui = data, *other;

	if (~ui->flags & UI_CLIENT_ASKED)
		return;
	ui->flags &= ~UI_CLIENT_ASKED;
	LIST_FOREACH(other, &ui_clients, entry) {
		if ((other->flags & (UI_CLIENT_REPORTS|UI_CLIENT_CLOSE)) ==
		    UI_CLIENT_REPORTS)
			ui_report_send(other, report);
	}
}
