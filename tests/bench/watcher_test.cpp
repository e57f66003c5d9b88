#include "bench/watcher.h"

#include <doctest/doctest.h>

using vitrine::bench::Watcher;

TEST_CASE("a picture that came before anybody waited for it is not missed")
{
    Watcher watcher;
    CHECK_FALSE(watcher.wait_for_picture(0));
    watcher.presented();
    watcher.presented();
    CHECK(watcher.wait_for_picture(0));
    CHECK_FALSE(watcher.wait_for_picture(0));
    watcher.presented();
    CHECK(watcher.wait_for_picture(0));
    watcher.presented();
    watcher.close();
    CHECK_FALSE(watcher.wait_for_picture(0));
}
