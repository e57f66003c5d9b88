// Arrows point one way: renderer -> bridge <- shim. What bridge/ includes is its own, the C and
// C++ library's, or the kernel's.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string source_dir()
{
    const char *given = std::getenv("VITRINE_SOURCE_DIR");
    return given != nullptr ? given : ".";
}

// The files of bridge/, without what npm put beside ours.
std::vector<fs::path> bridge_files()
{
    std::vector<fs::path> files;
    fs::recursive_directory_iterator entry(fs::path(source_dir()) / "bridge");
    for (; entry != fs::recursive_directory_iterator(); ++entry) {
        if (entry->path().filename() == "node_modules")
            entry.disable_recursion_pending();
        else if (entry->is_regular_file())
            files.push_back(entry->path());
    }
    return files;
}

} // namespace

TEST_CASE("bridge includes nothing of the folders that include it")
{
    const std::vector<fs::path> files = bridge_files();
    std::set<std::string> own;
    for (const fs::path &path : files)
        own.insert(path.filename().string());
    REQUIRE(own.count("backend.h") == 1);
    size_t checked = 0;
    for (const fs::path &path : files) {
        const std::string extension = path.extension().string();
        if (extension != ".h" && extension != ".cpp")
            continue;
        std::ifstream file(path);
        for (std::string line; std::getline(file, line);) {
            if (!line.starts_with("#include \""))
                continue;
            const std::string name = line.substr(10, line.find('"', 10) - 10);
            CAPTURE(path.string());
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
    for (const fs::path &path : bridge_files()) {
        std::ifstream file(path);
        size_t lines = 0;
        for (std::string line; std::getline(file, line);)
            ++lines;
        CAPTURE(path.string());
        CHECK(lines < 600);
    }
}
