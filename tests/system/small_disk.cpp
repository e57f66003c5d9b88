#include "small_disk.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace vitrine::test {
namespace {

// From the first disk on this process sees mounts of its own; "" or why it cannot.
std::string have_own_mounts()
{
    static const std::string fault = [] {
        const bool done = ::unshare(CLONE_NEWNS) == 0 &&
                          ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
        return std::string(done ? "" : std::strerror(errno));
    }();
    return fault;
}

} // namespace

SmallDisk::SmallDisk() : fault_(have_own_mounts())
{
    std::filesystem::create_directory(path());
    if (fault_.empty() &&
        ::mount("none", path().c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=64k") != 0)
        fault_ = std::strerror(errno);
}

SmallDisk::~SmallDisk()
{
    if (fault_.empty())
        ::umount2(path().c_str(), MNT_DETACH);
}

void SmallDisk::fill() const
{
    const Descriptor file(
        ::open((path() + "/filling").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    const std::string block(4096, 'x');
    while (::write(file.get(), block.data(), block.size()) > 0) {
    }
    if (errno != ENOSPC)
        fail_system("fill a disk");
}

} // namespace vitrine::test
