// What a settings manager says, and what others may have written there instead.

#include "window/x11_settings.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string_view>
#include <vector>

using namespace vitrine;

namespace {

// The property as a manager writes it, with numbers in either order of bytes.
class Settings {
public:
    explicit Settings(bool big, std::uint32_t count) : big_(big)
    {
        number(big ? 1 : 0, 1);
        number(0, 3);
        number(7, 4);
        number(count, 4);
    }
    Settings &integer(std::string_view name, std::int32_t value)
    {
        head(0, name);
        return number(static_cast<std::uint32_t>(value), 4);
    }
    Settings &string(std::string_view name, std::string_view value)
    {
        head(1, name);
        number(static_cast<std::uint32_t>(value.size()), 4);
        return text(value);
    }
    Settings &colour(std::string_view name)
    {
        head(2, name);
        return number(0, 8);
    }
    Settings &head(unsigned kind, std::string_view name)
    {
        number(kind, 1);
        number(0, 1);
        number(static_cast<std::uint32_t>(name.size()), 2);
        text(name);
        return number(3, 4);
    }
    Settings &text(std::string_view value)
    {
        for (const char character : value)
            bytes_.push_back(static_cast<std::byte>(character));
        return number(0, -value.size() % 4);
    }
    Settings &number(std::uint32_t value, std::size_t size)
    {
        for (std::size_t i = 0; i < size; i++) {
            const std::size_t place = big_ ? size - 1 - i : i;
            bytes_.push_back(static_cast<std::byte>(place < 4 ? value >> (8 * place) : 0));
        }
        return *this;
    }

    const std::vector<std::byte> &bytes() const { return bytes_; }
    std::optional<double> dpi() const { return dpi_of_settings(bytes_); }

private:
    bool big_;
    std::vector<std::byte> bytes_;
};

} // namespace

TEST_CASE("the settings manager says the dpi among others")
{
    for (const bool big : {false, true}) {
        CAPTURE(big);
        CHECK(Settings(big, 1).integer("Xft/DPI", 144 * 1024).dpi() == 144);
        CHECK(Settings(big, 4)
                  .string("Net/ThemeName", "Plain")
                  .colour("Net/Colour")
                  .integer("Net/DoubleClickTime", 400)
                  .integer("Xft/DPI", 98304 + 512)
                  .dpi() == 96.5);
        CHECK_FALSE(
            Settings(big, 2).string("Xft/DPI", "192").integer("Xft/DPIs", 192 * 1024).dpi());
    }
}

TEST_CASE("a dpi that is no dpi is not said")
{
    for (const std::int32_t value : {-1, 0, INT32_MIN})
        CHECK_FALSE(Settings(false, 1).integer("Xft/DPI", value).dpi());
}

TEST_CASE("settings that end early, or lie about their lengths, say nothing")
{
    const Settings whole = Settings(false, 2).string("a/b", "value").integer("Xft/DPI", 98304);
    REQUIRE(whole.dpi() == 96);
    const std::span all(whole.bytes());
    for (std::size_t size = 0; size < all.size(); size++) {
        // A copy, so that a read past its end is seen.
        const std::vector<std::byte> part(all.begin(), all.begin() + std::ptrdiff_t(size));
        CHECK_FALSE(dpi_of_settings(part));
    }
    CHECK_FALSE(Settings(false, UINT32_MAX).integer("a", 1).dpi());
    CHECK_FALSE(Settings(false, 1).head(1, "a").number(UINT32_MAX, 4).text("abc").dpi());
    CHECK_FALSE(Settings(false, 2).head(9, "a").integer("Xft/DPI", 98304).dpi());
}
