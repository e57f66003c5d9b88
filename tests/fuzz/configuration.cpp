// Configuration files of any bytes: settings, which printed come to the same again, or complaints
// that name a place.
#include "config/configuration.h"
#include "attachment.h"
#include "input.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

using namespace vitrine;
using namespace vitrine::fuzz;

namespace {

class Folder {
public:
    Folder()
    {
        std::string name = std::filesystem::temp_directory_path() / "vitrine-fuzz-XXXXXX";
        require(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder()
    {
        std::error_code failed;
        std::filesystem::remove_all(path_, failed);
    }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;

    Configuration load(const char *bytes, std::size_t size) const
    {
        const std::filesystem::path file = path_ / "vitrine.toml";
        std::ofstream(file, std::ios::binary).write(bytes, static_cast<std::streamsize>(size));
        return load_configuration({file, true, {}});
    }

private:
    std::filesystem::path path_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Folder folder;
    const Configuration loaded = folder.load(reinterpret_cast<const char *>(data), size);
    for (const Complaint &complaint : loaded.complaints) {
        require(!complaint.place.file.empty() && !complaint.reason.empty());
        touch(complaint.reason.data(), complaint.reason.size());
    }
    if (!loaded.complaints.empty()) {
        require(loaded.settings == Settings());
        return 0;
    }
    const std::string printed = print_configuration(loaded.settings);
    const Configuration again = folder.load(printed.data(), printed.size());
    require(again.complaints.empty() && again.settings == loaded.settings);
    return 0;
}
