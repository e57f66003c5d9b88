#include "bench/plot.h"

#include "bench/spawn.h"

#include <algorithm>

namespace vitrine::bench {

namespace {

constexpr int panel_width = 880;
constexpr int panel_height = 420;

// Okabe and Ito's colours, which everybody can tell apart.
constexpr const char *style = "set linetype 1 lc rgb '#0072b2' lw 2\n"
                              "set linetype 2 lc rgb '#e69f00' lw 2\n"
                              "set linetype 3 lc rgb '#009e73' lw 2\n"
                              "set linetype 4 lc rgb '#cc79a7' lw 2\n"
                              "set linetype 5 lc rgb '#56b4e9' lw 2\n"
                              "set linetype 6 lc rgb '#d55e00' lw 2\n"
                              "set linetype 7 lc rgb '#999999' lw 2\n"
                              "set linetype 8 lc rgb '#000000' lw 3\n"
                              "set border 3 lc rgb '#606060'\n"
                              "set grid lc rgb '#d8d8d8' lt 1 lw 0.5\n"
                              "set tics nomirror\n";

std::string quoted(const std::string &text)
{
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

std::string number(double value) { return std::to_string(value); }

// Percent of keys that were at most so fast, for each end of a bucket.
std::string cumulative(const Histogram &histogram)
{
    std::string data;
    std::uint64_t seen = 0;
    for (const Histogram::Bucket &bucket : histogram.buckets()) {
        seen += bucket.count;
        data += number(static_cast<double>(std::min(bucket.high, histogram.max())) / 1e3) + ' ' +
                number(100.0 * static_cast<double>(seen) / static_cast<double>(histogram.count())) +
                '\n';
    }
    return data;
}

void plot_latency(std::string &out, const LatencyResult &result)
{
    out += "set title " + quoted("key to picture, " + result.name) + "\n" +
           "set logscale x\nset xlabel 'us'\nset ylabel '% of keys'\nset yrange [0:100]\n"
           "unset xrange\nset xrange [1:*]\nset key outside right center\nset format x '%g'\n";
    for (std::size_t i = 0; i < stage_count; i++)
        out += "$stage" + std::to_string(i) + " << EOD\n" + cumulative(result.stages[i]) + "EOD\n";
    out += "plot";
    for (std::size_t i = 0; i < stage_count; i++)
        out += (i == 0 ? " " : ", ") + ("$stage" + std::to_string(i)) +
               " using 1:2 with steps title " + quoted(stage_names[i]);
    out += "\n";
}

void plot_throughput(std::string &out, const Report &report)
{
    out += "unset logscale x\nset xlabel ''\nset ylabel 'MB/s'\nset xrange [-0.6:" +
           number(static_cast<double>(report.throughput.size()) - 0.4) +
           "]\nset yrange [0:*]\nset format x\nset key inside right top\n"
           "set style data histogram\nset style histogram clustered gap 1\n"
           "set style fill solid 0.85 noborder\nset title 'throughput of tmux (medians)'\n"
           "$through << EOD\n";
    for (const ThroughputResult &result : report.throughput) {
        const double megabytes = static_cast<double>(result.bytes) / 1e6;
        out += std::string(payload_name(result.kind));
        for (const auto *times : {&result.detached, &result.attached, &result.shown}) {
            const double time = median(*times);
            out += ' ' + number(time > 0 ? megabytes / time : 0);
        }
        out += '\n';
    }
    out += "EOD\nplot $through using 2:xtic(1) title 'detached', "
           "$through using 3 title 'attached', "
           "$through using 4 title 'attached, last picture shown'\n";
}

} // namespace

std::string plot_script(const Report &report, const std::string &file)
{
    const std::size_t panels = report.latency.size() + (report.throughput.empty() ? 0 : 1);
    const int height = panel_height * static_cast<int>(panels);
    const std::string size = std::to_string(panel_width) + ',' + std::to_string(height);
    std::string out = file.ends_with(".png") ? "set terminal pngcairo font 'sans,10' size "
                                             : "set terminal svg font 'sans,12' size ";
    out += size + " background rgb 'white'\n";
    out += "set output " + quoted(file) + "\n" + style + "set multiplot layout " +
           std::to_string(panels) + ",1\n";
    for (const LatencyResult &result : report.latency)
        plot_latency(out, result);
    if (!report.throughput.empty())
        plot_throughput(out, report);
    return out + "unset multiplot\n";
}

Result<void> check_plotter()
{
    if (auto result = feed_program({"gnuplot"}, ""); !result)
        return Error{"--plot needs gnuplot (Debian: gnuplot-nox): " + result.error()};
    return {};
}

Result<void> plot(const Report &report, const std::string &file)
{
    return feed_program({"gnuplot"}, plot_script(report, file));
}

} // namespace vitrine::bench
