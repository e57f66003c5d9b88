#include "oracle.h"

#include <sstream>

namespace vitrine::test {
namespace {

// tmux prints it as it is; no test does.
constexpr const char *kBetween = "@@ vitrine test @@";

Words split(const std::string &text, const std::string &by)
{
    Words parts;
    size_t from = 0;
    for (size_t at; (at = text.find(by, from)) != text.npos; from = at + by.size())
        parts.push_back(text.substr(from, at - from));
    parts.push_back(text.substr(from));
    return parts;
}

// "fg=red,bg=#102030" as cells have it; "default" and nothing are the default.
uint32_t style_colour(const std::string &style, const std::string &key)
{
    uint32_t colour = UI_COLOUR_DEFAULT;
    for (const std::string &part : split(style, ",")) {
        if (!part.starts_with(key + "="))
            continue;
        const std::string name = part.substr(key.size() + 1);
        if (name.starts_with("colour"))
            colour = UI_COLOUR_PALETTE | static_cast<uint32_t>(std::stoi(name.substr(6)));
        else if (name.starts_with("#"))
            colour = UI_COLOUR_RGB | static_cast<uint32_t>(std::stoi(name.substr(1), nullptr, 16));
        else if (name != "default")
            throw Failure("tests give window styles as colourN or #rrggbb, not " + name);
    }
    return colour;
}

// The active style where it says something, else the other.
uint32_t default_colour(const std::string &key, bool active, const std::string &style,
                        const std::string &active_style)
{
    const uint32_t colour = active ? style_colour(active_style, key) : UI_COLOUR_DEFAULT;
    return colour != UI_COLOUR_DEFAULT ? colour : style_colour(style, key);
}

PaneFacts parse_pane(const std::string &line, int top)
{
    const Words f = split(line, "|");
    PaneFacts pane;
    pane.id = f.at(0);
    pane.place = {std::stoi(f.at(1)), std::stoi(f.at(2)) + top, std::stoi(f.at(3)),
                  std::stoi(f.at(4))};
    pane.active = f.at(5) == "1";
    pane.mode = f.at(6);
    pane.cursor_column = std::stoi(f.at(7));
    pane.cursor_row = std::stoi(f.at(8));
    pane.cursor_visible = f.at(9) == "1";
    pane.defaults = {default_colour("fg", pane.active, f.at(11), f.at(12)),
                     default_colour("bg", pane.active, f.at(11), f.at(12))};
    return pane;
}

// What captures of several panes print, one after the other.
Words capture_panes(const Server &server, const std::vector<PaneFacts> &panes)
{
    Words words;
    for (const PaneFacts &pane : panes) {
        const Words capture = {"capture-pane",    "-e", "-p",     "-N", "-t", pane.id, ";",
                               "display-message", "-p", kBetween, ";"};
        words.insert(words.end(), capture.begin(), capture.end());
    }
    words.pop_back();
    return split(server.ask(words) + "\n", std::string(kBetween) + "\n");
}

std::string compare_size(const ScreenFacts &facts, const Screen &screen)
{
    if (facts.columns == screen.columns() && facts.rows == screen.rows())
        return "";
    std::ostringstream text;
    text << "tmux draws " << facts.columns << "x" << facts.rows << ", the frame is "
         << screen.columns() << "x" << screen.rows() << "\n";
    return text.str();
}

std::string compare_cursor(const ui_cursor_t &cursor, int column, int row, bool visible)
{
    if (visible == (cursor.visible != 0) &&
        (!visible || (cursor.column == column && cursor.row == row)))
        return "";
    std::ostringstream text;
    text << "cursor: tmux " << column << "," << row << (visible ? "" : " hidden") << ", frame "
         << cursor.column << "," << cursor.row << (cursor.visible ? "" : " hidden") << "\n";
    return text.str();
}

// A frame's list of panes: the same ones, the same rectangles, the same active one.
std::string compare_layout(const ScreenFacts &facts, const Screen &screen)
{
    std::string text;
    for (const PaneFacts &pane : facts.panes) {
        bool found = false;
        for (const ui_slot_pane_t &shown : screen.panes) {
            if ("%" + std::to_string(shown.id) != pane.id)
                continue;
            found = true;
            if (!(Rectangle{shown.column, shown.row, shown.columns, shown.rows} == pane.place))
                text += "pane " + pane.id + " is elsewhere in the frame\n";
            if (pane.active != ((shown.flags & UI_PANE_ACTIVE) != 0))
                text += "pane " + pane.id + " has the wrong UI_PANE_ACTIVE\n";
            if (pane.mode.empty() == ((shown.flags & UI_PANE_MODE) != 0))
                text += "pane " + pane.id + " has the wrong UI_PANE_MODE\n";
        }
        if (!found)
            text += "pane " + pane.id + " is not in the frame\n";
    }
    if (screen.panes.size() != facts.panes.size() + 1)
        text += "the frame has " + std::to_string(screen.panes.size()) + " panes, tmux shows " +
                std::to_string(facts.panes.size()) + "\n";
    return text;
}

} // namespace

ScreenFacts ask_facts(const Server &server)
{
    const Words lines =
        split(server.ask({"display-message", "-p", "-t", "main:",
                          "#{status}|#{status-position}|#{window_width}|#{window_height}|"
                          "#{window_zoomed_flag}",
                          ";", "list-panes", "-t", "main:", "-F",
                          "#{pane_id}|#{pane_left}|#{pane_top}|#{pane_width}|#{pane_height}|"
                          "#{pane_active}|#{pane_mode}|#{cursor_x}|#{cursor_y}|#{cursor_flag}|"
                          "#{alternate_on}|#{window-style}|#{window-active-style}"}),
              "\n");
    const Words window = split(lines.at(0), "|");
    ScreenFacts facts;
    const std::string &status = window.at(0);
    facts.status_rows = status == "off" || status == "0"  ? 0
                        : status == "on" || status == "1" ? 1
                                                          : std::stoi(status);
    facts.columns = std::stoi(window.at(2));
    facts.rows = std::stoi(window.at(3)) + facts.status_rows;
    const bool zoomed = window.at(4) == "1";
    for (size_t i = 1; i < lines.size(); ++i) {
        PaneFacts pane = parse_pane(lines[i], window.at(1) == "top" ? facts.status_rows : 0);
        if (!zoomed || pane.active)
            facts.panes.push_back(pane);
    }
    return facts;
}

Words window_clients(const Server &server)
{
    Words names;
    for (const std::string &line :
         split(server.ask({"list-clients", "-F", "#{client_termname} #{client_name}"}), "\n")) {
        if (line.starts_with("vitrine "))
            names.push_back(line.substr(8));
    }
    return names;
}

std::string compare_panes(const Server &server, const Screen &screen, const PaneCheck &check)
{
    const ScreenFacts facts = ask_facts(server);
    std::string text = compare_size(facts, screen);
    if (!text.empty() || check.covered)
        return text;
    text = compare_layout(facts, screen);
    if (!text.empty())
        return text;
    const Words captures = capture_panes(server, facts.panes);
    for (size_t i = 0; i < facts.panes.size(); ++i) {
        const PaneFacts &pane = facts.panes[i];
        if (!pane.mode.empty())
            continue;
        const std::string difference =
            compare(parse_capture(captures.at(i)), screen.part(pane.place),
                    {.defaults = pane.defaults, .reflowed = check.reflowed.contains(pane.id)});
        if (!difference.empty())
            text += "pane " + pane.id + ": " + difference;
        // Past its pane's last column a cursor is on the border or hidden; the ordinary client
        // tells which.
        if (check.cursor && pane.active && pane.cursor_column < pane.place.columns)
            text += compare_cursor(screen.cursor, pane.place.column + pane.cursor_column,
                                   pane.place.row + pane.cursor_row, pane.cursor_visible);
    }
    return text;
}

OrdinaryClient::OrdinaryClient(const Server &server, int columns, int rows) : inner_(server)
{
    ServerOptions options;
    options.program = stock_tmux();
    options.columns = columns;
    options.rows = rows;
    options.configuration = "set -g status off\nset -g default-terminal tmux-256color\n";
    options.shell_command = "exec env -u TMUX -u TMUX_PANE";
    for (const std::string &word : server.words({"attach-session", "-t", "main"}))
        options.shell_command += " '" + word + "'";
    const std::string before = server.ask({"list-clients", "-F", "#{client_name}"});
    outer_ = std::make_unique<Server>(options);
    await("ordinary client attaches", [&] {
        const std::string after =
            server.ask({"list-clients", "-F", "#{client_name} #{client_termname}"});
        for (const std::string &line : split(after, "\n")) {
            const std::string name = line.substr(0, line.find(' '));
            if (line.find("tmux-256color") != line.npos && before.find(name) == before.npos)
                name_ = name;
        }
        return !name_.empty();
    });
}

void OrdinaryClient::resize(int columns, int rows)
{
    outer_->ask({"resize-window", "-t", "main:", "-x", std::to_string(columns), "-y",
                 std::to_string(rows)});
}

void OrdinaryClient::redraw() { inner_.ask({"refresh-client", "-t", name_}); }

void OrdinaryClient::press(const std::string &key)
{
    outer_->ask({"send-keys", "-t", "main:", key});
}

std::string OrdinaryClient::compare(const Screen &screen, const PaneCheck &check) const
{
    const Words parts = split(outer_->ask({"display-message", "-p", "-t",
                                           "main:", "#{cursor_x}|#{cursor_y}|#{cursor_flag}", ";",
                                           "capture-pane", "-e", "-p", "-N", "-t", "main:"}),
                              "\n");
    const Words cursor = split(parts.at(0), "|");
    std::string captured;
    for (size_t i = 1; i < parts.size(); ++i)
        captured += (i > 1 ? "\n" : "") + parts[i];
    std::string text = test::compare(parse_capture(captured), screen,
                                     {.visible_only = true, .covered = check.covered});
    if (!text.empty())
        text = "beside an ordinary client: " + text;
    if (check.cursor)
        text +=
            compare_cursor(screen.cursor, std::min(std::stoi(cursor.at(0)), screen.columns() - 1),
                           std::stoi(cursor.at(1)), cursor.at(2) == "1");
    return text;
}

} // namespace vitrine::test
