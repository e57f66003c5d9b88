// libvitrine as koffi sees it: the structs and functions of its headers that are used here.
import koffi from "koffi";

export const VERSION = 1;
export const AGAIN = -17;
export const HELLO_IGNORE_SIZE = 0x2;
export const TRIM = 0x3;
export const CELL_BYTES = 16;

export const Options = koffi.struct("vitrine_options_t", {
  size: "uint32_t",
  version: "uint32_t",
  tmux: "const char *",
  tmux_flags: "const char **",
  arguments: "const char **",
  flags: "uint32_t",
  pane: "uint32_t",
  columns: "uint16_t",
  rows: "uint16_t",
  cell_width: "uint16_t",
  cell_height: "uint16_t",
  environment: "const char **",
});
koffi.opaque("vitrine_connection_t");
koffi.opaque("vitrine_frame_t");
koffi.struct("vitrine_event_t", {
  size: "uint32_t",
  kind: "uint32_t",
  frame: "vitrine_frame_t *",
  text: "void *",
  length: "size_t",
  selection: "void *",
  pane: "uint32_t",
  reserved: "uint32_t",
});
export const SlotPane = koffi.struct("ui_slot_pane_t", {
  id: "uint32_t",
  flags: "uint32_t",
  column: "int16_t",
  row: "int16_t",
  columns: "uint16_t",
  rows: "uint16_t",
});
koffi.struct("vitrine_text_view_t", { bytes: "void *", length: "size_t" });
koffi.struct("pollfd", { fd: "int", events: "short", revents: "short" });

const file = koffi.load(process.env.VITRINE_LIBRARY ?? "libvitrine.so.0");
const connection = "vitrine_connection_t *connection";
const frame = "const vitrine_frame_t *frame";

export const functions = Object.fromEntries(
  [
    "const char *ui_last_error()",
    "const char *ui_result_text(int result)",
    "size_t ui_debug_allocation_count()",
    "int vitrine_connect(const vitrine_options_t *options, _Out_ vitrine_connection_t **connection)",
    `void vitrine_disconnect(${connection})`,
    `int vitrine_descriptor(${connection})`,
    `int vitrine_output_descriptor(${connection})`,
    `int vitrine_process(${connection})`,
    `bool vitrine_wants_write(${connection})`,
    `int vitrine_next_event(${connection}, _Out_ vitrine_event_t *event)`,
    `int vitrine_flush(${connection})`,
    `int vitrine_send_key(${connection}, uint32_t key, uint32_t modifiers)`,
    `int vitrine_send_text(${connection}, const char *text, size_t length)`,
    `int vitrine_send_colours(${connection}, uint32_t foreground, uint32_t background)`,
    `int vitrine_send_command(${connection}, const char *command)`,
    `int vitrine_send_detach(${connection})`,
    `const char *vitrine_exit_message(${connection})`,
    `uint64_t vitrine_frame_sequence(${frame})`,
    `void vitrine_frame_size(${frame}, _Out_ uint16_t *columns, _Out_ uint16_t *rows)`,
    `size_t vitrine_frame_panes(${frame}, _Out_ void **panes)`,
    `void *vitrine_frame_cells(${frame})`,
    `int vitrine_frame_release(${connection}, vitrine_frame_t *frame)`,
    "int vitrine_pane_text_view(vitrine_frame_t *frame, uint32_t pane, uint32_t flags," +
      " _Out_ vitrine_text_view_t *view)",
  ].map((declaration) => {
    const name = declaration.match(/(\w+)\(/)[1];
    return [name.replace(/^(ui|vitrine)_/, ""), file.func(declaration)];
  }),
);

const poll = koffi.load("libc.so.6").func("int poll(_Inout_ pollfd *waits, ulong count, int ms)");
const POLLIN = 1;
const POLLOUT = 4;

// Waits in a thread of koffi's, so that the event loop goes on; the library is not called there.
export function awaitReady(handle, milliseconds) {
  const writes = functions.wants_write(handle);
  const waits = [
    { fd: functions.descriptor(handle), events: POLLIN | (writes ? POLLOUT : 0), revents: 0 },
    { fd: functions.output_descriptor(handle), events: POLLIN, revents: 0 },
  ];
  return new Promise((resolve, reject) =>
    poll.async(waits, waits.length, milliseconds, (error, ready) =>
      error ? reject(error) : resolve(ready),
    ),
  );
}

// A negative result of the library: its code, and what the last error says.
export class VitrineError extends Error {
  constructor(code) {
    super(functions.last_error() || functions.result_text(code));
    this.name = "VitrineError";
    this.code = code;
  }
}

export function check(result) {
  if (result !== 0) throw new VitrineError(result);
}

// A copy of UTF-8 in the library's memory.
export function textAt(pointer, length) {
  return length === 0 ? "" : Buffer.from(koffi.view(pointer, length)).toString("utf8");
}

export { koffi };
