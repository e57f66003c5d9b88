#include "bench/histogram.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace vitrine::bench;

TEST_CASE("buckets follow one another without a gap")
{
    for (std::size_t i = 0; i < 5000; i++) {
        CHECK(bucket_low(i) <= bucket_high(i));
        CHECK(bucket_low(i + 1) == bucket_high(i) + 1);
        CHECK(bucket_of(bucket_low(i)) == i);
        CHECK(bucket_of(bucket_high(i)) == i);
    }
}

TEST_CASE("a bucket is narrow")
{
    std::uint64_t value = 1;
    for (int octave = 0; octave < 60; octave++, value *= 2) {
        const std::size_t index = bucket_of(value + value / 3);
        const std::uint64_t width = bucket_high(index) - bucket_low(index);
        CHECK(width <= bucket_low(index) / 128);
    }
    CHECK(bucket_high(bucket_of(UINT64_MAX)) == UINT64_MAX);
}

TEST_CASE("an empty histogram says zero")
{
    const Histogram none;
    CHECK(none.count() == 0);
    CHECK(none.min() == 0);
    CHECK(none.max() == 0);
    CHECK(none.mean() == 0);
    CHECK(none.percentile(50) == 0);
    CHECK(none.buckets().empty());
}

TEST_CASE("percentiles of few values are values")
{
    Histogram few;
    for (const std::uint64_t value : {40, 10, 30, 20})
        few.record(value);
    CHECK(few.percentile(0) == 10);
    CHECK(few.percentile(25) == 10);
    CHECK(few.percentile(50) == 20);
    CHECK(few.percentile(51) == 30);
    CHECK(few.percentile(75) == 30);
    CHECK(few.percentile(99) == 40);
    CHECK(few.percentile(100) == 40);
    CHECK(few.mean() == 25);
}

TEST_CASE("percentiles are those of the sorted values, within a bucket")
{
    std::mt19937_64 random(3);
    std::vector<std::uint64_t> values;
    Histogram histogram;
    for (int i = 0; i < 10'000; i++) {
        const std::uint64_t value = random() >> (random() % 60);
        values.push_back(value);
        histogram.record(value);
    }
    std::sort(values.begin(), values.end());
    for (const double percent : {1.0, 50.0, 95.0, 99.0, 100.0}) {
        const auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * 10'000)) - 1;
        const double exact = static_cast<double>(values[rank]);
        const double told = static_cast<double>(histogram.percentile(percent));
        CHECK(told >= exact);
        CHECK(told <= exact * (1 + 1.0 / 128) + 1);
    }
    CHECK(histogram.min() == values.front());
    CHECK(histogram.max() == values.back());
}

TEST_CASE("adding is recording all")
{
    Histogram a;
    Histogram b;
    Histogram both;
    for (std::uint64_t i = 0; i < 1000; i++) {
        (i % 3 == 0 ? a : b).record(i * i);
        both.record(i * i);
    }
    a.add(b);
    CHECK(a.count() == both.count());
    CHECK(a.max() == both.max());
    CHECK(a.mean() == both.mean());
    CHECK(a.percentile(70) == both.percentile(70));
    std::uint64_t counted = 0;
    for (const Histogram::Bucket &bucket : a.buckets())
        counted += bucket.count;
    CHECK(counted == 1000);
}
