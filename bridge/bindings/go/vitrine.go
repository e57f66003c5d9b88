// Package vitrine has frames of a hooked tmux as slices of shared memory, and sends input to it.
//
// A Session and its frames belong to one goroutine at a time.
package vitrine

/*
#cgo pkg-config: vitrine
#include <poll.h>
#include <stdlib.h>
#include <vitrine/backend.h>
#include <vitrine/client.h>
#include <vitrine/text.h>
*/
import "C"

import (
	"errors"
	"runtime"
	"time"
	"unsafe"
)

// Screen stands for the whole screen where a pane is asked for.
const Screen = ^uint32(0)

// Kinds of events.
const (
	Connected  = C.VITRINE_EVENT_CONNECTED
	NewFrame   = C.VITRINE_EVENT_FRAME
	Title      = C.VITRINE_EVENT_TITLE
	Bell       = C.VITRINE_EVENT_BELL
	Clipboard  = C.VITRINE_EVENT_CLIPBOARD
	PaneClosed = C.VITRINE_EVENT_PANE_CLOSED
	Exit       = C.VITRINE_EVENT_EXIT
	Closed     = C.VITRINE_EVENT_CLOSED
)

// Some keys that are no characters, for SendKey.
const (
	KeyEscape    = C.UI_KEY_ESCAPE
	KeyEnter     = C.UI_KEY_ENTER
	KeyTab       = C.UI_KEY_TAB
	KeyBackspace = C.UI_KEY_BACKSPACE
	KeyUp        = C.UI_KEY_UP
	KeyDown      = C.UI_KEY_DOWN
	KeyLeft      = C.UI_KEY_LEFT
	KeyRight     = C.UI_KEY_RIGHT
)

var (
	// ErrTimeout says that nothing came in time.
	ErrTimeout = errors.New("vitrine: nothing came in time")
	// ErrEnded says that the attachment has ended.
	ErrEnded = errors.New("vitrine: the session ended")
)

// Error is a result of the library that is not UI_OK.
type Error struct {
	Code int
	Text string
}

func (e *Error) Error() string { return "vitrine: " + e.Text }

// The last error is of the thread: call must run on the one that asks for it.
func try(call func() C.ui_result_t) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	result := call()
	if result == C.UI_OK {
		return nil
	}
	text := C.GoString(C.ui_last_error())
	if text == "" {
		text = C.GoString(C.ui_result_text(result))
	}
	return &Error{int(result), text}
}

// AllocationCount is how many objects of the library are alive in this process.
func AllocationCount() int { return int(C.ui_debug_allocation_count()) }

// Options of an attachment; Arguments are a tmux command that attaches.
type Options struct {
	Tmux       string
	Flags      []string // tmux's own: "-L", "name"
	Arguments  []string
	Columns    uint16 // cells
	Rows       uint16
	IgnoreSize bool // take the size that the session has
}

// Session is an attachment, until Close.
type Session struct {
	connection *C.vitrine_connection_t
}

// Event is what happened; Frame is set for NewFrame, and to be released.
type Event struct {
	Kind  int
	Frame *Frame
	Text  string
	Pane  uint32
}

// cStrings is a NULL-terminated array of C strings, and what frees it.
func cStrings(strings []string) (**C.char, func()) {
	size := C.size_t(len(strings)+1) * C.size_t(unsafe.Sizeof((*C.char)(nil)))
	memory := (**C.char)(C.malloc(size))
	array := unsafe.Slice(memory, len(strings)+1)
	for i, text := range strings {
		array[i] = C.CString(text)
	}
	array[len(strings)] = nil
	return memory, func() {
		for _, text := range array {
			C.free(unsafe.Pointer(text))
		}
		C.free(unsafe.Pointer(memory))
	}
}

// Attach starts tmux and returns as soon as it runs; tmux hears input from the first frame on.
func Attach(options Options) (*Session, error) {
	tmux := C.CString(options.Tmux)
	defer C.free(unsafe.Pointer(tmux))
	flags, freeFlags := cStrings(options.Flags)
	defer freeFlags()
	arguments, freeArguments := cStrings(options.Arguments)
	defer freeArguments()
	raw := C.vitrine_options_t{
		size: C.sizeof_vitrine_options_t, version: C.UI_VERSION, tmux: tmux,
		tmux_flags: flags, arguments: arguments,
		columns: C.uint16_t(options.Columns), rows: C.uint16_t(options.Rows),
	}
	if options.IgnoreSize {
		raw.flags |= C.UI_HELLO_IGNORE_SIZE
	}
	session := &Session{}
	err := try(func() C.ui_result_t { return C.vitrine_connect(&raw, &session.connection) })
	if err != nil {
		return nil, err
	}
	return session, nil
}

