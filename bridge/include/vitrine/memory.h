/*
 * Memory: what is held, counted by what it is for, and limits of it.
 *
 * There is one table per process, in libvitrine.so for a window and in the
 * server for all of its windows. Everything of ours that lasts is entered
 * there under a tag when it is taken and struck out when it is given back;
 * nothing is counted per frame or per cell. memory.hpp makes containers and
 * objects of C++ do so. Any thread may call any of these functions.
 *
 * A limit is kept by refusing: what would pass it fails as if the system had
 * no more memory, which is UI_ERROR_MEMORY from whatever was called; its text
 * says what was asked for and which limit that would have passed.
 *
 *	ui_memory_report_t report = UI_MEMORY_REPORT_INIT;
 *	ui_memory_report(&report);
 *	for (uint32_t i = 0; i < report.usage_count; i++)
 *		printf("%s: %" PRIu64 "\n", ui_memory_tag_name(i),
 *		    report.usage[i].live_bytes);
 *
 * Pointers taken are borrowed until the function returns.
 */
#ifndef VITRINE_MEMORY_H
#define VITRINE_MEMORY_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Tags: name, number, text. Numbers are never reused, new ones come last. */
#define UI_MEMORY_TAGS(X) \
	X(BACKEND, 0, "backend")       /* backends and what stands behind one */ \
	X(POOL, 1, "pool")             /* frames in shared memory, mapped */ \
	X(ROWS, 2, "rows")             /* what the server knows of a pool's rows */ \
	X(STREAM, 3, "stream")         /* messages that come and go */ \
	X(DECODER, 4, "decoder")       /* colours and long characters, kept */ \
	X(CONNECTION, 5, "connection") /* connections of windows, on both sides */ \
	X(TEXT, 6, "text")             /* titles, clipboard, texts of panes */ \
	X(CANVAS, 7, "canvas")         /* in the server: whose each cell is, spans of frames */ \
	X(SCREEN, 8, "screen")         /* in the window: the cells it shows */ \
	X(SCENE, 9, "scene")           /* rows as quads, ready to be drawn */ \
	X(SHAPES, 10, "shapes")        /* shaped text, kept */ \
	X(ATLAS, 11, "atlas")          /* drawn glyphs, kept */ \
	X(FONTS, 12, "fonts")          /* what FreeType holds */ \
	X(PIXELS, 13, "pixels")        /* a picture that the CPU draws */
enum ui_memory_tag {
#define UI_MEMORY_ENUM(name, number, text) UI_MEMORY_##name = number,
	UI_MEMORY_TAGS(UI_MEMORY_ENUM)
#undef UI_MEMORY_ENUM
	UI_MEMORY_TAG_COUNT,
	UI_MEMORY_FORCE_INT = 0x7fffffff
};
/* In place of a tag: all of them together. */
#define UI_MEMORY_ALL UINT32_MAX
/* Room for tags in a report, those of later versions too. */
#define UI_MEMORY_MAX_TAGS 24u

/* The fixed name of a tag, static; "all" for UI_MEMORY_ALL, else "unknown". */
const char *ui_memory_tag_name(uint32_t tag) UI_NOEXCEPT;

/*
 * What is held under a tag. Pools and the atlas set memory aside before it is
 * used: used_bytes is what of live_bytes is in use, of a pool what its layout
 * asks for (whole pages are mapped, and of a pool that was replaced nothing is
 * in use), of the atlas the pixels of its glyphs. Elsewhere both are the same.
 */
typedef struct ui_memory_usage {
	uint64_t live_bytes;
	uint64_t peak_bytes; /* the most that live_bytes was */
	uint64_t used_bytes;
	uint64_t limit_bytes; /* 0: none */
	uint64_t live_count;  /* allocations not given back */
	uint64_t total_count; /* allocations since the process began */
} ui_memory_usage_t;
UI_STATIC_ASSERT(sizeof(ui_memory_usage_t) == 48, "usage is 48 bytes");

/* Copies the usage of a tag, or of UI_MEMORY_ALL. UI_ERROR_ARGUMENT. */
ui_result_t ui_memory_usage(uint32_t tag, ui_memory_usage_t *usage) UI_NOEXCEPT;

/*
 * The share of what is held that is not in use, 0 to 1: of pool and atlas the
 * fragmentation. 1 - used_bytes / live_bytes, 0 where nothing is held.
 */
double ui_memory_fragmentation(const ui_memory_usage_t *usage) UI_NOEXCEPT;

/*
 * The most that may be held under a tag, or under all (UI_MEMORY_ALL); 0 is no
 * limit. What is held already stays. UI_ERROR_ARGUMENT.
 */
