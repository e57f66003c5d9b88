/*
 * Reports: what the server, and each of its windows, tells who asks
 * (UI_HELLO_REPORTS): what its process holds, and of a window what it drew and
 * what the server sent it.
 *
 * Everything is counted since the window was attached, so what happens a second
 * is the difference between two reports. Counting costs an addition here and
 * there; clocks are read only while someone who asks is attached.
 */
#ifndef VITRINE_REPORT_H
#define VITRINE_REPORT_H

#include "memory.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Parts of the way from a key to its picture, timed while someone asks: name,
 * number, text. A key is read by the server, what it does is in a frame, the
 * picture of that is handed to the display. Numbers are never reused.
 */
#define UI_STAGES(X) \
	X(ECHO, 0, "key to frame")     /* what the program takes is in it */ \
	X(SHOW, 1, "frame to picture") /* of each frame that changes something */ \
	X(KEY, 2, "key to picture")
enum ui_stage {
#define UI_STAGE_ENUM(name, number, text) UI_STAGE_##name = number,
	UI_STAGES(UI_STAGE_ENUM)
#undef UI_STAGE_ENUM
	UI_STAGE_COUNT,
	UI_STAGE_FORCE_INT = 0x7fffffff
};

/*
 * How often a stage took how long: bucket i counts what took less than
 * UI_STAGE_UNIT_NS << i and not less than half of that, the first one all that
 * took less, the last one all that took longer.
 */
#define UI_STAGE_BUCKETS 16u
#define UI_STAGE_UNIT_NS 16384u

/* What a window did with its frames. */
typedef struct ui_drawing {
	uint64_t frames;   /* that came and were taken */
	uint64_t shown;    /* of them, with a picture of their own */
	uint64_t pictures; /* also of a cursor that blinks and the like */
	uint64_t rows;     /* drawn, whole or in part; not what was only moved */
	uint64_t cells;
	uint64_t stages[UI_STAGE_COUNT][UI_STAGE_BUCKETS];
} ui_drawing_t;
UI_STATIC_ASSERT(sizeof(ui_drawing_t) ==
    40 + 8 * UI_STAGE_COUNT * UI_STAGE_BUCKETS, "drawing");

/* What the server did for a window. */
typedef struct ui_sending {
	uint64_t frames; /* that were sent */
	uint64_t held;   /* turns of its loop after which a change had to wait */
	uint64_t spans;  /* runs of cells in the frames */
	uint64_t rows;   /* of them */
} ui_sending_t;
UI_STATIC_ASSERT(sizeof(ui_sending_t) == 32, "sending");

/* Of the server, memory.origin says so, client, drawing and sending are zero. */
typedef struct ui_report {
	uint32_t size;   /* sizeof(ui_report_t) */
	uint32_t client; /* the window's #{client_pid}; windows may share a process */
	ui_drawing_t drawing;
	ui_sending_t sending; /* with client, from the server */
	ui_memory_report_t memory;
} ui_report_t;
#define UI_REPORT_INIT {sizeof(ui_report_t), 0, {0, 0, 0, 0, 0, {{0}}}, {0, 0, 0, 0}, \
	UI_MEMORY_REPORT_INIT}
UI_STATIC_ASSERT(sizeof(ui_report_t) == 8 + sizeof(ui_drawing_t) +
    sizeof(ui_sending_t) + sizeof(ui_memory_report_t), "report");

#ifdef __cplusplus
}
#endif
#endif
