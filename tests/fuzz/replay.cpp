//	replay FOLDER TARGET
//
// Runs a target without libFuzzer: over each file of the corpus that has its name, over the
// file's beginnings, and over it with one byte changed, so that an ordinary build keeps what
// fuzzing has found.
#include "input.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace {

constexpr size_t most_variants = 64;

std::vector<uint8_t> read_all(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void run(const std::vector<uint8_t> &whole)
{
    LLVMFuzzerTestOneInput(whole.data(), whole.size());
    const size_t step = whole.size() / most_variants + 1;
    for (size_t at = 0; at < whole.size(); at += step) {
        // Exactly as long as it is: an address sanitizer sees what reads past it.
        const std::vector<uint8_t> beginning(whole.begin(),
                                             whole.begin() + static_cast<std::ptrdiff_t>(at));
        LLVMFuzzerTestOneInput(beginning.data(), beginning.size());
        std::vector<uint8_t> changed = whole;
        changed[at] = static_cast<uint8_t>(~changed[at]);
        LLVMFuzzerTestOneInput(changed.data(), changed.size());
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    size_t files = 0;
    for (const auto &entry : std::filesystem::directory_iterator(argv[1])) {
        if (entry.path().stem() != argv[2])
            continue;
        run(read_all(entry.path()));
        ++files;
    }
    std::printf("%zu files\n", files);
    return files != 0 ? 0 : 1;
}
