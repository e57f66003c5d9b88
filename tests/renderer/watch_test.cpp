// What makes the configuration be read again.

#include "config/watch.h"

#include <doctest/doctest.h>

#include <poll.h>
#include <signal.h>

#include <fstream>

using namespace vitrine;

namespace {

namespace fs = std::filesystem;

struct Fixture {
    fs::path folder;
    Result<ConfigurationWatch> watch = ConfigurationWatch::start();

    Fixture()
    {
        std::string path = (fs::temp_directory_path() / "vitrine-watch-XXXXXX").string();
        REQUIRE(mkdtemp(path.data()) != nullptr);
        folder = path;
        REQUIRE(watch);
    }
    ~Fixture() { fs::remove_all(folder); }
    Fixture(const Fixture &) = delete;
    Fixture &operator=(const Fixture &) = delete;

    void write(const std::string &name) const { std::ofstream(folder / name) << "text"; }
    // Whether the descriptor would wake somebody up, and to read the files.
    bool changed()
    {
        pollfd source = {watch->descriptor(), POLLIN, 0};
        const bool woken = poll(&source, 1, 0) == 1;
        const bool changed = watch->changed();
        CHECK(woken >= changed);
        return changed;
    }
};

} // namespace

TEST_CASE_FIXTURE(Fixture, "files that are written, renamed over and made")
{
    write("f");
    write("other");
    watch->follow({folder / "f", folder / "later"});
    CHECK_FALSE(changed());
    write("f");
    CHECK(changed());
    CHECK_FALSE(changed());
    write("other");
    CHECK_FALSE(changed());
    fs::rename(folder / "other", folder / "f");
    CHECK(changed());
    write("f"); // the new one is watched as the old one was
    CHECK(changed());
    write("later");
    CHECK(changed());
    fs::remove(folder / "f");
    CHECK_FALSE(changed());
    watch->follow({folder / "later"});
    write("f");
    CHECK_FALSE(changed());
}

TEST_CASE_FIXTURE(Fixture, "a file that is open is not read by halves")
{
    watch->follow({folder / "f"});
    std::ofstream out(folder / "f");
    out << "half" << std::flush;
    CHECK_FALSE(changed());
    out.close();
    CHECK(changed());
}

TEST_CASE_FIXTURE(Fixture, "directories that are made later")
{
    watch->follow({folder / "a/b/f"});
    fs::create_directory(folder / "a");
    CHECK(changed());
    fs::create_directory(folder / "a/b");
    CHECK(changed());
    write("a/b/f");
    CHECK(changed());
}

TEST_CASE_FIXTURE(Fixture, "links, and what they lead to")
{
    fs::create_directory(folder / "real");
    write("real/f");
    watch->follow({folder / "f"});
    fs::create_symlink("real/f", folder / "f");
    CHECK(changed());
    write("real/f");
    CHECK(changed());
}

TEST_CASE_FIXTURE(Fixture, "a signal")
{
    watch->follow({});
    CHECK_FALSE(changed());
    REQUIRE(raise(SIGUSR1) == 0);
    CHECK(changed());
    CHECK_FALSE(changed());
}
