// print_pane.js TMUX [TMUX_FLAG...]: prints the screen of a live session whenever it changes.
import { Session } from "./index.js";

const [tmux, ...flags] = process.argv.slice(2);
const session = new Session(["attach"], { tmux, flags, ignoreSize: true });
let shown = null;
for (let frame; (frame = await session.nextFrame()) !== null; ) {
  const text = frame.text();
  frame.release();
  if (text !== shown) console.log(`\x1b[H\x1b[2J${text}`);
  shown = text;
}
console.log(session.exitMessage);
session.close();
