/*
 * The library as a binding loads it: dlopen() with RTLD_LOCAL, used, unloaded, and the same
 * again. None of its symbols is anybody else's meanwhile, and nothing of it stays.
 * usage: load_twice LIBRARY
 */
#define _GNU_SOURCE
#include "vitrine/backend.h"
#include "vitrine/client.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHECK(test) \
    do { \
        if (!(test)) { \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #test); \
            ++failures; \
        } \
    } while (0)

static int failures;

/* The address of a function in a variable of its type. */
#define FIND(library, name) \
    __typeof__(&name) name##_; \
    *(void **)&name##_ = dlsym(library, #name); \
    CHECK(name##_ != NULL)

static void use(void *library)
{
    FIND(library, vitrine_connect_fd);
    FIND(library, vitrine_next_event);
    FIND(library, vitrine_disconnect);
    FIND(library, ui_last_error);
    FIND(library, ui_debug_allocation_count);
    vitrine_options_t options = VITRINE_OPTIONS_INIT;
    vitrine_connection_t *connection = NULL;
    vitrine_event_t event;
    int ends[2];
    if (failures != 0)
        return;
    CHECK(strcmp(ui_last_error_(), "") == 0);
    CHECK(vitrine_connect_fd_(-1, &options, &connection) == UI_ERROR_SYSTEM);
    CHECK(strcmp(ui_last_error_(), "") != 0);
    CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    CHECK(vitrine_connect_fd_(ends[1], &options, &connection) == UI_OK);
    CHECK(ui_debug_allocation_count_() != 0);
    CHECK(vitrine_next_event_(connection, &event) == UI_ERROR_AGAIN);
    close(ends[0]);
    CHECK(vitrine_next_event_(connection, &event) == UI_OK);
    CHECK(event.kind == VITRINE_EVENT_CLOSED);
    vitrine_disconnect_(connection);
    CHECK(ui_debug_allocation_count_() == 0);
}

int main(int argc, char **argv)
{
    int turn;
    if (argc != 2)
        return 2;
    for (turn = 0; turn < 2; ++turn) {
        void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
        if (library == NULL) {
            fprintf(stderr, "%s\n", dlerror());
            return 1;
        }
        CHECK(dlsym(RTLD_DEFAULT, "vitrine_connect_fd") == NULL);
        use(library);
        CHECK(dlclose(library) == 0);
        CHECK(dlopen(argv[1], RTLD_NOW | RTLD_NOLOAD) == NULL);
    }
    return failures != 0;
}
