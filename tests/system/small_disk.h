// A file system of a few kB, to be full: in memory, in a folder of its own, seen only by this
// process and those that it starts from then on.
#pragma once

#include <string>

#include "server.h"

namespace vitrine::test {

class SmallDisk {
public:
    SmallDisk();
    ~SmallDisk();
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    // Why there is none, "" if there is.
    const std::string &fault() const { return fault_; }
    std::string path() const { return folder_ / "disk"; }
    // Takes what is left of it.
    void fill() const;

private:
    Folder folder_;
    std::string fault_;
};

} // namespace vitrine::test
