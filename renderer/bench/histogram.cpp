#include "bench/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace vitrine::bench {

namespace {

constexpr unsigned octave_bits = 7;
constexpr std::uint64_t per_octave = 1u << octave_bits;

} // namespace

// Values of an octave differ in their first 1 + octave_bits bits; what follows
// is dropped. Index 0 to 127 are the values themselves.
std::size_t bucket_of(std::uint64_t value)
{
    if (value < per_octave)
        return static_cast<std::size_t>(value);
    const unsigned shift = static_cast<unsigned>(std::bit_width(value)) - 1 - octave_bits;
    return static_cast<std::size_t>((shift + 1) * per_octave + (value >> shift) - per_octave);
}

std::uint64_t bucket_low(std::size_t index)
{
    if (index < per_octave)
        return index;
    const std::uint64_t shift = index / per_octave - 1;
    return (per_octave + index % per_octave) << shift;
}

std::uint64_t bucket_high(std::size_t index)
{
    if (index < per_octave)
        return index;
    return bucket_low(index) + ((std::uint64_t{1} << (index / per_octave - 1)) - 1);
}

void Histogram::record(std::uint64_t value)
{
    const std::size_t index = bucket_of(value);
    if (index >= counts_.size())
        counts_.resize(index + 1);
    counts_[index]++;
    count_++;
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
    sum_ += static_cast<double>(value);
}

void Histogram::add(const Histogram &other)
{
    if (other.counts_.size() > counts_.size())
        counts_.resize(other.counts_.size());
    for (std::size_t i = 0; i < other.counts_.size(); i++)
        counts_[i] += other.counts_[i];
    count_ += other.count_;
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
    sum_ += other.sum_;
}

double Histogram::mean() const { return count_ == 0 ? 0 : sum_ / static_cast<double>(count_); }

std::uint64_t Histogram::percentile(double percent) const
{
    const double wanted = std::ceil(percent / 100 * static_cast<double>(count_) - 1e-9);
    const auto rank = static_cast<std::uint64_t>(std::max(wanted, 1.0));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); i++) {
        seen += counts_[i];
        if (seen >= rank)
            return std::min(bucket_high(i), max_);
    }
    return max_;
}

std::vector<Histogram::Bucket> Histogram::buckets() const
{
    std::vector<Bucket> all;
    for (std::size_t i = 0; i < counts_.size(); i++) {
        if (counts_[i] != 0)
            all.push_back({bucket_low(i), bucket_high(i), counts_[i]});
    }
    return all;
}

} // namespace vitrine::bench