// Close ends the attachment; slices of its frames are not to be touched any more.
func (s *Session) Close() {
	C.vitrine_disconnect(s.connection)
	s.connection = nil
}

// Next is the next event; a negative timeout waits for ever.
func (s *Session) Next(timeout time.Duration) (Event, error) {
	end := time.Now().Add(timeout)
	var raw C.vitrine_event_t
	for {
		err := try(func() C.ui_result_t { return C.vitrine_next_event(s.connection, &raw) })
		if err == nil {
			return s.event(&raw), nil
		}
		if err.(*Error).Code != C.UI_ERROR_AGAIN {
			return Event{}, err
		}
		left := -1
		if timeout >= 0 {
			left = int(time.Until(end).Milliseconds())
			if left <= 0 {
				return Event{}, ErrTimeout
			}
		}
		s.wait(left)
	}
}

func (s *Session) event(raw *C.vitrine_event_t) Event {
	event := Event{Kind: int(raw.kind), Pane: uint32(raw.pane)}
	event.Text = C.GoStringN(raw.text, C.int(raw.length))
	if raw.frame != nil {
		event.Frame = newFrame(s, raw.frame)
	}
	return event
}

func (s *Session) wait(milliseconds int) {
	waits := [2]C.struct_pollfd{
		{fd: C.vitrine_descriptor(s.connection), events: C.POLLIN},
		{fd: C.vitrine_output_descriptor(s.connection), events: C.POLLIN},
	}
	writes := bool(C.vitrine_wants_write(s.connection))
	if writes {
		waits[0].events |= C.POLLOUT
	}
	C.poll(&waits[0], 2, C.int(milliseconds))
	if writes {
		C.vitrine_flush(s.connection)
	}
}

// NextFrame passes over other events; ErrEnded at the end.
func (s *Session) NextFrame(timeout time.Duration) (*Frame, error) {
	end := time.Now().Add(timeout)
	for {
		left := timeout
		if timeout >= 0 {
			left = time.Until(end)
			if left < 0 {
				left = 0
			}
		}
		event, err := s.Next(left)
		if err != nil {
			return nil, err
		}
		if event.Kind == Closed {
			return nil, ErrEnded
		}
		if event.Frame != nil {
			return event.Frame, nil
		}
	}
}

// SendText sends text as if typed.
func (s *Session) SendText(text string) error {
	raw := C.CString(text)
	defer C.free(unsafe.Pointer(raw))
	return try(func() C.ui_result_t {
		return C.vitrine_send_text(s.connection, raw, C.size_t(len(text)))
	})
}

// SendKey sends a character or one of the keys above.
func (s *Session) SendKey(key rune, modifiers uint32) error {
	return try(func() C.ui_result_t {
		return C.vitrine_send_key(s.connection, C.uint32_t(key), C.uint32_t(modifiers))
	})
}

// SendColours says what the default colours look like, each 0xrrggbb: what programs that ask are
// told.
func (s *Session) SendColours(foreground, background uint32) error {
	return try(func() C.ui_result_t {
		return C.vitrine_send_colours(s.connection, C.uint32_t(foreground), C.uint32_t(background))
	})
}

// SendCommand sends a tmux command line, as at its prompt.
func (s *Session) SendCommand(line string) error {
	raw := C.CString(line)
	defer C.free(unsafe.Pointer(raw))
	return try(func() C.ui_result_t { return C.vitrine_send_command(s.connection, raw) })
}

// Detach asks to be detached; Exit and Closed follow.
func (s *Session) Detach() error {
	return try(func() C.ui_result_t { return C.vitrine_send_detach(s.connection) })
}

// Process is the id of the tmux process: the #{client_pid} of this attachment.
func (s *Session) Process() int { return int(C.vitrine_process(s.connection)) }

// ExitMessage is what tmux printed.
func (s *Session) ExitMessage() string { return C.GoString(C.vitrine_exit_message(s.connection)) }
