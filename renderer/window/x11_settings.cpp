#include "window/x11_settings.h"

#include <X11/X.h>

#include <cstdint>
#include <string_view>

namespace vitrine {

namespace {

// Reads numbers in the order of bytes that the manager has. Past the end there are zeros, and
// ended() says so.
class SettingsReader {
public:
    explicit SettingsReader(std::span<const std::byte> bytes) : left_(bytes) {}

    bool ended() const { return ended_; }
    void set_big_endian(bool big) { big_ = big; }

    std::uint32_t number(std::size_t size)
    {
        const std::span<const std::byte> bytes = take(size);
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < bytes.size(); i++)
            value =
                value << 8 | std::to_integer<std::uint32_t>(bytes[big_ ? i : bytes.size() - 1 - i]);
        return value;
    }
    // With what fills it up to a multiple of four.
    std::string_view text(std::size_t size)
    {
        const std::span<const std::byte> bytes = take(size);
        take(-size % 4);
        return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
    }

private:
    std::span<const std::byte> take(std::size_t size)
    {
        if (size > left_.size()) {
            ended_ = true;
            left_ = {};
            return {};
        }
        const auto taken = left_.first(size);
        left_ = left_.subspan(size);
        return taken;
    }

    std::span<const std::byte> left_;
    bool big_ = false;
    bool ended_ = false;
};

enum class Kind : std::uint8_t { integer, string, colour };

// Past a value that is not wanted; false for one of no known kind, which has no known size.
bool skip(SettingsReader &reader, Kind kind)
{
    switch (kind) {
    case Kind::integer:
        reader.number(4);
        return true;
    case Kind::string:
        reader.text(reader.number(4));
        return true;
    case Kind::colour:
        reader.text(8);
        return true;
    }
    return false;
}

} // namespace

std::optional<double> dpi_of_settings(std::span<const std::byte> property)
{
    constexpr double parts = 1024;
    SettingsReader reader(property);
    reader.set_big_endian(reader.number(1) == MSBFirst);
    reader.number(3);
    reader.number(4); // the serial number of all
    for (std::uint32_t count = reader.number(4); count > 0 && !reader.ended(); count--) {
        const auto kind = static_cast<Kind>(reader.number(1));
        reader.number(1);
        const std::string_view name = reader.text(reader.number(2));
        reader.number(4); // that of this one
        if (kind == Kind::integer && name == "Xft/DPI") {
            const auto value = static_cast<std::int32_t>(reader.number(4));
            return value > 0 && !reader.ended() ? std::optional(value / parts) : std::nullopt;
        }
        if (!skip(reader, kind))
            break;
    }
    return std::nullopt;
}

} // namespace vitrine
