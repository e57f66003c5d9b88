package vitrine

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const patience = 20 * time.Second

// VITRINE_TMUX is the hooked tmux; the server has `cat` in a pane of 40 columns.
func start(t *testing.T) (*Session, []string) {
	tmux := os.Getenv("VITRINE_TMUX")
	flags := []string{"-S", filepath.Join(t.TempDir(), "socket"), "-f", "/dev/null"}
	ask(t, flags, "new-session", "-d", "-s", "main", "-x", "40", "-y", "6", "cat")
	t.Cleanup(func() { exec.Command(tmux, append(flags, "kill-server")...).Run() })
	session, err := Attach(Options{Tmux: tmux, Flags: flags, Arguments: []string{"attach"},
		Columns: 40, Rows: 6})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		session.Close()
		if count := AllocationCount(); count != 0 {
			t.Errorf("%d objects are left", count)
		}
	})
	await(t, session, func(*Frame) bool { return true }).Release()
	return session, flags
}

func ask(t *testing.T, flags []string, arguments ...string) string {
	command := exec.Command(os.Getenv("VITRINE_TMUX"), append(flags[:len(flags):len(flags)], arguments...)...)
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v: %s", arguments, err, output)
	}
	return string(output)
}

// await is the first frame that wanted is true of.
func await(t *testing.T, session *Session, wanted func(*Frame) bool) *Frame {
	t.Helper()
	for end := time.Now().Add(patience); ; {
		frame, err := session.NextFrame(time.Until(end))
		if err != nil {
			t.Fatal(err)
		}
		if wanted(frame) {
			return frame
		}
		frame.Release()
	}
}

func text(t *testing.T, frame *Frame, pane uint32) string {
	t.Helper()
	text, err := frame.Text(pane)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTextThatIsSentIsSeen(t *testing.T) {
	session, _ := start(t)
	session.SendText("h\u00e9llo \u4f60\u597d")
	session.SendKey(KeyEnter, 0)
	wanted := "h\u00e9llo \u4f60\u597d\nh\u00e9llo \u4f60\u597d"
	frame := await(t, session, func(frame *Frame) bool {
		return text(t, frame, frame.Panes()[0].ID) == wanted
	})
	defer frame.Release()
	if !strings.HasPrefix(text(t, frame, Screen), wanted+"\n") {
		t.Errorf("the screen is %q", text(t, frame, Screen))
	}
}

func TestCellsAreTheMappedMemory(t *testing.T) {
	session, _ := start(t)
	session.SendText("x\u4f60")
	frame := await(t, session, func(frame *Frame) bool { return frame.Cells()[1].Width == 2 })
	defer frame.Release()
	cells := frame.Cells()
	if len(cells) != 40*6 || cells[0].Codepoint != 'x' || cells[1].Codepoint != '\u4f60' || cells[2].Width != 0 {
		t.Errorf("%d cells, %v", len(cells), cells[:3])
	}
	if &cells[0] != &frame.Cells()[0] {
		t.Error("the cells were copied")
	}
}

func TestTheProcessIsTheClientOfTmux(t *testing.T) {
	session, flags := start(t)
	clients := ask(t, flags, "list-clients", "-F", "#{client_pid}")
	if clients != fmt.Sprintln(session.Process()) {
		t.Errorf("the process is %d, the client %s", session.Process(), clients)
	}
}

// Asks what the background is and shows the answer, without its first and last byte.
const askBackground = `stty raw -echo; printf "\033]11;?\007"; ` +
	`dd bs=1 count=23 2>/dev/null | tr -d "\033"; exec cat`

func TestProgramsThatAskAreToldTheColours(t *testing.T) {
	session, flags := start(t)
	if strings.Contains(ask(t, flags, "-V"), " 3.3") {
		t.Skip("this tmux does not answer")
	}
	session.SendColours(0xabcdef, 0x123456)
	session.SendCommand("respawn-pane -k '" + askBackground + "'")
	await(t, session, func(frame *Frame) bool {
		return strings.Contains(text(t, frame, Screen), "]11;rgb:1212/3434/5656")
	}).Release()
	if err := session.SendColours(0x1000000, 0); err == nil {
		t.Error("a colour of 25 bits was sent")
	}
}

func TestPanesComeAndGo(t *testing.T) {
	session, flags := start(t)
	session.SendCommand("split-window -h cat")
	frame := await(t, session, func(frame *Frame) bool { return len(frame.Panes()) == 2 })
	right := frame.Panes()[1]
	if !right.Active || right.Column == 0 {
		t.Errorf("the new pane is %+v", right)
	}
	frame.Release()
	ask(t, flags, "kill-pane", "-t", ":.1")
	frame = await(t, session, func(frame *Frame) bool { return len(frame.Panes()) == 1 })
	defer frame.Release()
	_, err := frame.Text(right.ID)
	var failed *Error
	if !errors.As(err, &failed) || failed.Code != -20 || !strings.HasSuffix(failed.Text, "in the frame") {
		t.Errorf("text of a pane that is not there: %v", err)
	}
}

func TestDetachingEndsTheAttachment(t *testing.T) {
	session, flags := start(t)
	session.Detach()
	for {
		frame, err := session.NextFrame(patience)
		if errors.Is(err, ErrEnded) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		frame.Release()
	}
	ask(t, flags, "has-session", "-t", "main")
}

func TestNoSuchTmux(t *testing.T) {
	_, err := Attach(Options{Tmux: "/nonexistent/tmux", Columns: 80, Rows: 24})
	if err == nil || !strings.Contains(err.Error(), "/nonexistent/tmux") {
		t.Errorf("attached to nothing: %v", err)
	}
}

func TestTheExamplePrintsThePane(t *testing.T) {
	session, flags := start(t)
	session.SendText("seen by the example")
	await(t, session, func(frame *Frame) bool {
		return strings.Contains(text(t, frame, Screen), "example")
	}).Release()
	program := filepath.Join(t.TempDir(), "print_pane")
	if output, err := exec.Command("go", "build", "-o", program, "print_pane.go").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	command := exec.Command(program, append([]string{os.Getenv("VITRINE_TMUX")}, flags...)...)
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(output)
	seen := false
	for !seen && lines.Scan() {
		seen = strings.Contains(lines.Text(), "seen by the example")
	}
	ask(t, flags, "kill-session", "-t", "main")
	for lines.Scan() {
	}
	if err := command.Wait(); err != nil || !seen {
		t.Errorf("seen: %v, ended: %v", seen, err)
	}
}
