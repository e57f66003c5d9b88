// The program in the panes of the bench: this binary in another mode. It does
// what it is told over the control socket:
//
//	blink                          each byte typed toggles the block
//	flood KB                       prints for ever, at KB kB/s, 0 for no bound
//	stop                           ends both; "flooded BYTES NS" is the answer
//	payload KIND BYTES COLS ROWS   makes it; "ok" when that is done
//	go                             prints it; "done START END", ns of the clock
//
// The block is the first cell of the pane with a background that nothing else
// has. END is when tmux answered a question that followed the payload, so had
// read all of it; the block is printed after that.
#pragma once

#include <vitrine/types.h>

#include <string>

namespace vitrine::bench {

inline constexpr std::uint32_t block_colour = UI_COLOUR_RGB | 0xfe01fdu;

// The exit code.
int run_pane_program(const std::string &socket);

} // namespace vitrine::bench
