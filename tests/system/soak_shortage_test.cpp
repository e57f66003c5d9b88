// Soaks of what runs out: descriptors, memory for frames, room on disks; and of what a window may
// not do with the memory that it is given. Beside them a window goes on.
#include <doctest/doctest.h>

#include <optional>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fault_stream.h"
#include "oracle.h"
#include "small_disk.h"
#include "soak.h"
#include "window.h"

using namespace vitrine::test;

namespace {

// A limit of a process's, for as long as this lives.
class ProcessLimit {
public:
    ProcessLimit(pid_t pid, __rlimit_resource resource, rlim_t most)
        : pid_(pid),
          resource_(resource)
    {
        if (::prlimit(pid, resource, nullptr, &before_) != 0)
            fail_system("prlimit");
        const rlimit now = {most, before_.rlim_max};
        if (::prlimit(pid, resource, &now, nullptr) != 0)
            fail_system("prlimit");
    }
    ~ProcessLimit() { ::prlimit(pid_, resource_, &before_, nullptr); }
    ProcessLimit(const ProcessLimit &) = delete;
    ProcessLimit &operator=(const ProcessLimit &) = delete;

private:
    pid_t pid_;
    __rlimit_resource resource_;
    rlimit before_ = {};
};

// A window that goes on, whatever happens to others.
class Bystander {
public:
    explicit Bystander(Flooded &flooded) : flooded_(flooded), window_(flooded.server)
    {
        await("a frame", [&] { return window_.frames() > 0; });
    }
    void await_frames()
    {
        const uint64_t frames = window_.frames();
        await("frames meanwhile", [&] { return window_.frames() > frames + 2; });
    }
    // After the first round it alone is left.
    void settle_after(int round)
    {
        if (round == 0)
            flooded_.settle(1);
    }

private:
    Flooded &flooded_;
    Window window_;
};

// So large that its frames do not fit into what is left; on a session of its own, which gets
// its size.
WindowOptions large_window()
{
    WindowOptions options;
    options.arguments = {"attach-session", "-t", "large"};
    options.columns = 1024;
    options.rows = 500;
    return options;
}

// Whatever a window tries with the descriptor of a pool, the memory stays as it is.
void expect_sealed(int fd)
{
    const off_t bytes = ::lseek(fd, 0, SEEK_END);
    const auto size = static_cast<size_t>(bytes);
    CHECK(::pwrite(fd, "scribble", 8, 0) < 0);
    CHECK(::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED);
    CHECK(::ftruncate(fd, 0) < 0);
    CHECK(::ftruncate(fd, bytes * 2) < 0);
    CHECK(::fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, bytes) < 0);
    void *memory = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
    REQUIRE(memory != MAP_FAILED);
    CHECK(::mprotect(memory, size, PROT_READ | PROT_WRITE) < 0);
    ::munmap(memory, size);
}

} // namespace

TEST_SUITE("soak")
{
    TEST_CASE("windows that no descriptor is left for")
    {
        Flooded flooded;
        Bystander bystander(flooded);
        const pid_t pid = flooded.server.pid();
        for (int round = 0; round < rounds(); ++round) {
            CAPTURE(round);
            std::optional<ProcessLimit> limit(std::in_place, pid, RLIMIT_NOFILE,
                                              static_cast<rlim_t>(open_descriptors(pid)));
            {
                Window window(flooded.server);
                bystander.await_frames();
                CHECK(window.frames() == 0);
                limit.reset();
                await("an end, or a frame", [&] { return window.ended() || window.frames() > 0; });
            }
            bystander.settle_after(round);
        }
        flooded.check_all();
    }

    // tmux ends where it has no memory; what it needs is left.
    TEST_CASE("windows that no memory is left for")
    {
        Flooded flooded;
        const pid_t pid = flooded.server.pid();
        if (keeps_freed_memory) {
            MESSAGE("skipped: a sanitizer takes memory of its own");
            return;
        }
        if (tmux_version() > 305) {
            MESSAGE("skipped: 3.8 itself needs more for a client of this size than the pool");
            return;
        }
        flooded.server.ask({"new-session", "-d", "-s", "large"});
        Bystander bystander(flooded);
        for (int round = 0; round < rounds(); ++round) {
            CAPTURE(round);
            {
                const rlim_t spare = 16 << 20;
                const ProcessLimit limit(
                    pid, RLIMIT_AS, static_cast<rlim_t>(process_kb(pid, "VmSize")) * 1024 + spare);
                Window window(flooded.server, large_window());
                await("an end", [&] { return window.ended(); });
                CHECK(window.frames() == 0);
                CHECK_MESSAGE(window.exit_text().find("emory") != std::string::npos,
                              window.exit_text());
                bystander.await_frames();
            }
            {
                Window window(flooded.server);
                await("a frame", [&] { return window.frames() > 0; });
            }
            bystander.settle_after(round);
        }
        flooded.check_all();
    }

    TEST_CASE("windows of a server whose disk is full")
    {
        const SmallDisk disk;
        if (!disk.fault().empty()) {
            MESSAGE("skipped: no file system can be mounted: ", disk.fault());
            return;
        }
        ServerOptions options;
        options.socket_folder = disk.path();
        options.environment = {"TMPDIR=" + disk.path(), "TMUX_TMPDIR=" + disk.path()};
        Flooded flooded(options);
        disk.fill();
        Bystander bystander(flooded);
        WindowOptions recorded;
        recorded.environment = {"VITRINE_BACKEND=record:" + disk.path() + "/recording"};
        for (int round = 0; round < rounds(); ++round) {
            CAPTURE(round);
            {
                Window window(flooded.server);
                await("a frame", [&] { return window.frames() > 0; });
                Window refused(flooded.server, recorded);
                await("an end", [&] { return refused.ended(); });
                CHECK(refused.exit_text().find("No space left on device") != std::string::npos);
                bystander.await_frames();
            }
            bystander.settle_after(round);
        }
        flooded.check_all();
    }

    TEST_CASE("windows that scribble over shared memory")
    {
        Flooded flooded;
        Bystander bystander(flooded);
        for (int round = 0; round < rounds(); ++round) {
            CAPTURE(round);
            RawWindow window(flooded.server, hello() + first_credit());
            await("a pool", [&] { return window.descriptor() >= 0; });
            expect_sealed(window.descriptor());
            bystander.await_frames();
            window.close();
            window.finish();
            bystander.settle_after(round);
        }
        flooded.check_all();
    }
}
