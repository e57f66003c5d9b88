#include "bench/machine.h"

#include <sys/utsname.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <thread>

namespace vitrine::bench {

namespace {

// The value of the first line "name : value" or "name:\tvalue" of a file.
std::string field(const std::string &path, const std::string &name)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(name))
            continue;
        const auto colon = line.find(':');
        const auto begin = line.find_first_not_of(" \t", colon + 1);
        return begin == std::string::npos ? "" : line.substr(begin);
    }
    return {};
}

std::string now_utc()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts = {};
    std::array<char, 32> text;
    gmtime_r(&now, &parts);
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

std::string display_name()
{
    const char *x11 = std::getenv("DISPLAY");
    const char *wayland = std::getenv("WAYLAND_DISPLAY");
    std::string name;
    if (x11 != nullptr)
        name = std::string("X11 ") + x11;
    if (wayland != nullptr)
        name += std::string(name.empty() ? "" : ", ") + "Wayland " + wayland;
    return name;
}

} // namespace

Machine describe_machine()
{
    Machine machine;
    utsname system = {};
    uname(&system);
    machine.date = now_utc();
    machine.cpu = field("/proc/cpuinfo", "model name");
    machine.cores = std::thread::hardware_concurrency();
    machine.system = std::string(system.sysname) + ' ' + system.release + ' ' + system.machine;
    machine.display = display_name();
#ifdef __OPTIMIZE__
    machine.optimised = true;
#endif
    std::array<double, 1> load = {};
    if (getloadavg(load.data(), 1) == 1)
        machine.load = load[0];
    return machine;
}

double own_cpu_seconds()
{
    timespec time = {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

long context_switches(int pid, long except_thread)
{
    long total = 0;
    std::error_code error;
    const std::string folder = "/proc/" + std::to_string(pid) + "/task";
    for (const auto &task : std::filesystem::directory_iterator(folder, error)) {
        if (task.path().filename() == std::to_string(except_thread))
            continue;
        const std::string status = task.path().string() + "/status";
        total += std::atol(field(status, "voluntary_ctxt_switches").c_str());
        total += std::atol(field(status, "nonvoluntary_ctxt_switches").c_str());
    }
    return total;
}

} // namespace vitrine::bench
