// Whether a read is one that a build which looks for faults ends the program for: in a child,
// which must not live to say that it could.
#pragma once

#include <doctest/doctest.h>

#include <csignal>
#include <cstdint>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(VITRINE_ADDRESS_SANITIZER)
#include <sanitizer/common_interface_defs.h>
#endif

template <typename Read>
bool faults(Read read)
{
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const rlimit none = {0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
        const int silence = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(silence, STDERR_FILENO);
#if defined(VITRINE_ADDRESS_SANITIZER)
        // This report is wanted, so it is nothing to be found beside the others.
        __sanitizer_set_report_fd(reinterpret_cast<void *>(STDERR_FILENO));
#endif
        for (const int signal : {SIGSEGV, SIGBUS, SIGABRT})
            ::signal(signal, SIG_DFL);
        volatile uint8_t seen = read();
        static_cast<void>(seen);
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}
