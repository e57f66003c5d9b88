#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "handles.h"
#include "screen.h"

namespace {

class Folder {
public:
    Folder()
    {
        char path[] = "/tmp/vitrine-test-XXXXXX";
        REQUIRE(::mkdtemp(path) != nullptr);
        path_ = path;
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    std::string file() const { return path_ + "/record"; }

private:
    std::string path_;
};

struct Recorder {
    Recorder()
    {
        const ui_grid_layout_t layout = test_layout();
        REQUIRE(ui_recording_backend_create(folder.file().c_str(), &layout, &backend) == UI_OK);
    }
    ~Recorder() { ui_backend_destroy(backend); }
    Recorder(const Recorder &) = delete;
    Recorder &operator=(const Recorder &) = delete;

    Folder folder;
    ui_backend_t *backend = nullptr;
};

// A read frame, closed at the end.
struct Record {
    explicit Record(const Folder &folder)
        : result(vitrine_record_open(folder.file().c_str(), &frame))
    {
    }
    ~Record() { vitrine_record_close(frame); }
    Record(const Record &) = delete;
    Record &operator=(const Record &) = delete;

    vitrine_frame_t *frame = nullptr;
    ui_result_t result;
};

} // namespace

TEST_CASE("a recording is the newest frame")
{
    Recorder recorder;
    CHECK(Record(recorder.folder).result == UI_ERROR_AGAIN);
    Screen screen(10, 3);
    screen.set(0, "zero");
    screen.line(1).extended({long_character(2, 1)});
    CHECK(ui_backend_wants_frame(recorder.backend));
    REQUIRE(ui_backend_frame(recorder.backend, &screen.full()) == UI_OK);
    screen.set(2, "two");
    screen.changed({2}).cursor.column = 7;
    REQUIRE(ui_backend_frame(recorder.backend, &screen.frame()) == UI_OK);

    const Record record(recorder.folder);
    REQUIRE(record.result == UI_OK);
    CHECK(row_text(record.frame, 0) == "zero");
    CHECK(row_text(record.frame, 2) == "two");
    CHECK(vitrine_frame_cursor(record.frame).column == 7);
    CHECK(vitrine_frame_sequence(record.frame) == 2);
    CHECK(row_generation(record.frame, 0) == 1);
    CHECK(row_generation(record.frame, 2) == 2);
    vitrine_row_t row;
    REQUIRE(vitrine_frame_row(record.frame, 1, &row));
    CHECK(row.extra_words == 3);
    CHECK(row.cells[0].cluster_cont == 2);

    // A copy: what comes later does not change it.
    screen.set(0, "later");
    REQUIRE(ui_backend_frame(recorder.backend, &screen.changed({0})) == UI_OK);
    CHECK(row_text(record.frame, 0) == "zero");
}

TEST_CASE("a recording follows sizes and growing extras")
{
    Recorder recorder;
    Screen small(4, 2);
    REQUIRE(ui_backend_frame(recorder.backend, &small.full()) == UI_OK);
    Screen large(30, 9);
    large.set(8, "large");
    CHECK(ui_backend_frame(recorder.backend, &large.changed({8})) == UI_ERROR_ARGUMENT);
    REQUIRE(ui_backend_frame(recorder.backend, &large.full()) == UI_OK);
    for (int i = 0; i < 20; ++i)
        large.line(3).extended({long_character(5, 1)});
    REQUIRE(ui_backend_frame(recorder.backend, &large.changed({3})) == UI_OK);
    const Record record(recorder.folder);
    REQUIRE(record.result == UI_OK);
    uint16_t columns, rows;
    vitrine_frame_size(record.frame, &columns, &rows);
    CHECK(columns == 30);
    CHECK(rows == 9);
    CHECK(row_text(record.frame, 8) == "large");
    vitrine_row_t row;
    REQUIRE(vitrine_frame_row(record.frame, 3, &row));
    CHECK(row.extra_words == 220);
}

TEST_CASE("the header's sequence counts frames by two, odd while one is written")
{
    Recorder recorder;
    Screen screen(4, 2);
    REQUIRE(ui_backend_frame(recorder.backend, &screen.full()) == UI_OK);
    const vitrine::UniqueFd fd(::open(recorder.folder.file().c_str(), O_RDWR | O_CLOEXEC));
    struct stat status;
    REQUIRE(::fstat(fd.get(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    const auto map = vitrine::Mapping::map(fd.get(), static_cast<size_t>(status.st_size),
                                           PROT_READ | PROT_WRITE);
    auto *header = reinterpret_cast<ui_pool_header_t *>(map.data());
    CHECK(header->sequence == 2);
    REQUIRE(ui_backend_frame(recorder.backend, &screen.changed({})) == UI_OK);
    CHECK(header->sequence == 4);
    header->sequence = 5;
    CHECK(Record(recorder.folder).result == UI_ERROR_AGAIN);
    header->sequence = 6;
    CHECK(Record(recorder.folder).result == UI_OK);
    header->rows = 9;
    CHECK(Record(recorder.folder).result == UI_ERROR_PROTOCOL);
}

TEST_CASE("a recording that cannot take its place leaves no file")
{
    const Folder folder;
    std::filesystem::create_directory(folder.file());
    const ui_grid_layout_t layout = test_layout();
    ui_backend_t *backend = nullptr;
    CHECK(ui_recording_backend_create(folder.file().c_str(), &layout, &backend) == UI_ERROR_SYSTEM);
    CHECK(backend == nullptr);
    CHECK_FALSE(std::filesystem::exists(folder.file() + ".new"));
    CHECK_FALSE(std::filesystem::exists(folder.file() + ".spare"));
}

TEST_CASE("recordings that cannot be")
{
    const ui_grid_layout_t layout = test_layout();
    ui_backend_t *backend = nullptr;
    CHECK(ui_recording_backend_create("/nonexistent/record", &layout, &backend) == UI_ERROR_SYSTEM);
    CHECK(ui_recording_backend_create("", &layout, &backend) == UI_ERROR_ARGUMENT);
    CHECK(ui_recording_backend_create("/tmp/x", nullptr, &backend) == UI_ERROR_ARGUMENT);
    CHECK(backend == nullptr);
    vitrine_frame_t *frame = nullptr;
    CHECK(vitrine_record_open("/nonexistent/record", &frame) == UI_ERROR_SYSTEM);
    CHECK(vitrine_record_open("/etc/passwd", &frame) == UI_ERROR_PROTOCOL);
    CHECK(vitrine_record_open(nullptr, &frame) == UI_ERROR_ARGUMENT);
    vitrine_record_close(nullptr);
}
