// One generated session: a window, and an ordinary client beside it, on a tmux to which steps
// are done, each followed by a comparison of all three.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "generator.h"
#include "oracle.h"
#include "server.h"
#include "window.h"

namespace vitrine::test {

class GeneratedSession {
public:
    GeneratedSession(uint64_t seed, bool recorded);

    // Does a step and compares; "" or what differs, with all that led there.
    std::string step();

private:
    using Step = void (GeneratedSession::*)();

    void output() { output(Generator::Characters::all); }
    void output(Generator::Characters characters);
    void burst();
    void layout();
    void window();
    void options();
    void styles();
    void resize();
    void copy_mode();
    void full_mode();
    void popup();
    void menu();
    void message();
    void prompt();
    void numbers();

    // Leaves modes and fills all panes with narrow characters: what is drawn over half of a wide
    // one leaves a line that a terminal shows shifted.
    void prepare_for_overlay(int most_pieces = 20);
    // Both clients' names: of the window and of the one beside it.
    Words clients() const;
    // A command that may fail, as splitting a pane of one row does; false if it did.
    bool tmux(const Words &words);
    void redraw_each();
    // A command for each client, which may not end until the client's overlay does.
    void tmux_each(const Words &before, const Words &after);
    // Waits until the window shows something else than before: an overlay has come.
    void appear(const Screen &before);
    void press_each(uint32_t key, const std::string &name);
    void settle(const std::string &what, PaneCheck check = {});
    std::string pane();
    Words panes() const;
    // The panes whose width has changed, as of now.
    std::set<std::string> reflowed();
    void note(const std::string &what) { log_.push_back("  " + what + "\n"); }
    std::string history() const;

    Random random_;
    int columns_ = 80;
    int rows_ = 24;
    Server server_;
    Window window_;
    std::unique_ptr<OrdinaryClient> beside_;
    std::vector<std::unique_ptr<Command>> waiting_;
    Words log_;
    std::string difference_;
    std::map<std::string, std::string> widths_; // of panes, when they were first seen
    std::set<std::string> reflowed_;
    int popups_ = 0;
};

} // namespace vitrine::test
