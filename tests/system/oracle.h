// What tmux says of itself, against what a window shows: panes by capture-pane, the cursor and
// the layout by formats, and the whole screen by an ordinary client in another tmux.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "capture.h"
#include "server.h"
#include "window.h"

namespace vitrine::test {

struct PaneFacts {
    std::string id;
    Rectangle place; // on the screen
    bool active = false;
    std::string mode; // "" if none
    int cursor_column = 0;
    int cursor_row = 0;
    bool cursor_visible = false;
    Defaults defaults;
};

struct ScreenFacts {
    int columns = 0;
    int rows = 0;
    int status_rows = 0;
    std::vector<PaneFacts> panes; // visible ones
};

struct PaneCheck {
    bool cursor = true;
    // An overlay or a prompt is shown: only sizes are compared.
    bool covered = false;
    // Panes whose width has changed since they were made.
    std::set<std::string> reflowed = {};
};

// What tmux's formats say of the current window of session "main".
ScreenFacts ask_facts(const Server &server);

// The names of a server's clients that are windows.
Words window_clients(const Server &server);

// Compares all visible panes that are not in a mode; "" if they are equal.
std::string compare_panes(const Server &server, const Screen &screen, const PaneCheck &check = {});

// An ordinary client of a server, which runs on a terminal that is a pane of another, stock
// tmux. That other tmux says what the client shows.
class OrdinaryClient {
public:
    OrdinaryClient(const Server &server, int columns, int rows);
    void resize(int columns, int rows);
    void press(const std::string &key); // by tmux's name
    // Draws everything anew: what a terminal is sent bit by bit is not always whole where
    // overlays and halves of wide characters are.
    void redraw();
    std::string name() const { return name_; } // of the client, in the server under test
    // "" if the window shows what this client shows, cursor included where wanted.
    std::string compare(const Screen &screen, const PaneCheck &check = {}) const;

private:
    const Server &inner_;
    std::unique_ptr<Server> outer_;
    std::string name_;
};

} // namespace vitrine::test
