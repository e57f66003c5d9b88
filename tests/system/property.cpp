#include "property.h"

#include <sstream>

namespace vitrine::test {
namespace {

Words lines(const std::string &text)
{
    std::istringstream stream(text);
    Words words;
    for (std::string line; std::getline(stream, line);)
        words.push_back(line);
    return words;
}

ServerOptions server_options()
{
    ServerOptions options;
    options.configuration = "set -g pane-base-index 0\n";
    return options;
}

WindowOptions window_options(bool recorded)
{
    WindowOptions options;
    options.recorded = recorded;
    return options;
}

} // namespace

GeneratedSession::GeneratedSession(uint64_t seed, bool recorded)
    : random_(seed),
      server_(server_options()),
      window_(server_, window_options(recorded))
{
    await("a frame", [&] { return window_.frames() > 0; });
    beside_ = std::make_unique<OrdinaryClient>(server_, columns_, rows_);
}

std::string GeneratedSession::step()
{
    static const Step kOutput = &GeneratedSession::output;
    static const std::vector<Step> kSteps = {
        kOutput,
        kOutput,
        kOutput,
        kOutput,
        &GeneratedSession::burst,
        &GeneratedSession::layout,
        &GeneratedSession::layout,
        &GeneratedSession::layout,
        &GeneratedSession::window,
        &GeneratedSession::options,
        &GeneratedSession::styles,
        &GeneratedSession::resize,
        &GeneratedSession::copy_mode,
        &GeneratedSession::full_mode,
        &GeneratedSession::popup,
        &GeneratedSession::menu,
        &GeneratedSession::message,
        &GeneratedSession::prompt,
        &GeneratedSession::numbers,
    };
    difference_.clear();
    (this->*random_.pick(kSteps))();
    if (difference_.empty())
        settle("");
    return difference_.empty() ? "" : difference_ + history();
}

// What was done, the oldest left out: the seed tells it all again.
std::string GeneratedSession::history() const
{
    constexpr size_t kShown = 12;
    const size_t first = log_.size() > kShown ? log_.size() - kShown : 0;
    std::string text = "after " + std::to_string(first) + " others and\n";
    for (size_t i = first; i < log_.size(); ++i)
        text += log_[i];
    return text;
}

Words GeneratedSession::clients() const
{
    Words names = window_clients(server_);
    names.push_back(beside_->name());
    return names;
}

bool GeneratedSession::tmux(const Words &words)
{
    std::string text;
    for (const std::string &word : words)
        text += word + " ";
    const Output output = server_.command(words);
    note(text + (output.status == 0 ? "" : "(" + output.err + ")"));
    return output.status == 0;
}

void GeneratedSession::redraw_each()
{
    for (const std::string &client : clients())
        tmux({"refresh-client", "-t", client});
}

void GeneratedSession::tmux_each(const Words &before, const Words &after)
{
    std::string text;
    const Screen screen = window_.screen();
    for (const std::string &client : clients()) {
        Words words = before;
        words.push_back(client);
        words.insert(words.end(), after.begin(), after.end());
        text.clear();
        for (const std::string &word : words)
            text += word + " ";
        waiting_.push_back(std::make_unique<Command>(server_.words(words)));
    }
    note(text + "(for each client)");
    appear(screen);
}

void GeneratedSession::appear(const Screen &before)
{
    if (!wait_until([&] { return !window_.screen().same_cells(before); }))
        difference_ = "nothing appears\n";
}

void GeneratedSession::press_each(uint32_t key, const std::string &name)
{
    note("press " + name);
    window_.key(key);
    beside_->press(name);
}

void GeneratedSession::settle(const std::string &what, PaneCheck check)
{
    if (!difference_.empty())
        return;
    beside_->redraw();
    const bool equal = wait_until([&] {
        check.reflowed = reflowed();
        difference_ = compare_panes(server_, window_.screen(), check);
        if (difference_.empty())
            difference_ = beside_->compare(window_.screen(), check);
        return difference_.empty();
    });
    if (!equal && !what.empty())
        difference_ = "in " + what + ": " + difference_;
}

Words GeneratedSession::panes() const
{
    return lines(server_.ask({"list-panes", "-s", "-t", "main:", "-F", "#{pane_id}"}));
}

std::set<std::string> GeneratedSession::reflowed()
{
    for (const std::string &line :
         lines(server_.ask({"list-panes", "-s", "-t", "main:", "-F", "#{pane_id} #{pane_width}"}))) {
        const size_t space = line.find(' ');
        const std::string id = line.substr(0, space);
        const std::string width = line.substr(space + 1);
        if (widths_.emplace(id, width).first->second != width)
            reflowed_.insert(id);
    }
    return reflowed_;
}

std::string GeneratedSession::pane()
{
    return random_.pick(lines(server_.ask({"list-panes", "-t", "main:", "-F", "#{pane_id}"})));
}

// What programs print, in a visible pane or in any.
void GeneratedSession::output(Generator::Characters characters)
{
    const bool visible = characters == Generator::Characters::narrow || random_.chance(85);
    const std::string id = visible ? pane() : random_.pick(panes());
    const Words size = server_.formats({"#{pane_width}", "#{pane_height}"}, id);
    Generator generator(random_, std::stoi(size[0]), std::stoi(size[1]), characters);
    const std::string bytes = generator.program(random_.between(3, 40));
    note("print to " + id + ": \"" + escaped(bytes) + "\"");
    server_.pane(id).show(bytes);
}

void GeneratedSession::prepare_for_overlay(int most_pieces)
{
    note("leave modes, clear panes");
    for (const std::string &id : panes()) {
        server_.ask({"copy-mode", "-q", "-t", id});
        Generator generator(random_, columns_, rows_, Generator::Characters::narrow);
        server_.pane(id).show("\033[?1049l\033c" +
                              generator.program(random_.between(0, most_pieces)));
    }
    settle("cleared panes");
}

// All panes at once, without waiting for each.
void GeneratedSession::burst()
{
    for (const std::string &id : panes()) {
        const Words size = server_.formats({"#{pane_width}", "#{pane_height}"}, id);
        Generator generator(random_, std::stoi(size[0]), std::stoi(size[1]));
        const std::string bytes = generator.program(random_.between(20, 60));
        note("print to " + id + ": \"" + escaped(bytes) + "\"");
        server_.pane(id).print(bytes);
    }
    for (const std::string &id : panes())
        server_.pane(id).show("");
}

} // namespace vitrine::test
