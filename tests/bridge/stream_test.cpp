#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <string>

#include "stream.h"

using namespace vitrine;

namespace {

struct Pair {
    Pair() : Pair(make()) {}
    static std::array<int, 2> make()
    {
        std::array<int, 2> ends;
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
        REQUIRE(Stream::prepare(ends[0]) == UI_OK);
        REQUIRE(Stream::prepare(ends[1]) == UI_OK);
        return ends;
    }
    explicit Pair(std::array<int, 2> ends) : one(UniqueFd(ends[0])), two(UniqueFd(ends[1])) {}
    Stream one;
    Stream two;
};

std::string body_of(const Message &message)
{
    return {reinterpret_cast<const char *>(message.body.data()), message.body.size()};
}

Bytes text(const std::string &value) { return bytes_of(value.data(), value.size()); }

void write_all(int fd, const void *data, size_t size)
{
    REQUIRE(::send(fd, data, size, 0) == static_cast<ssize_t>(size));
}

UniqueFd open_null() { return UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

} // namespace

TEST_CASE("messages come out as they went in")
{
    Pair pair;
    CHECK(pair.one.queue(1, text("head"), text("tail")) == UI_OK);
    CHECK(pair.one.queue(2, {}) == UI_OK);
    CHECK(pair.one.pending());
    CHECK(pair.one.flush() == UI_OK);
    CHECK_FALSE(pair.one.pending());
    Message message;
    CHECK(pair.two.next(message) == UI_ERROR_AGAIN);
    CHECK(pair.two.receive() == UI_OK);
    CHECK(pair.two.peek() == 1);
    CHECK(pair.two.next(message) == UI_OK);
    CHECK(message.type == 1);
    CHECK(body_of(message) == "headtail");
    CHECK(message.offset == 0);
    CHECK(pair.two.next(message) == UI_OK);
    CHECK(message.type == 2);
    CHECK(message.body.empty());
    CHECK(message.offset == 16);
    CHECK(pair.two.next(message) == UI_ERROR_AGAIN);
    CHECK(pair.two.receive() == UI_ERROR_AGAIN);
    pair.one = Stream(UniqueFd());
    CHECK(pair.two.receive() == UI_ERROR_CLOSED);
    CHECK(pair.two.queue(1, {}) == UI_OK);
    CHECK(pair.two.flush() == UI_ERROR_CLOSED);
}

TEST_CASE("a message split at any byte is one message")
{
    const ui_message_header_t headers[] = {{5, 7, 0}, {3, 8, 0}};
    std::string bytes(reinterpret_cast<const char *>(&headers[0]), 8);
    bytes += "hello" + std::string(reinterpret_cast<const char *>(&headers[1]), 8) + "you";
    for (size_t split = 1; split < bytes.size(); ++split) {
        Pair pair;
        std::string seen;
        for (const std::string &part : {bytes.substr(0, split), bytes.substr(split)}) {
            write_all(pair.one.descriptor(), part.data(), part.size());
            REQUIRE(pair.two.receive() == UI_OK);
            Message message;
            while (pair.two.next(message) == UI_OK)
                seen += std::to_string(message.type) + body_of(message);
        }
        CHECK(seen == "7hello8you");
    }
}

TEST_CASE("headers that are not valid end the stream")
{
    struct Case {
        ui_message_header_t header;
        ui_result_t result;
    };
    const Case cases[] = {
        {{UI_MESSAGE_MAX, 1, 0}, UI_ERROR_AGAIN},
        {{UI_MESSAGE_MAX + 1, 1, 0}, UI_ERROR_PROTOCOL},
        {{UINT32_MAX, 1, 0}, UI_ERROR_PROTOCOL},
        {{0, 1, 1}, UI_ERROR_PROTOCOL},
    };
    for (const Case &entry : cases) {
        Pair pair;
        write_all(pair.one.descriptor(), &entry.header, sizeof entry.header);
        REQUIRE(pair.two.receive() == UI_OK);
        Message message;
        CHECK(pair.two.next(message) == entry.result);
        CHECK(pair.two.peek() == (entry.header.length == 0 ? 1 : 0));
    }
}

TEST_CASE("the largest message passes, a larger one and a full queue do not")
{
    Pair pair;
    const std::string large(UI_MESSAGE_MAX, 'x');
    CHECK(pair.one.queue(1, text(large + "x")) == UI_ERROR_LIMIT);
    size_t queued = 0;
    while (pair.one.queue(1, text(large)) == UI_OK)
        ++queued;
    CHECK(queued == 15); // of 64 KiB and a header each, below 1 MiB
    CHECK(pair.one.queue_room() < UI_MESSAGE_MAX);
    size_t seen = 0;
    while (seen < queued) {
        REQUIRE(pair.one.flush() == UI_OK);
        REQUIRE(pair.two.receive() == UI_OK);
        Message message;
        while (pair.two.next(message) == UI_OK) {
            CHECK(message.body.size() == UI_MESSAGE_MAX);
            ++seen;
        }
    }
    CHECK_FALSE(pair.one.pending());
    // The memory of the long queue and the long message is not kept.
    CHECK(pair.one.memory() <= 4096);
    CHECK(pair.two.receive() == UI_ERROR_AGAIN);
    CHECK(pair.two.memory() <= 8192);
}

TEST_CASE("descriptors travel with their messages, in order")
{
    Pair pair;
    CHECK(pair.one.queue(1, text("a")) == UI_OK);
    UniqueFd first = open_null();
    const int first_number = first.get();
    CHECK(pair.one.queue(2, text("b"), {}, std::move(first)) == UI_OK);
    CHECK(pair.one.queue(3, text("c"), {}, open_null()) == UI_OK);
    CHECK(pair.one.queue(4, text("d")) == UI_OK);
    CHECK(pair.one.flush() == UI_OK);
    // Sent is given away.
    CHECK(::fcntl(first_number, F_GETFD) == -1);
    Message message;
    std::string seen;
    while (pair.two.receive() == UI_OK) {
        while (pair.two.next(message) == UI_OK) {
            seen += body_of(message);
            if (message.type == 2 || message.type == 3) {
                const UniqueFd fd = pair.two.take_descriptor();
                CHECK(fd);
                CHECK((::fcntl(fd.get(), F_GETFD) & FD_CLOEXEC) != 0);
            }
        }
    }
    CHECK(seen == "abcd");
    CHECK_FALSE(pair.two.take_descriptor());
}

TEST_CASE("descriptors that nobody takes end the stream, without a leak")
{
    Pair pair;
    for (size_t i = 0; i < Stream::kMaxDescriptors + 1; ++i)
        CHECK(pair.one.queue(1, {}, {}, open_null()) == UI_OK);
    CHECK(pair.one.flush() == UI_OK);
    ui_result_t result = UI_OK;
    Message message;
    while (result == UI_OK) {
        result = pair.two.receive();
        while (pair.two.next(message) == UI_OK)
            continue;
    }
    CHECK(result == UI_ERROR_PROTOCOL);
}

TEST_CASE("only stream sockets are streams")
{
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const UniqueFd in(ends[0]), out(ends[1]);
    CHECK(Stream::prepare(in.get()) == UI_ERROR_SYSTEM);
    CHECK(Stream::prepare(-1) == UI_ERROR_SYSTEM);
    REQUIRE(::socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) == 0);
    const UniqueFd one(ends[0]), two(ends[1]);
    CHECK(Stream::prepare(one.get()) == UI_ERROR_ARGUMENT);
}
