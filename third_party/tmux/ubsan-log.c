/*
 * For builds with sanitizers only. Beside libasan, libubsan's own call to
 * __sanitizer_set_report_path lands in libasan, so that it ignores log_path and
 * writes to standard error, which a tmux server does not have. Tell it directly.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

__attribute__((constructor)) static void
ubsan_log(void)
{
	const char	*options = getenv("UBSAN_OPTIONS");
	const char	*path = options ? strstr(options, "log_path=") : NULL;
	void		*ubsan = dlopen("libubsan.so.1", RTLD_LAZY | RTLD_NOLOAD);
	void		*symbol = NULL;
	void		 (*set_report_path)(const char *);
	char		*copy;

	if (ubsan != NULL)
		symbol = dlsym(ubsan, "__sanitizer_set_report_path");
	if (path == NULL || symbol == NULL)
		return;
	memcpy(&set_report_path, &symbol, sizeof set_report_path);
	copy = strdup(path + strlen("log_path="));
	copy[strcspn(copy, ":")] = '\0';
	set_report_path(copy);
	free(copy);
}
