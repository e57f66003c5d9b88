// The package against a server that runs: VITRINE_TMUX is the hooked tmux.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { SCREEN, Session, VitrineError, allocationCount } from "./index.js";

const TMUX = process.env.VITRINE_TMUX;
const PATIENCE = 20000 * Number(process.env.VITRINE_TEST_PATIENCE ?? "1");

// Asks what the background is and shows the answer, without its first and last byte.
const ASK_BACKGROUND = String.raw`stty raw -echo; printf "\033]11;?\007"; `
  + String.raw`dd bs=1 count=23 2>/dev/null | tr -d "\033"; exec cat`;

// A server of its own with `cat` in a pane of 40 columns, and an attachment to it.
async function attached(context) {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-"));
  const flags = ["-S", join(folder, "socket"), "-f", "/dev/null"];
  const ask = (...words) => execFileSync(TMUX, [...flags, ...words], { encoding: "utf8", stdio: "pipe" });
  ask("new-session", "-d", "-s", "main", "-x", "40", "-y", "6", "cat");
  const session = new Session(["attach"], { tmux: TMUX, flags, columns: 40, rows: 6 });
  context.after(() => {
    session.close();
    try {
      ask("kill-server");
    } catch {
      // It has ended with its last session.
    }
    rmSync(folder, { recursive: true });
    assert.equal(allocationCount(), 0);
  });
  (await session.nextFrame(PATIENCE)).release();
  return { session, flags, ask };
}

// The first frame that wanted is true of.
async function awaitFrame(session, wanted) {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const frame = await session.nextFrame(Math.max(0, end - performance.now()));
    if (wanted(frame)) return frame;
    frame.release();
  }
}

test("text that is sent is seen", async (context) => {
  const { session } = await attached(context);
  session.sendText("h\u00e9llo \u4f60\u597d");
  session.sendKey("ENTER");
  const wanted = "h\u00e9llo \u4f60\u597d\nh\u00e9llo \u4f60\u597d";
  const frame = await awaitFrame(session, (frame) => frame.text(frame.panes[0].id) === wanted);
  assert.ok(frame.text(SCREEN).startsWith(wanted + "\n"));
  frame.release();
  assert.throws(() => frame.text(), /was released/);
});

test("cells are the mapped memory", async (context) => {
  const { session } = await attached(context);
  session.sendText("x\u4f60");
  const frame = await awaitFrame(session, (frame) => frame.codepoint(1, 0) === 0x4f60);
  assert.equal(frame.cells.byteLength, 40 * 6 * 16);
  assert.equal(frame.codepoint(0, 0), "x".codePointAt(0));
  assert.equal(frame.cells.getUint8(16 + 14), 2);
  frame.release();
});

test("the process is the client of tmux", async (context) => {
  const { session, ask } = await attached(context);
  assert.equal(ask("list-clients", "-F", "#{client_pid}"), `${session.process}\n`);
});

test("programs that ask are told the colours", async (context) => {
  const { session, ask } = await attached(context);
  if (ask("-V").includes(" 3.3")) return context.skip("this tmux does not answer");
  session.sendColours(0xabcdef, 0x123456);
  session.sendCommand(`respawn-pane -k '${ASK_BACKGROUND}'`);
  const told = "]11;rgb:1212/3434/5656";
  (await awaitFrame(session, (frame) => frame.text().includes(told))).release();
  assert.throws(() => session.sendColours(0x1000000, 0), VitrineError);
});

test("panes come and go", async (context) => {
  const { session, ask } = await attached(context);
  session.sendCommand("split-window -h cat");
  let frame = await awaitFrame(session, (frame) => frame.panes.length === 2);
  const right = frame.panes[1];
  assert.equal(right.active, true);
  assert.equal(frame.panes[0].columns + 1 + right.columns, 40);
  frame.release();
  ask("kill-pane", "-t", `%${right.id}`);
  frame = await awaitFrame(session, (frame) => frame.panes.length === 1);
  assert.throws(() => frame.text(right.id), (error) => error instanceof VitrineError
    && error.code === -20 && error.message === `no pane %${right.id} in the frame`);
  frame.release();
});

test("detaching ends the attachment", async (context) => {
  const { session, ask } = await attached(context);
  session.detach();
  for (let frame; (frame = await session.nextFrame(PATIENCE)) !== null; ) frame.release();
  assert.equal(ask("list-sessions", "-F", "#S"), "main\n");
});

test("no such tmux", () => {
  assert.throws(() => new Session(["attach"], { tmux: "/nonexistent/tmux" }), /nonexistent/);
  assert.equal(allocationCount(), 0);
});

test("the example prints the pane", async (context) => {
  const { session, flags, ask } = await attached(context);
  session.sendText("seen by the example");
  (await awaitFrame(session, (frame) => frame.text().includes("example"))).release();
  const example = join(dirname(fileURLToPath(import.meta.url)), "print_pane.js");
  const program = spawn(process.execPath, [example, TMUX, ...flags]);
  const ended = new Promise((resolve) => program.on("close", resolve));
  let output = "";
  await new Promise((resolve) => program.stdout.on("data", (data) => {
    output += data;
    if (output.includes("seen by the example")) resolve();
  }));
  ask("kill-session", "-t", "main");
  assert.equal(await ended, 0);
  assert.match(output, /exited/);
});
