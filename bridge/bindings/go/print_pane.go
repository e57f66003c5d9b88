//go:build ignore

// print_pane TMUX [TMUX_FLAG...]: prints the screen of a live session whenever it changes.
package main

import (
	"fmt"
	"os"

	"vitrine"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: print_pane TMUX [TMUX_FLAG...]")
		os.Exit(1)
	}
	if err := print(os.Args[1], os.Args[2:]); err != nil {
		fmt.Println(err)
	}
}

func print(tmux string, flags []string) error {
	session, err := vitrine.Attach(vitrine.Options{Tmux: tmux, Flags: flags,
		Arguments: []string{"attach"}, Columns: 80, Rows: 24, IgnoreSize: true})
	if err != nil {
		return err
	}
	defer session.Close()
	for shown := ""; ; {
		frame, err := session.NextFrame(-1)
		if err != nil {
			return err
		}
		text, err := frame.Text(vitrine.Screen)
		if err != nil {
			return err
		}
		if err := frame.Release(); err != nil {
			return err
		}
		if text != shown {
			fmt.Printf("\033[H\033[2J%s\n", text)
		}
		shown = text
	}
}
