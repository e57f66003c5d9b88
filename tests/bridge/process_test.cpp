// vitrine_connect() with scripts in tmux's place.
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "attachment.h"

namespace {

// An executable script, removed at the end.
class Script {
public:
    explicit Script(const std::string &body)
    {
        char path[] = "/tmp/vitrine-test-XXXXXX";
        const int fd = ::mkstemp(path);
        REQUIRE(fd >= 0);
        const std::string text = "#!/bin/sh\n" + body;
        REQUIRE(::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
        ::fchmod(fd, 0700);
        ::close(fd);
        path_ = path;
    }
    ~Script() { ::unlink(path_.c_str()); }
    Script(const Script &) = delete;
    Script &operator=(const Script &) = delete;
    const char *path() const { return path_.c_str(); }

private:
    std::string path_;
};

struct Run {
    explicit Run(const std::string &body) : script(body)
    {
        options = test_options();
        options.tmux = script.path();
    }
    ~Run() { vitrine_disconnect(connection); }
    Run(const Run &) = delete;
    Run &operator=(const Run &) = delete;

    ui_result_t start() { return vitrine_connect(&options, &connection); }
    // The next result but AGAIN.
    ui_result_t next()
    {
        ui_result_t result;
        while ((result = vitrine_next_event(connection, &event)) == UI_ERROR_AGAIN) {
            pollfd waits[] = {{vitrine_descriptor(connection), POLLIN, 0},
                              {vitrine_output_descriptor(connection), POLLIN, 0}};
            REQUIRE(::poll(waits, 2, 10000) > 0);
        }
        return result;
    }
    int wait()
    {
        int status = -1;
        REQUIRE(vitrine_wait(connection, 10000, &status) == UI_OK);
        return status;
    }
    std::string message() const { return vitrine_exit_message(connection); }

