package vitrine

/*
#include <vitrine/client.h>
#include <vitrine/text.h>
*/
import "C"

import "unsafe"

// Cell is a cell as it lies in shared memory: ui_cell_t.
type Cell struct {
	Codepoint  uint32
	Foreground uint32
	Background uint32
	Attributes uint16
	Width      uint8
	Cluster    uint8 // codepoints that follow in the row's extras; Text has them
}

// Both say so if the header's cell becomes another one.
const (
	_ = uint(unsafe.Sizeof(Cell{}) - C.sizeof_ui_cell_t)
	_ = uint(C.sizeof_ui_cell_t - unsafe.Sizeof(Cell{}))
)

// Pane is where a pane is on the screen, in cells; ID is tmux's, without the %.
type Pane struct {
	ID      uint32
	Active  bool
	Column  int
	Row     int
	Columns int
	Rows    int
}

// Frame is a whole screen in shared memory, lent by its session until Release.
type Frame struct {
	Columns int
	Rows    int
	session *Session
	raw     *C.vitrine_frame_t
}

func newFrame(session *Session, raw *C.vitrine_frame_t) *Frame {
	var columns, rows C.uint16_t
	C.vitrine_frame_size(raw, &columns, &rows)
	return &Frame{int(columns), int(rows), session, raw}
}

// Sequence counts frames, upwards.
func (f *Frame) Sequence() uint64 { return uint64(C.vitrine_frame_sequence(f.raw)) }

// Cells are the cells, row after row, borrowed until Release. Nothing is copied, and the memory
// is mapped read-only: writing to it ends the program.
func (f *Frame) Cells() []Cell {
	first := (*Cell)(unsafe.Pointer(C.vitrine_frame_cells(f.raw)))
	return unsafe.Slice(first, f.Columns*f.Rows)
}

// Panes are the panes on the screen, copied.
func (f *Frame) Panes() []Pane {
	var first *C.ui_slot_pane_t
	count := C.vitrine_frame_panes(f.raw, &first)
	var panes []Pane
	for _, raw := range unsafe.Slice(first, int(count)) {
		if uint32(raw.id) == Screen {
			continue
		}
		panes = append(panes, Pane{uint32(raw.id), raw.flags&C.UI_PANE_ACTIVE != 0,
			int(raw.column), int(raw.row), int(raw.columns), int(raw.rows)})
	}
	return panes
}

// Text is the text of a pane, or of Screen, without blanks at ends; copied.
func (f *Frame) Text(pane uint32) (string, error) {
	var view C.vitrine_text_view_t
	err := try(func() C.ui_result_t {
		return C.vitrine_pane_text_view(f.raw, C.uint32_t(pane),
			C.VITRINE_TEXT_TRIM_BLANKS|C.VITRINE_TEXT_TRIM_ROWS, &view)
	})
	if err != nil {
		return "", err
	}
	return C.GoStringN(view.bytes, C.int(view.length)), nil
}

// Release gives the memory back, and with it the credit for the next frame.
func (f *Frame) Release() error {
	raw := f.raw
	f.raw = nil
	return try(func() C.ui_result_t {
		return C.vitrine_frame_release(f.session.connection, raw)
	})
}
