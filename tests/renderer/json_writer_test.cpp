#include "json_writer.h"

#include <doctest/doctest.h>

#include <limits>

using vitrine::JsonWriter;

TEST_CASE("JSON has what was said in the order it was said")
{
    JsonWriter json;
    json.object([&] {
        json.member("name", "a \"b\"\n");
        json.member("truth", true);
        json.member("most", std::numeric_limits<std::uint64_t>::max());
        json.member("least", -1);
        json.member("ratio", 0.25);
        json.key("none");
        json.array([] {});
        json.key("all");
        json.array([&] {
            json.value(1u);
            json.value(20.0);
        });
    });
    CHECK(json.text() == "{\n"
                         "  \"name\": \"a \\\"b\\\"\\n\",\n"
                         "  \"truth\": true,\n"
                         "  \"most\": 18446744073709551615,\n"
                         "  \"least\": -1,\n"
                         "  \"ratio\": 0.25,\n"
                         "  \"none\": [],\n"
                         "  \"all\": [\n"
                         "    1,\n"
                         "    20.0\n"
                         "  ]\n"
                         "}\n");
}

TEST_CASE("JSON of what it has no word for")
{
    JsonWriter json;
    json.array([&] {
        json.value(std::numeric_limits<double>::infinity());
        json.value("\xc3\xa9\xe6\xbc\xa2");
        json.value("\xc3\xa9\xff");
        json.value("\xe6\xbc");
    });
    CHECK(json.text() == "[\n  null,\n  \"\xc3\xa9\xe6\xbc\xa2\",\n  \"???\",\n  \"??\"\n]\n");
}
