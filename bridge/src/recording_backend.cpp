// Keeps the newest frame in a file, for tests and for looking into a live server.
//
// The file is a pool with one slot. Its header's sequence is odd while a frame is written, as in
// a seqlock; a pool of another size or with more room for extras is a new file, renamed over the
// old one when its first frame is whole.
#include <fcntl.h>
#include <sys/stat.h>

#include <atomic>
#include <cstdio>

#include "error.h"
#include "frame_pool.h"

namespace vitrine {
namespace {

class Recording final : public PoolSource, public Counted<UI_MEMORY_BACKEND> {
public:
    Recording(const char *path, const ui_grid_layout_t &layout)
        : path_(path),
          fresh_(path_ + ".new"),
          spare_(path_ + ".spare"),
          decoder_(layout)
    {
    }

    ui_result_t open() noexcept;
    ui_result_t frame(const ui_frame_t &frame) noexcept;
    ui_result_t allocate(uint64_t bytes, Mapping &memory) noexcept override;

private:
    UniqueFd create() const noexcept;
    ui_result_t publish() noexcept;
    ui_result_t make_spare(uint64_t bytes, Mapping &memory) const noexcept;

    using Path = CountedString<UI_MEMORY_BACKEND>;

    Path path_;
    Path fresh_; // the file of the pool that the next frame is written into
    Path spare_; // and until that is whole in all its blocks
    ui_decoder decoder_;
    FrameStore store_{1};
    uint64_t counter_ = 0;
};

UniqueFd Recording::create() const noexcept
{
    ::unlink(spare_.c_str());
    return UniqueFd(
        ::open(spare_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
}

ui_result_t Recording::publish() noexcept
{
    if (::rename(fresh_.c_str(), path_.c_str()) != 0)
        return fail_system(path_.c_str());
    return UI_OK;
}

// An empty file says that there is no frame yet, and that there can be one.
ui_result_t Recording::open() noexcept
{
    Rollback no_spare([&] { ::unlink(spare_.c_str()); });
    const UniqueFd fd = create();
    if (!fd || ::rename(spare_.c_str(), fresh_.c_str()) != 0)
        return fail_system(fresh_.c_str());
    no_spare.dismiss();
    Rollback no_fresh([&] { ::unlink(fresh_.c_str()); });
    const ui_result_t result = publish();
    if (result == UI_OK)
        no_fresh.dismiss();
    return result;
}

// The blocks are taken here: running out of them later would be a signal.
ui_result_t Recording::make_spare(uint64_t bytes, Mapping &memory) const noexcept
{
    const UniqueFd fd = create();
    if (!fd || !may_make_file(bytes))
        return fail_system(spare_.c_str());
    const int error = ::posix_fallocate(fd.get(), 0, static_cast<off_t>(bytes));
    if (error != 0) {
        errno = error;
        return fail_system(spare_.c_str());
    }
    memory = Mapping::map(fd.get(), bytes, PROT_READ | PROT_WRITE);
    return memory ? UI_OK : fail_system(spare_.c_str());
}

// One that cannot be made leaves alone what was made before: a frame may still go there.
ui_result_t Recording::allocate(uint64_t bytes, Mapping &memory) noexcept
{
    Rollback no_spare([&] { ::unlink(spare_.c_str()); });
    const ui_result_t result = make_spare(bytes, memory);
    if (result != UI_OK)
        return result;
    if (::rename(spare_.c_str(), fresh_.c_str()) != 0)
        return fail_system(fresh_.c_str());
    no_spare.dismiss();
    return UI_OK;
}

ui_result_t Recording::frame(const ui_frame_t &frame) noexcept
{
    using Sequence = std::atomic_ref<uint64_t>;
    FramePool *before = store_.pool();
    if (before != nullptr) {
        Sequence(before->header().sequence).store(counter_ + 1, std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_release);
    }
    bool replaced = false;
    ui_result_t result = store_.put(frame, decoder_, *this, &replaced);
    counter_ += 2;
    if (store_.pool() != nullptr)
        Sequence(store_.pool()->header().sequence).store(counter_, std::memory_order_release);
    if (replaced && result == UI_OK)
        result = publish();
    return result;
}

} // namespace
} // namespace vitrine

extern "C" ui_result_t ui_recording_backend_create(const char *path, const ui_grid_layout_t *layout,
                                                   ui_backend_t **backend) noexcept
{
    using namespace vitrine;
    if (path == nullptr || *path == '\0' || backend == nullptr)
        return fail(UI_ERROR_ARGUMENT, "null argument");
    *backend = nullptr;
    ui_result_t result = check_layout(layout);
    if (result != UI_OK)
        return result;
    return barrier([&] {
        auto recording = std::make_unique<Recording>(path, *layout);
        result = recording->open();
        if (result != UI_OK)
            return result;
        ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
        callbacks.on_frame = [](void *data, const ui_frame_t *frame) {
            return static_cast<Recording *>(data)->frame(*frame);
        };
        callbacks.on_destroy = [](void *data) {
            const std::unique_ptr<Recording> owner(static_cast<Recording *>(data));
        };
        result = ui_backend_create(&callbacks, recording.get(), layout, backend);
        if (result == UI_OK)
            static_cast<void>(recording.release());
        return result;
    });
}