ui_result_t ui_memory_set_limit(uint32_t tag, uint64_t bytes) UI_NOEXCEPT;

/* A request that a limit refused. */
typedef struct ui_memory_refusal {
	uint32_t tag;       /* what it was for */
	uint32_t limit_tag; /* whose limit it was: the same, or UI_MEMORY_ALL */
	uint64_t asked_bytes;
	uint64_t limit_bytes;
} ui_memory_refusal_t;
UI_STATIC_ASSERT(sizeof(ui_memory_refusal_t) == 24, "a refusal is 24 bytes");

/*
 * Copies what a limit refused last in this thread, and forgets it. False: that
 * was nothing since the last call, or it was the system that had no memory, or
 * the text of an error has told of it.
 */
bool ui_memory_take_refusal(ui_memory_refusal_t *refusal) UI_NOEXCEPT;

/* Whose report it is. */
#define UI_MEMORY_SERVER 1u
#define UI_MEMORY_WINDOW 2u

/* All tags of one process at one time. */
typedef struct ui_memory_report {
	uint32_t size;    /* sizeof(ui_memory_report_t) */
	uint32_t origin;  /* UI_MEMORY_SERVER or UI_MEMORY_WINDOW */
	uint32_t process; /* its process id */
	uint32_t windows; /* the server's: how many windows were asked */
	uint64_t time_ns; /* CLOCK_MONOTONIC, for what happens between two */
	uint32_t usage_count;
	uint32_t reserved;
	uint64_t heap_bytes;         /* what malloc() has handed out; 0: not known */
	uint64_t heap_counted_bytes; /* in blocks of ui_memory_allocate(); what malloc() has
	                                handed out besides is of libraries */
	ui_memory_usage_t all;
	ui_memory_usage_t usage[UI_MEMORY_MAX_TAGS]; /* by tag */
} ui_memory_report_t;
#define UI_MEMORY_REPORT_INIT \
	{sizeof(ui_memory_report_t), 0, 0, 0, 0, 0, 0, 0, 0, {0, 0, 0, 0, 0, 0}, \
	    {{0, 0, 0, 0, 0, 0}}}
UI_STATIC_ASSERT(sizeof(ui_memory_report_t) == 96 + 48 * UI_MEMORY_MAX_TAGS, "report");

/*
 * Copies all tags of this process. origin and windows are the caller's to set,
 * origin before: by UI_MEMORY_SERVER heap_bytes is 0, as the heap may be of any
 * size and is tmux's; else this goes through the free blocks of malloc(), which
 * is nothing for each frame. UI_ERROR_ARGUMENT, UI_ERROR_SIZE.
 */
ui_result_t ui_memory_report(ui_memory_report_t *report) UI_NOEXCEPT;

/*
 * Allocations per second under a tag, or under all (UI_MEMORY_ALL), between two
 * reports of one process, the earlier one first; 0 where no time lies between
 * them.
 */
double ui_memory_rate(const ui_memory_report_t *before,
    const ui_memory_report_t *after, uint32_t tag) UI_NOEXCEPT;

/*
 * A block of the heap under a tag, as aligned as malloc()'s, owned by the
 * caller for ui_memory_free() with the same tag and size. NULL: refused; who
 * gives that as its own failure says why by ui_memory_fail().
 */
void *ui_memory_allocate(uint32_t tag, size_t bytes) UI_NOEXCEPT;
/* block is NULL or of ui_memory_allocate(). */
void ui_memory_free(uint32_t tag, void *block, size_t bytes) UI_NOEXCEPT;
/* UI_ERROR_MEMORY, and as the error's text what a limit refused, if one did, which is forgotten. */
ui_result_t ui_memory_fail(void) UI_NOEXCEPT;

/*
 * Enters and strikes out memory that was not taken here (mapped, or of another
 * library), one allocation of that many bytes. False: a limit refuses it, and
 * nothing was entered.
 */
bool ui_memory_take(uint32_t tag, size_t bytes) UI_NOEXCEPT;
void ui_memory_give(uint32_t tag, size_t bytes) UI_NOEXCEPT;
/* Bytes of what is held that are not in use any more, negative: in use again. */
void ui_memory_spare(uint32_t tag, int64_t bytes) UI_NOEXCEPT;

/*
 * How many allocations are held in the process. Zero after everything is
 * destroyed.
 */
size_t ui_debug_allocation_count(void) UI_NOEXCEPT;

/*
 * Writes what is held to a file descriptor as text: a line for each tag that
 * has something, and, if VITRINE_DEBUG had the word "memory" when the first
 * allocation was made, each block with where it was taken: the return
 * addresses as addr2line(1) takes them. How many blocks were written.
 */
size_t ui_debug_allocation_list(int fd) UI_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
