/*
 * Lines on the standard error for whoever looks for a fault, from libvitrine
 * and from programs over it. The server's half writes none: a server has
 * nobody to read them, and must not wait for one.
 *
 *	VITRINE_LOG=LEVEL[,MODULE...]   off, error, warn, info or debug; without
 *	                                modules, all of them
 *
 *	static vitrine_log_module_t log = VITRINE_LOG_MODULE("drawing");
 *	VITRINE_LOG(&log, VITRINE_LOG_INFO, "with %s", name);
 *
 * writes `vitrine: 1723.004512 info drawing: with gl`, the time being
 * CLOCK_MONOTONIC in seconds. Where nothing is to be written it costs one
 * branch, and arguments are not evaluated (but for a module's first line).
 * Pointers taken are borrowed until the function returns, but for the module.
 */
#ifndef VITRINE_LOG_H
#define VITRINE_LOG_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define VITRINE_LOG_OFF 0
#define VITRINE_LOG_ERROR 1
#define VITRINE_LOG_WARN 2
#define VITRINE_LOG_INFO 3
#define VITRINE_LOG_DEBUG 4
#define VITRINE_LOG_UNREAD 5 /* the environment was not asked yet */

/*
 * Owned by whoever logs, usually static; name is borrowed for its life. level
 * is the library's once the first line was offered.
 */
typedef struct vitrine_log_module {
	const char *name;
	int level;
	int reserved;
} vitrine_log_module_t;
#define VITRINE_LOG_MODULE(name) {name, VITRINE_LOG_UNREAD, 0}

/* level, then a format and its arguments as printf() takes them. */
#define VITRINE_LOG(module, line_level, ...) \
	do { \
		if ((line_level) <= \
		    __atomic_load_n(&(module)->level, __ATOMIC_RELAXED)) \
			vitrine_log_write(module, line_level, __VA_ARGS__); \
	} while (0)

/*
 * Writes the line if the module's level lets it pass, cut at 512 bytes, by one
 * write(2), so that lines of several threads stay whole. The first call of a
 * module reads the environment for it. The module stays the caller's, borrowed,
 * only its level is set; errno stays as it is. Any thread.
 */
__attribute__((format(printf, 3, 4))) void vitrine_log_write(
    vitrine_log_module_t *module, int level, const char *format, ...)
    UI_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
