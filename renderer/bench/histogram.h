// A histogram of durations with a bounded relative error, after the idea of
// Gil Tene's HdrHistogram (whose C library Debian 12 does not have).
//
// Buckets are equal within an octave and double from one to the next: 128 per
// octave, so that what is read back is at most 1/128 above what went in.
// Values below 128 have a bucket each. Percentiles give the upper end of their
// bucket, never less than what was measured, and never more than the maximum.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vitrine::bench {

class Histogram {
public:
    void record(std::uint64_t value);
    void add(const Histogram &other);

    std::uint64_t count() const { return count_; }
    std::uint64_t min() const { return count_ == 0 ? 0 : min_; }
    std::uint64_t max() const { return max_; }
    double mean() const;
    // The least value that so many percent are not above; 0 if there is none.
    std::uint64_t percentile(double percent) const;

    // What is in one bucket, for plots: buckets in order, none of them empty.
    struct Bucket {
        std::uint64_t low;
        std::uint64_t high; // included
        std::uint64_t count;
    };
    std::vector<Bucket> buckets() const;

private:
    std::vector<std::uint64_t> counts_; // by index, as long as needed
    std::uint64_t count_ = 0;
    std::uint64_t min_ = UINT64_MAX;
    std::uint64_t max_ = 0;
    double sum_ = 0;
};

// Where a value is counted, and the values that a bucket has.
std::size_t bucket_of(std::uint64_t value);
std::uint64_t bucket_low(std::size_t index);
std::uint64_t bucket_high(std::size_t index);

} // namespace vitrine::bench
