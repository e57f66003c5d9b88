#include "bench/throughput.h"

#include "bench/machine.h"
#include "bench/watcher.h"

#include <algorithm>
#include <sstream>

namespace vitrine::bench {

namespace {

constexpr int print_patience_ms = 300'000;
constexpr int picture_patience_ms = 10'000;
constexpr int settle_ms = 300;

double seconds(Nanoseconds time) { return static_cast<double>(time) / 1e9; }

struct Printed {
    Nanoseconds began = 0;
    Nanoseconds ended = 0;
};

// Both servers and what is measured with them; all in the measuring thread.
class ThroughputRun {
public:
    ThroughputRun(const BenchOptions &options, PrivateServer &attached, PrivateServer &detached,
                  Watcher &watcher)
        : options_(options),
          attached_(attached),
          detached_(detached),
          watcher_(watcher)
    {
    }

    Result<void> run(std::vector<ThroughputResult> &results);

private:
    Result<void> settle();
    Result<ThroughputResult> measure(PayloadKind kind);
    Result<void> print_detached(ThroughputResult &result);
    Result<void> print_attached(ThroughputResult &result);
    bool make(LineChannel &pane, const ThroughputResult &result);
    Result<Printed> print(LineChannel &pane);

    const BenchOptions &options_;
    PrivateServer &attached_;
    PrivateServer &detached_;
    Watcher &watcher_;
    Size size_;
};

// Until the window has its size, and the other server the same.
Result<void> ThroughputRun::settle()
{
    if (!watcher_.wait_for_picture(picture_patience_ms))
        return Error{"the window showed nothing"};
    while (watcher_.wait_for_picture(settle_ms))
        continue;
    size_ = attached_.window_size();
    detached_.set_window_size(size_);
    if (detached_.window_size() != size_)
        return Error{"both servers could not be made the same size"};
    return {};
}

Result<void> ThroughputRun::run(std::vector<ThroughputResult> &results)
{
    if (auto settled = settle(); !settled)
        return settled;
    std::vector<PayloadKind> kinds = options_.kinds;
    if (kinds.empty()) {
        for (const PayloadName &name : payload_names())
            kinds.push_back(name.kind);
    }
    for (const PayloadKind kind : kinds) {
        auto result = measure(kind);
        if (!result)
            return Error{result.error()};
        results.push_back(result.take());
    }
    return {};
}

Result<ThroughputResult> ThroughputRun::measure(PayloadKind kind)
{
    ThroughputResult result;
    result.kind = kind;
    result.bytes = static_cast<std::size_t>(options_.megabytes) * 1'000'000;
    for (int i = 0; i < options_.reps; i++) {
        if (auto printed = print_detached(result); !printed)
            return Error{printed.error()};
        if (auto printed = print_attached(result); !printed)
            return Error{printed.error()};
    }
    return result;
}

bool ThroughputRun::make(LineChannel &pane, const ThroughputResult &result)
{
    std::ostringstream line;
    line << "payload " << payload_name(result.kind) << ' ' << result.bytes << ' ' << size_.columns
         << ' ' << size_.rows;
    return pane.send(line.str()) && pane.receive(print_patience_ms) == "ok";
}

Result<Printed> ThroughputRun::print(LineChannel &pane)
{
    Printed printed;
    std::string word;
    if (pane.send("go")) {
        std::istringstream answer(pane.receive(print_patience_ms).value_or(""));
        answer >> word >> printed.began >> printed.ended;
    }
    if (word != "done")
        return Error{"the program in the pane did not answer"};
    return printed;
}

Result<void> ThroughputRun::print_detached(ThroughputResult &result)
{
    if (!make(detached_.pane(), result))
        return Error{"the program in the pane did not answer"};
    const double cpu = detached_.cpu_seconds();
    auto printed = print(detached_.pane());
    if (!printed)
        return Error{printed.error()};
    result.detached.push_back(seconds(printed->ended - printed->began));
    result.detached_cpu.push_back(detached_.cpu_seconds() - cpu);
    return {};
}

Result<void> ThroughputRun::print_attached(ThroughputResult &result)
{
    Nanoseconds when = 0;
    if (!make(attached_.pane(), result) ||
        !watcher_.wait_for_block(false, picture_patience_ms, &when))
        return Error{"the window did not show that the payload is to come"};
    const double cpu = attached_.cpu_seconds();
    const double own_cpu = own_cpu_seconds();
    const unsigned pictures = watcher_.pictures();
    auto printed = print(attached_.pane());
    if (!printed)
        return Error{printed.error()};
    if (!watcher_.wait_for_block(true, picture_patience_ms, &when))
        return Error{"the window did not show the end of the payload"};
    result.attached.push_back(seconds(printed->ended - printed->began));
    result.shown.push_back(seconds(when - printed->began));
    result.attached_cpu.push_back(attached_.cpu_seconds() - cpu);
    result.window_cpu.push_back(own_cpu_seconds() - own_cpu);
    result.pictures.push_back(watcher_.pictures() - pictures);
    return {};
}

} // namespace

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double ratio(const std::vector<double> &a, const std::vector<double> &b)
{
    const double divisor = median(b);
    return divisor > 0 ? median(a) / divisor : 0;
}

Result<std::vector<ThroughputResult>> measure_throughput(const BenchOptions &options,
                                                         const Options &window)
{
    const Size size = {options.columns, options.rows};
    auto attached = PrivateServer::start(window.tmux, size);
    if (!attached)
        return Error{attached.error()};
    auto detached = PrivateServer::start(window.tmux, size);
    if (!detached)
        return Error{detached.error()};
    std::vector<ThroughputResult> results;
    auto measured = watch_window(**attached, window, [&](Watcher &watcher) {
        return ThroughputRun(options, **attached, **detached, watcher).run(results);
    });
    if (!measured)
        return Error{measured.error()};
    return results;
}

} // namespace vitrine::bench
