/*
 * Reports: what the server's side holds, and of each window what it says that
 * it holds and drew, with what was sent to it. Who asks waits for as many
 * reports of windows as the server's says were asked; one that does not answer
 * is the asker's to give up on.
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

/* Who was sent away is told no more, whether it goes or not. */
static int
ui_report_asker(const struct ui_client *ui)
{
	if (ui->c->flags & CLIENT_EXITED)
		return (0);
	return ((ui->flags & (UI_CLIENT_REPORTS|UI_CLIENT_CLOSE)) ==
	    UI_CLIENT_REPORTS);
}

static void
ui_report_send(struct ui_client *ui, const ui_report_t *report)
{
	ui_window_send_report(ui->window, report);
	ui_client_watch(ui);
}

void
ui_report_asked(void *data)
{
	struct ui_client	*ui = data, *other;
	ui_report_t		 report = UI_REPORT_INIT;

	if (!ui_report_asker(ui))
		return;
	LIST_FOREACH(other, &ui_clients, entry) {
		if (!ui_report_wanted(other))
			continue;
		report.memory.windows++;
		/* One answer is enough for all who ask. */
		if (other->flags & UI_CLIENT_ASKED)
			continue;
		other->flags |= UI_CLIENT_ASKED|UI_CLIENT_WATCHED;
		ui_window_want_report(other->window);
		ui_client_watch(other);
	}
	report.memory.origin = UI_MEMORY_SERVER;
	ui_memory_report(&report.memory);
	ui_report_send(ui, &report);
}

/* Of a window; of one that was not asked nobody wants to know. */
void
ui_report_taken(void *data, const ui_report_t *taken)
{
	struct ui_client	*ui = data, *other;
	ui_report_t		 report = *taken;

	if (~ui->flags & UI_CLIENT_ASKED)
		return;
	ui->flags &= ~UI_CLIENT_ASKED;
	report.client = ui->c->pid;
	report.sending = ui->sending;
	LIST_FOREACH(other, &ui_clients, entry) {
		if (ui_report_asker(other))
			ui_report_send(other, &report);
	}
}

/* A client went. With the last one who asks, windows are not watched any more. */
void
ui_report_gone(const struct ui_client *ui)
{
	struct ui_client	*other;

	if (~ui->flags & UI_CLIENT_REPORTS)
		return;
	LIST_FOREACH(other, &ui_clients, entry) {
		if (ui_report_asker(other))
			return;
	}
	LIST_FOREACH(other, &ui_clients, entry) {
		other->flags &= ~UI_CLIENT_WATCHED;
		ui_times_stop(other);
	}
}
