// The structural steps of a generated session.
#include "property.h"

namespace vitrine::test {

void GeneratedSession::layout()
{
    const std::string id = pane();
    const std::string amount = std::to_string(random_.between(1, 10));
    switch (random_.below(12)) {
    case 0:
    case 1:
    case 2:
        // One that finds no room has ended a zoom by then, and no client is told to draw that.
        if (!tmux({"split-window", random_.word({"-h", "-v", "-hb", "-vb", "-hf", "-vf"}), "-t",
                   id}))
            redraw_each();
        break;
    case 3:
        tmux({"select-layout", "-t", "main:",
              random_.word({"tiled", "even-horizontal", "even-vertical", "main-vertical",
                            "main-horizontal"})});
        break;
    case 4:
        // 3.8 unzooms and then goes on with the layout cell of before, which is freed or null.
        if (tmux_version() <= 305 || server_.format("#{window_zoomed_flag}") == "0")
            tmux({"resize-pane", "-t", id, random_.word({"-L", "-R", "-U", "-D"}), amount});
        break;
    case 5:
        if (panes().size() > 1)
            tmux({"kill-pane", "-t", id});
        break;
    case 6:
        tmux({"resize-pane", "-Z", "-t", id});
        break;
    case 7:
        tmux({"swap-pane", "-s", id, "-t", pane()});
        break;
    case 8:
        tmux({"select-pane", "-t", id});
        break;
    case 9:
        tmux({"rotate-window", "-t", "main:"});
        break;
    case 10:
        tmux({"break-pane", "-s", id});
        break;
    default:
        tmux({"join-pane", random_.word({"-h", "-v"}), "-s", random_.pick(panes()), "-t", id});
    }
}

void GeneratedSession::window()
{
    switch (random_.below(4)) {
    case 0:
        tmux({"new-window", "-t", "main:", "-n", random_.word({"edit", "\u6f22\u5b57", "logs"})});
        break;
    case 1:
        tmux({"next-window", "-t", "main:"});
        break;
    case 2:
        tmux({"rename-window", "-t", "main:", random_.word({"new name", "\u00e9t\u00e9", "x"})});
        break;
    default:
        tmux({"last-window", "-t", "main:"});
    }
}

void GeneratedSession::options()
{
    switch (random_.below(5)) {
    case 0:
        tmux({"set", "-g", "status", random_.word({"on", "off", "2", "3", "on"})});
        break;
    case 1:
        tmux({"set", "-g", "status-position", random_.word({"top", "bottom"})});
        break;
    case 2:
        tmux({"set", "-g", "pane-border-status", random_.word({"off", "top", "bottom"})});
        break;
    case 3:
        tmux({"set", "-g", "pane-border-lines",
              random_.word({"single", "double", "heavy", "simple", "number"})});
        break;
    default:
        tmux({"set", "-g", "status-justify", random_.word({"left", "centre", "right"})});
    }
}

void GeneratedSession::styles()
{
    const std::string style = random_.word(
        {"default", "bg=colour17", "fg=colour208", "fg=#aabbcc,bg=#102030", "bg=colour236"});
    switch (random_.below(5)) {
    case 0:
        tmux({"set", "-g", "window-style", style});
        break;
    case 1:
        tmux({"set", "-g", "window-active-style", style});
        break;
    case 2:
        tmux({"set", "-p", "-t", pane(), "window-style", style});
        break;
    case 3:
        tmux({"set", "-g",
              random_.word({"pane-border-style", "pane-active-border-style", "status-style",
                            "mode-style", "message-style", "status-left-style"}),
              random_.word({"fg=colour160", "bg=colour22,fg=colour231", "bold,fg=#ff00ff"})});
        break;
    default:
        tmux({"set", "-g", "status-left",
              random_.word({"[#S] ", "#[fg=colour196,bold]#S#[default] \u2713 ",
                            "#[bg=#203040,underscore]\u6f22\u5b57#[none]|"})});
    }
}

void GeneratedSession::resize()
{
    columns_ = random_.between(20, 120);
    rows_ = random_.between(6, 40);
    note("resize to " + std::to_string(columns_) + "x" + std::to_string(rows_));
    window_.resize(columns_, rows_);
    beside_->resize(columns_, rows_);
}

void GeneratedSession::copy_mode()
{
    const std::string id = pane();
    tmux({"copy-mode", "-t", id});
    for (int i = random_.between(0, 6); i > 0; --i) {
        tmux({"send-keys", "-t", id, "-X",
              random_.word({"halfpage-up", "cursor-up", "begin-selection", "cursor-right",
                            "select-line", "rectangle-toggle", "history-top", "cursor-left",
                            "previous-word", "start-of-line", "end-of-line", "scroll-up"})});
        settle("copy mode");
    }
    if (random_.chance(20)) {
        tmux({"send-keys", "-t", id, "-X", "search-backward", random_.word({"line", "o", "fox"})});
        settle("copy mode");
    }
    if (random_.chance(70))
        tmux({"send-keys", "-t", id, "-X", "cancel"});
}

// tmux updates a mode when it draws a status line, and then only for the clients that come after
// that one in its list, so both are drawn again.
void GeneratedSession::full_mode()
{
    prepare_for_overlay();
    const std::string id = pane();
    tmux(
        {random_.word({"clock-mode", "choose-tree", "choose-buffer", "customize-mode"}), "-t", id});
    redraw_each();
    settle("a mode");
    if (random_.chance(30)) {
        output(Generator::Characters::narrow);
        redraw_each();
        settle("a mode, with output");
    }
    tmux({"send-keys", "-t", id, random_.word({"Down", "Up", "Right"})});
    redraw_each();
    settle("a mode");
    tmux({"send-keys", "-t", id, "q"});
}

void GeneratedSession::popup()
{
    if (columns_ < 30 || rows_ < 12)
        return;
    prepare_for_overlay();
    ++popups_;
    const Screen before = window_.screen();
    Words names;
    for (const std::string &client : clients()) {
        names.push_back("popup" + std::to_string(popups_) + client);
        const Words words = {"display-popup",
                             "-E",
                             "-c",
                             client,
                             "-x",
                             "3",
                             "-y",
                             "10",
                             "-w",
                             "24",
                             "-h",
                             "8",
                             server_.hub().command("'" + names.back() + "'")};
        waiting_.push_back(std::make_unique<Command>(server_.words(words)));
    }
    note("popups");
    appear(before);
    settle("a popup", {.cursor = false, .covered = true});
    // A border drawn beside half a wide character is not for a terminal's model to judge.
    Generator generator(random_, 22, 6, Generator::Characters::narrow);
    const std::string bytes = generator.program(random_.between(3, 15));
    note("print to popups: \"" + escaped(bytes) + "\"");
    for (const std::string &name : names)
        server_.pane(name).show(bytes);
    settle("a popup with output", {.cursor = false, .covered = true});
    if (random_.chance(50)) {
        output(Generator::Characters::narrow);
        settle("a popup, with output beside it", {.cursor = false, .covered = true});
    }
    for (const std::string &name : names)
        server_.pane(name).end();
}

void GeneratedSession::menu()
{
    if (columns_ < 30 || rows_ < 12)
        return;
    prepare_for_overlay();
    tmux_each({"display-menu", "-c"}, {"-x", "4", "-y", "8", "-T", "title", "first", "f", "", "",
                                       "", "#[fg=colour196]second", "s", ""});
    settle("a menu", {.cursor = false, .covered = true});
    press_each(UI_KEY_DOWN, "Down");
    settle("a menu, moved", {.cursor = false, .covered = true});
    if (random_.chance(50)) {
        output(Generator::Characters::narrow);
        settle("a menu, with output", {.cursor = false, .covered = true});
    }
    press_each('q', "q");
}

void GeneratedSession::message()
{
    tmux_each({"display-message", "-c"}, {random_.word({"a message", "\u6f22 #[fg=red]styled"})});
    settle("a message", {.cursor = false, .covered = true});
    if (random_.chance(50)) {
        output();
        // Without a status line, a pane that is drawn again hides the message in stock tmux too.
        redraw_each();
        settle("a message, with output", {.cursor = false, .covered = true});
    }
    press_each(UI_KEY_ESCAPE, "Escape");
}

void GeneratedSession::prompt()
{
    tmux_each({"command-prompt", "-t"}, {"-p", random_.word({"question?", "\u00e9?"})});
    settle("a prompt", {.cursor = false, .covered = true});
    press_each('x', "x");
    settle("a prompt, typed at", {.cursor = false, .covered = true});
    press_each(UI_KEY_ESCAPE, "Escape");
}

void GeneratedSession::numbers()
{
    // 3.8 loses the size of a pane where there is text.
    prepare_for_overlay(0);
    tmux_each({"display-panes", "-d", "0", "-t"}, {});
    settle("display-panes", {.cursor = false, .covered = true});
    // In 3.8 nothing but a choice ends it.
    press_each('0', "0");
}

} // namespace vitrine::test
