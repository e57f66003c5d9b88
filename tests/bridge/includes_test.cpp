// Arrows point one way: renderer -> bridge <- shim. What bridge/ includes is its own, the C and
// C++ library's, or the kernel's.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

std::string source_dir()
{
    const char *given = std::getenv("VITRINE_SOURCE_DIR");
    return given != nullptr ? given : ".";
}

} // namespace

TEST_CASE("bridge includes nothing of the folders that include it")
{
    const fs::path bridge = fs::path(source_dir()) / "bridge";
    std::set<std::string> own;
    for (const auto &entry : fs::recursive_directory_iterator(bridge))
        own.insert(entry.path().filename().string());
    REQUIRE(own.count("backend.h") == 1);
    size_t checked = 0;
    for (const auto &entry : fs::recursive_directory_iterator(bridge)) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".h" && extension != ".cpp")
            continue;
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
            if (!line.starts_with("#include \""))
                continue;
            const std::string name = line.substr(10, line.find('"', 10) - 10);
            CAPTURE(entry.path().string());
            CAPTURE(name);
            CHECK(own.count(fs::path(name).filename().string()) == 1);
            CHECK(name.find("..") == std::string::npos);
            ++checked;
        }
    }
    CHECK(checked > 20);
}

TEST_CASE("no file of bridge is long")
{
    for (const auto &entry : fs::recursive_directory_iterator(fs::path(source_dir()) / "bridge")) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream file(entry.path());
        size_t lines = 0;
        for (std::string line; std::getline(file, line);)
            ++lines;
        CAPTURE(entry.path().string());
        CHECK(lines < 600);
    }
}
