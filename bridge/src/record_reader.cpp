// Reads what a recording backend keeps: a copy of its file between two equal, even sequences.
#include <fcntl.h>
#include <sys/stat.h>

#include <atomic>
#include <cstring>

#include "frame_view.h"
#include "vitrine/client.h"

namespace vitrine {
namespace {

ui_result_t read_record(const char *path, vitrine_frame_t **out)
{
    const UniqueFd fd(::open(path, O_RDONLY | O_CLOEXEC));
    struct stat status;
    if (!fd || ::fstat(fd.get(), &status) != 0)
        return fail_system(path);
    const size_t bytes = static_cast<size_t>(status.st_size);
    if (bytes == 0)
        return fail(UI_ERROR_AGAIN, "%s: no frame yet", path);
    if (bytes < sizeof(ui_pool_header_t))
        return fail(UI_ERROR_PROTOCOL, "%s: not a recording", path);
    const Mapping file = Mapping::map(fd.get(), bytes, PROT_READ);
    if (!file)
        return fail_system(path);

    // A mapping that is only read cannot be an atomic_ref's: the builtin takes const.
    const auto *shared = reinterpret_cast<const ui_pool_header_t *>(file.data());
    if (shared->magic != UI_PROTOCOL_MAGIC)
        return fail(UI_ERROR_PROTOCOL, "%s: not a recording", path);
    auto record = std::make_unique<RecordedFrame>();
    record->memory.resize((bytes + 7) / 8);
    const uint64_t before = __atomic_load_n(&shared->sequence, __ATOMIC_ACQUIRE);
    std::memcpy(record->memory.data(), file.data(), bytes);
    std::atomic_thread_fence(std::memory_order_acquire);
    if ((before & 1) != 0 || __atomic_load_n(&shared->sequence, __ATOMIC_RELAXED) != before)
        return fail(UI_ERROR_AGAIN, "%s: being written", path);

    const auto *copy = reinterpret_cast<const uint8_t *>(record->memory.data());
    ui_pool_header_t header;
    std::memcpy(&header, copy, sizeof header);
    PoolLayout layout;
    if (!pool_header_check(header, bytes, &layout) || layout.slot_count != 1)
        return fail(UI_ERROR_PROTOCOL, "%s: not a recording", path);
    record->frame.slot = copy + layout.slots_offset;
    record->frame.layout = layout;
    *out = &record.release()->frame;
    return UI_OK;
}

} // namespace
} // namespace vitrine

extern "C" {

ui_result_t vitrine_record_open(const char *path, vitrine_frame_t **frame) noexcept
{
    using namespace vitrine;
    if (path == nullptr || frame == nullptr)
        return fail(UI_ERROR_ARGUMENT, "null argument");
    *frame = nullptr;
    return barrier([&] { return read_record(path, frame); });
}

void vitrine_record_close(vitrine_frame_t *frame) noexcept
{
    const std::unique_ptr<vitrine::RecordedFrame> owner(
        reinterpret_cast<vitrine::RecordedFrame *>(frame));
}

} // extern "C"
