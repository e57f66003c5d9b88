/*
 * Limits of the memory that the server holds for windows, from options that
 * users give tmux:
 *
 *	set -g @vitrine-memory-limit 64			MiB for all of it
 *	set -g @vitrine-memory-limits "pool=16,rows=1"	for parts of it
 *
 * They are read when one is set, and cost nothing otherwise. A wrong one
 * changes nothing and is an error of the command that set it, which tmux tells
 * whoever gave it: its configuration, a shell, a prompt.
 */

#include <sys/types.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hooks.h"

#define UI_LIMITS_ALL "@vitrine-memory-limit"
#define UI_LIMITS_TAGS "@vitrine-memory-limits"

/* In MiB: what no machine has. */
#define UI_LIMITS_MOST (1 << 20)

/* What a client runs now, or nobody's client, if that sets something. */
static struct cmdq_item *
ui_limits_setting(struct client *c)
{
	struct cmdq_item	*item = cmdq_running(c);

	if (item == NULL || strncmp(cmdq_get_name(item), "[set-", 5) != 0)
		return (NULL);
	return (item);
}

/*
 * The command that runs, if it was one: customize-mode sets without. A command
 * that waited and may go on seems to run too, before it does.
 */
static struct cmdq_item *
ui_limits_command(void)
{
	struct cmdq_item	*item;
	struct client		*c;

	if ((item = ui_limits_setting(NULL)) != NULL)
		return (item);
	TAILQ_FOREACH(c, &clients, entry) {
		if ((item = ui_limits_setting(c)) != NULL)
			return (item);
	}
	return (NULL);
}

static void
ui_limits_complain(const char *name, const char *reason, const char *value)
{
	struct cmdq_item	*item = ui_limits_command();
	struct client		*c;

	if (item != NULL) {
		cmdq_error(item, "%s: %s: %s", name, reason, value);
		return;
	}
	TAILQ_FOREACH(c, &clients, entry) {
		if (c->session != NULL && (~c->flags & CLIENT_CONTROL)) {
			compat_status_message(c, "%s: %s: %s", name, reason,
			    value);
		}
	}
}

/* The value of a user's option of all sessions or of the server, or NULL. */
static const char *
ui_limits_value(const char *name)
{
	if (options_get_only(global_s_options, name) != NULL)
		return (options_get_string(global_s_options, name));
	if (options_get_only(global_options, name) != NULL)
		return (options_get_string(global_options, name));
	return (NULL);
}

/* MiB, as "16" or "0.5", in bytes; 0 if it is not that. */
static uint64_t
ui_limits_bytes(const char *text)
{
	char	*end;
	double	 size;

	size = strtod(text, &end);
	if (end == text || *end != '\0' || !(size > 0 && size <= UI_LIMITS_MOST))
		return (0);
	return ((uint64_t)ceil(size * (1 << 20)));
}

static void
ui_limits_read_all(void)
{
	const char	*value = ui_limits_value(UI_LIMITS_ALL);
	uint64_t	 bytes = 0;

	if (value != NULL && (bytes = ui_limits_bytes(value)) == 0) {
		ui_limits_complain(UI_LIMITS_ALL, "not a number of MiB", value);
		return;
	}
	ui_memory_set_limit(UI_MEMORY_ALL, bytes);
}

/* One "tag=MiB"; -1 if it is not that. */
static int
ui_limits_part(char *part, uint64_t limits[UI_MEMORY_TAG_COUNT])
{
	char	*size = strchr(part, '=');
	u_int	 tag;

	if (size == NULL)
		return (-1);
	*size++ = '\0';
	for (tag = 0; tag < UI_MEMORY_TAG_COUNT; tag++) {
		if (strcmp(part, ui_memory_tag_name(tag)) == 0)
			break;
	}
	if (tag == UI_MEMORY_TAG_COUNT ||
	    (limits[tag] = ui_limits_bytes(size)) == 0)
		return (-1);
	return (0);
}

static void
ui_limits_read_tags(void)
{
	const char	*value = ui_limits_value(UI_LIMITS_TAGS);
	uint64_t	 limits[UI_MEMORY_TAG_COUNT] = { 0 };
	char		*copy, *next, *part;
	u_int		 tag;

	next = copy = xstrdup(value != NULL ? value : "");
	while (*copy != '\0' && (part = strsep(&next, ",")) != NULL) {
		if (ui_limits_part(part, limits) == 0)
			continue;
		free(copy);
		ui_limits_complain(UI_LIMITS_TAGS, "not MiB by tags of "
		    "\"vitrine memory\", as in \"pool=16,rows=0.5\"", value);
		return;
	}
	free(copy);
	for (tag = 0; tag < UI_MEMORY_TAG_COUNT; tag++)
		ui_memory_set_limit(tag, limits[tag]);
}

/* An option was set, or is set no longer. */
void
__wrap_options_push_changes(const char *name)
{
	__real_options_push_changes(name);
	if (strcmp(name, UI_LIMITS_ALL) == 0)
		ui_limits_read_all();
	else if (strcmp(name, UI_LIMITS_TAGS) == 0)
		ui_limits_read_tags();
}
