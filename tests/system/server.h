// A tmux server of the test's own: on a socket in a folder of its own, without configuration of
// the user's, with the test's pane program in every pane. It ends with the object.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "loop.h"
#include "process.h"

namespace vitrine::test {

// The programs under test: the hooked tmux and the stock one of the same source.
const std::string &hooked_tmux();
const std::string &stock_tmux();
void set_programs(std::string hooked, std::string stock);

// Version of the tmux under test, as 305 for 3.5a; a development tree counts as its next.
int tmux_version();

// A folder that is removed with all it holds.
class Folder {
public:
    Folder();
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    ~Folder();
    std::string operator/(const std::string &name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

// The test's end of one pane. The pane program (see pane_program.cpp) sets its terminal raw and
// passes bytes both ways, so a test is the program in the pane.
class Pane {
public:
    explicit Pane(Descriptor stream) : stream_(std::move(stream)) {}

    const std::string &id() const { return id_; } // "%3"; "" until it said so
    // What the pane's program has read from its terminal.
    const std::string &received() const { return received_; }
    bool received(const std::string &text) const;
    void clear() { received_.clear(); }
    bool ended() const { return !stream_.open(); }

    // Prints without waiting for tmux.
    void print(const std::string &bytes);
    // Prints and waits until tmux has parsed all of it, which its answer to a status report
    // proves. The answer is taken out of what was received.
    void show(const std::string &bytes);
    // Prints and waits until all is in the pane's terminal, whether tmux reads it or not.
    void write(const std::string &bytes);
    // Lets the pane's program end.
    void end() { stream_.reset(); }

    void watch(std::vector<pollfd> &descriptors) const;
    void serve();

private:
    void await_taken();

    Descriptor stream_;
    std::string id_;
    std::string received_;
    bool greeted_ = false;
};

// Where pane programs connect.
class PaneHub : public Source {
public:
    explicit PaneHub(std::string path);

    void watch(std::vector<pollfd> &descriptors) override;
    void serve() override;

    // The shell command that runs the pane program.
    std::string command(const std::string &name = "") const;
    // The pane with an id, waiting for it to connect. Valid as long as the hub.
    Pane &pane(const std::string &id);

private:
    Pane *find(const std::string &id);

    std::string path_;
    Descriptor listener_;
    std::deque<Pane> panes_;
};

struct ServerOptions {
    std::string program = hooked_tmux();
    int columns = 80;
    int rows = 24;
    std::string configuration = {}; // appended to the default one
    bool session = true;            // begin with session "main"
    std::string shell_command = {}; // of its first pane, instead of the pane program
    Words environment = {};
    std::string socket_folder = {}; // where its socket is, instead of in its own folder
};

class Server {
public:
    explicit Server(const ServerOptions &options = {});
    ~Server();

    // tmux's own words for reaching this server: program, -S, path.
    Words words(const Words &command) const;
    Output command(const Words &words) const;
    // A command that has to succeed; its output without the last newline.
    std::string ask(const Words &words) const;
    // A format, expanded for a target.
    std::string format(const std::string &text, const std::string &target = "main:") const;
    // Several formats in one go.
    Words formats(const Words &texts, const std::string &target = "main:") const;

    Pane &pane(const std::string &id) { return hub_.pane(id); }
    Pane &active_pane() { return hub_.pane(format("#{pane_id}")); }
    PaneHub &hub() { return hub_; }
    const Folder &folder() const { return folder_; }
    const std::string &socket() const { return socket_; }
    const std::string &program() const { return options_.program; }
    pid_t pid() const { return pid_; }
    bool alive() const;
    // Takes charge of a server that somebody else started on this socket.
    void adopt() { pid_ = std::stoi(format("#{pid}", "")); }
    // Ends the server and waits for it.
    void kill();

private:
    std::string configuration() const;

    ServerOptions options_;
    Folder folder_;
    std::string socket_;
    PaneHub hub_;
    pid_t pid_ = -1;
};

} // namespace vitrine::test
