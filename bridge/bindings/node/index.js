// Frames of a hooked tmux as views of shared memory, and input to it. A session belongs to one
// thread of JavaScript; nothing here blocks it.
import {
  AGAIN,
  CELL_BYTES,
  HELLO_IGNORE_SIZE,
  Options,
  SlotPane,
  TRIM,
  VERSION,
  VitrineError,
  awaitReady,
  check,
  functions,
  koffi,
  textAt,
} from "./library.js";

export { VitrineError };

export const SCREEN = 0xffffffff;
export const KEYS = Object.fromEntries(
  Object.entries({ ESCAPE: 1, ENTER: 2, TAB: 3, BACKSPACE: 4, UP: 11, DOWN: 12, LEFT: 13, RIGHT: 14 })
    .map(([name, value]) => [name, 0x110000 + value]),
);
const EVENTS = [
  null, "connected", "frame", "title", "bell", "clipboard", "pane-closed", "exit", "closed",
];

// How many objects of the library are alive in this process.
export const allocationCount = () => Number(functions.debug_allocation_count());

// A whole screen in shared memory, lent by its session until release().
export class Frame {
  #session;
  #handle;

  constructor(session, handle) {
    this.#session = session;
    this.#handle = handle;
    const columns = [0];
    const rows = [0];
    functions.frame_size(handle, columns, rows);
    this.columns = columns[0];
    this.rows = rows[0];
  }

  get #held() {
    if (this.#handle === null) throw new Error("the frame was released");
    return this.#handle;
  }

  get sequence() {
    return BigInt(functions.frame_sequence(this.#held));
  }

  // The cells, 16 bytes each, row after row: a view of the mapped memory, borrowed until
  // release(). Nothing is copied; to write to it, or to read it later, ends the program.
  get cells() {
    const size = this.columns * this.rows * CELL_BYTES;
    return new DataView(koffi.view(functions.frame_cells(this.#held), size));
  }

  codepoint(column, row) {
    return this.cells.getUint32((row * this.columns + column) * CELL_BYTES, true);
  }

  // The panes on the screen, copied.
  get panes() {
    const first = [null];
    const count = Number(functions.frame_panes(this.#held, first));
    return koffi
      .decode(first[0], koffi.array(SlotPane, count))
      .filter((pane) => pane.id !== SCREEN)
      .map((pane) => ({ ...pane, active: (pane.flags & 1) !== 0 }));
  }

  // The text of a pane without blanks at ends, copied.
  text(pane = SCREEN) {
    const view = {};
    check(functions.pane_text_view(this.#held, pane, TRIM, view));
    return textAt(view.bytes, Number(view.length));
  }

  // Gives the memory back, and with it the credit for the next frame.
  release() {
    if (this.#handle === null) return;
    const handle = this.#handle;
    this.#handle = null;
    this.#session._release(this, handle);
  }
}

// An attachment to a tmux server, until close(). tmux hears input from the first frame on.
export class Session {
  #connection;
  #frames = new Set();

  // args are a tmux command that attaches, flags tmux's own (["-L", name]).
  constructor(args, { tmux = "tmux", flags = [], columns = 80, rows = 24, ignoreSize = false } = {}) {
    const out = [null];
    const options = {
      size: koffi.sizeof(Options), version: VERSION, tmux, tmux_flags: [...flags, null],
      arguments: [...args, null], flags: ignoreSize ? HELLO_IGNORE_SIZE : 0, pane: 0,
      columns, rows, cell_width: 0, cell_height: 0, environment: null,
    };
    check(functions.connect(options, out));
    this.#connection = out[0];
  }

  get #open() {
    if (this.#connection === null) throw new Error("the session was closed");
    return this.#connection;
  }

  // Ends the attachment and releases its frames; not while next() waits.
  close() {
    if (this.#connection === null) return;
    for (const frame of this.#frames) frame.release();
    functions.disconnect(this.#connection);
    this.#connection = null;
  }

  _release(frame, handle) {
    this.#frames.delete(frame);
    functions.frame_release(this.#connection, handle);
  }

  // The next event, or null if there is none within so many milliseconds (-1: for ever).
  async next(milliseconds = -1) {
    const end = performance.now() + milliseconds;
    for (;;) {
      const raw = {};
      const result = functions.next_event(this.#open, raw);
      if (result === 0) return this.#event(raw);
      if (result !== AGAIN) throw new VitrineError(result);
      const left = milliseconds < 0 ? -1 : Math.max(0, Math.ceil(end - performance.now()));
      if ((await awaitReady(this.#open, left)) === 0) return null;
      if (functions.wants_write(this.#open)) functions.flush(this.#open);
    }
  }

  #event(raw) {
    const event = { kind: EVENTS[raw.kind] };
    if (raw.text !== null) event.text = textAt(raw.text, Number(raw.length));
    if (event.kind === "pane-closed") event.pane = raw.pane;
    if (event.kind === "frame") {
      event.frame = new Frame(this, raw.frame);
      this.#frames.add(event.frame);
    }
    return event;
  }

  // The next frame, other events passed over; null at the end.
  async nextFrame(milliseconds = -1) {
    const end = performance.now() + milliseconds;
    for (;;) {
      const left = milliseconds < 0 ? -1 : Math.max(0, end - performance.now());
      const event = await this.next(left);
      if (event === null) throw new Error("no frame came in time");
      if (event.kind === "closed") return null;
      if (event.kind === "frame") return event.frame;
    }
  }

  sendText(text) {
    check(functions.send_text(this.#open, text, Buffer.byteLength(text)));
  }

  // A character, or a name of KEYS.
  sendKey(key, modifiers = 0) {
    check(functions.send_key(this.#open, KEYS[key] ?? key.codePointAt(0), modifiers));
  }

  // What the default colours look like, each 0xrrggbb: what programs that ask are told.
  sendColours(foreground, background) {
    check(functions.send_colours(this.#open, foreground, background));
  }

  // A tmux command line, as at its prompt.
  sendCommand(line) {
    check(functions.send_command(this.#open, line));
  }

  // Asks to be detached; "exit" and "closed" follow.
  detach() {
    check(functions.send_detach(this.#open));
  }

  // The id of the tmux process: the #{client_pid} of this attachment.
  get process() {
    return functions.process(this.#open);
  }

  // What tmux printed.
  get exitMessage() {
    return functions.exit_message(this.#open);
  }
}