    Script script;
    vitrine_options_t options;
    vitrine_connection_t *connection = nullptr;
    vitrine_event_t event{};
};

} // namespace

TEST_CASE("tmux is started in control mode, with its arguments and our environment")
{
    Run run("echo \"$@\" \"v=$VITRINE\" \"m=$MORE\" \"l=$LANG\"; echo '%exit'\n");
    const char *flags[] = {"-L", "name", nullptr};
    const char *arguments[] = {"attach", "-t", "work", nullptr};
    const char *environment[] = {"MORE=more", "LANG=ours", nullptr};
    run.options.tmux_flags = flags;
    run.options.arguments = arguments;
    run.options.environment = environment;
    ::setenv("VITRINE", "99", 1);
    REQUIRE(run.start() == UI_OK);
    ::unsetenv("VITRINE");
    CHECK(run.next() == UI_OK);
    CHECK(run.event.kind == VITRINE_EVENT_CLOSED);
    CHECK(run.wait() == 0);
    CHECK(run.message() == "-L name -C attach -t work v=2 m=more l=ours");
}

TEST_CASE("the process of tmux can be told from others")
{
    Run run("echo $$\n");
    REQUIRE(run.start() == UI_OK);
    CHECK(run.next() == UI_OK);
    CHECK(run.wait() == 0);
    CHECK(run.message() == std::to_string(vitrine_process(run.connection)));
    CHECK(vitrine_process(nullptr) == -1);
}

TEST_CASE("the end of tmux can be waited for beside other things")
{
    Run run("exec cat >/dev/null\n");
    const vitrine::UniqueFd ours(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
    if (!ours) {
        MESSAGE("skipped: processes have no descriptors before Linux 5.3 and under valgrind");
        return;
    }
    REQUIRE(run.start() == UI_OK);
    pollfd end = {vitrine_process_descriptor(run.connection), POLLIN, 0};
    CHECK(::poll(&end, 1, 0) == 0);
    int status = -1;
    CHECK(vitrine_wait(run.connection, 0, &status) == UI_ERROR_AGAIN);
    ::kill(vitrine_process(run.connection), SIGTERM);
    REQUIRE(::poll(&end, 1, 10000) == 1);
    CHECK(vitrine_wait(run.connection, 0, &status) == UI_OK);
    CHECK(status == 128 + SIGTERM);
    CHECK(vitrine_process_descriptor(nullptr) == -1);
}

TEST_CASE("the child has the stream as its stdin and nothing else of ours")
{
    // The hello is there to be read: "VITR" after the message's header.
    Run run("head -c 12 | tail -c 4; echo; ls /proc/self/fd | wc -l\n");
    // What whoever runs the tests left open for all: neither ours nor the library's.
    int inherited = 0;
    for (int fd = 3; fd < 1024; ++fd)
        inherited += ::fcntl(fd, F_GETFD) == 0;
    REQUIRE(run.start() == UI_OK);
    run.wait();
    // 0, 1, 2 and ls's own.
    CHECK(run.message() == "VITR\n" + std::to_string(4 + inherited));
}

TEST_CASE("exit status and messages are passed on")
{
    Run failing("echo 'no sessions'; exit 3\n");
    REQUIRE(failing.start() == UI_OK);
    CHECK(failing.wait() == 3);
    CHECK(failing.message() == "no sessions");
    CHECK(failing.wait() == 3);

    Run killed("kill -9 $$\n");
    REQUIRE(killed.start() == UI_OK);
    CHECK(killed.wait() == 128 + 9);

    Run detaching("printf '[detached]'\n");
    REQUIRE(detaching.start() == UI_OK);
    CHECK(detaching.next() == UI_OK);
    CHECK(detaching.event.kind == VITRINE_EVENT_CLOSED);
    detaching.wait();
    CHECK(detaching.message() == "[detached]");

    Run exiting("echo '%exit server exited'; echo '%exit'\n");
    REQUIRE(exiting.start() == UI_OK);
    exiting.wait();
    CHECK(exiting.message() == "server exited");
}

TEST_CASE("waiting ends with its time")
{
    Run run("exec cat >/dev/null\n");
    REQUIRE(run.start() == UI_OK);
    int status = -1;
    CHECK(vitrine_wait(run.connection, 0, &status) == UI_ERROR_AGAIN);
    CHECK(vitrine_wait(run.connection, 20, &status) == UI_ERROR_AGAIN);
    CHECK(status == -1);
}

TEST_CASE("more output than a pipe holds does not hang tmux")
{
    Run run("i=0; while [ $i -lt 3000 ]; do echo 'a line of fifty characters, more or less, "
            "to fill it'; i=$((i+1)); done\n");
    REQUIRE(run.start() == UI_OK);
    CHECK(run.wait() == 0);
    CHECK(run.message().size() > 150000);
}

TEST_CASE("a tmux without hooks is told by its control mode")
{
    for (const char *line : {"%begin 1363006971 2 1", "%session-changed $0 0", "%error 1 1 0"}) {
        Run run(std::string("echo '") + line + "'; exec cat >/dev/null\n");
        REQUIRE(run.start() == UI_OK);
        CHECK(run.next() == UI_ERROR_NOT_HOOKED);
        CHECK(std::string(ui_last_error()).find("without Vitrine's hooks") != std::string::npos);
    }
    // A pane's name is no such line, nor is what a command prints.
    Run run("echo '%3'; echo '100% sure'\n");
    REQUIRE(run.start() == UI_OK);
    CHECK(run.next() == UI_OK);
    CHECK(run.event.kind == VITRINE_EVENT_CLOSED);
    run.wait();
    CHECK(run.message() == "%3\n100% sure");
}

// valgrind starts programs by its own fork(), which tells nobody that there is none.
bool in_valgrind()
{
    const char *preloaded = std::getenv("LD_PRELOAD");
    return preloaded != nullptr && std::strstr(preloaded, "vgpreload") != nullptr;
}

TEST_CASE("a tmux that is not there is an error at once" * doctest::skip(in_valgrind()))
{
    Run run("");
    run.options.tmux = "/nonexistent/tmux";
    CHECK(run.start() == UI_ERROR_SYSTEM);
    CHECK(std::string(ui_last_error()) == "/nonexistent/tmux: No such file or directory");
    run.options.tmux = "vitrine-no-such-program";
    CHECK(run.start() == UI_ERROR_SYSTEM);
    CHECK(run.connection == nullptr);
}

TEST_CASE("waiting for what was never started is an error")
{
    Attachment both;
    int status;
    CHECK(vitrine_wait(both.client.connection, 0, &status) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_output_descriptor(both.client.connection) == -1);
}
