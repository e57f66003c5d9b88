// The server's half of an attachment: frames into a sealed pool, events out, input in.
//
// One object stands behind both ui_window_t and the backend. Whatever goes wrong with the stream
// sets failure_, after which nothing is sent or read: the shim ends the attachment in its own
// time.
#include <fcntl.h>
#include <sys/mman.h>

#include <array>
#include <cstdio>
#include <cstring>

#include "error.h"
#include "frame_pool.h"
#include "input_messages.h"
#include "report_message.h"
#include "stream.h"
#include "utf8.h"
#include "vitrine/window.h"

#ifndef F_SEAL_FUTURE_WRITE // Linux 5.1
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

namespace vitrine {
namespace {

constexpr size_t kMaxTitle = 4096;
constexpr size_t kMaxClipboard = size_t{768} << 10;
// Titles and bells beyond this much unread output are not worth an attachment.
constexpr size_t kSpareRoom = Stream::kQueueLimit / 2;
// What one ui_window_read() takes at most, so that no window keeps the server from others.
constexpr unsigned kReadsPerTurn = 16;

constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL;

enum class Credit {
    none,  // the window did not ask for a frame yet
    ready, // one frame may be sent
    frame, // one is out: frame_pool_, frame_slot_
};

bool is_complete(const ui_input_t &input) noexcept
{
    return input.on_hello && input.on_resize && input.on_key && input.on_text && input.on_mouse &&
           input.on_paste && input.on_focus && input.on_colours && input.on_command &&
           input.on_detach && input.on_report_ask && input.on_report;
}

} // namespace
} // namespace vitrine

using namespace vitrine;

struct ui_window final : PoolSource, Counted<UI_MEMORY_BACKEND> {
    ui_window(int fd, const ui_grid_layout_t &layout, const ui_input_t &input,
              void *user_data) noexcept
        : stream_(UniqueFd(fd)),
          decoder_(layout),
          messages_(input, user_data)
    {
    }

    ui_result_t allocate(uint64_t bytes, Mapping &memory) noexcept override;

    bool wants_frame() const noexcept { return credit_ == Credit::ready && !failed(); }
    ui_result_t frame(const ui_frame_t &frame) noexcept;
    void title(const char *text, size_t length) noexcept;
    void bell() noexcept;
    void clipboard(const char *selection, const char *data, size_t length) noexcept;
    void send(uint16_t type, Bytes head, Bytes tail = {}) noexcept;

    ui_result_t read() noexcept;
    ui_result_t flush() noexcept;
    bool wants_write() const noexcept { return !failed() && stream_.pending(); }
    bool failed() const noexcept { return failure_ != UI_OK; }
    int descriptor() const noexcept { return stream_.descriptor(); }
    int release_descriptor() noexcept { return stream_.release(); }
    size_t memory() const noexcept
    {
        return sizeof *this - sizeof decoder_ + decoder_.memory() + store_.bytes() +
               stream_.memory();
    }

private:
    ui_result_t announce() noexcept;
    ui_result_t handle_all() noexcept;
    ui_result_t handle(const Message &message) noexcept;
    ui_result_t take_credit(const Message &message) noexcept;
    ui_result_t explain_failure() const noexcept;
    ui_result_t queue_and_flush(uint16_t type, Bytes head, Bytes tail = {}) noexcept;
    void refuse(ui_result_t why) noexcept;

    Stream stream_;
    ui_decoder decoder_;
    InputMessages messages_;
    FrameStore store_{UI_POOL_SLOTS};
    UniqueFd pool_fd_; // of the pool that the window does not know yet
    uint32_t pool_number_ = 0;
    uint32_t frame_slot_ = 0;
    Credit credit_ = Credit::none;
    bool greeted_ = false;
    ui_result_t failure_ = UI_OK;    // UI_ERROR_CLOSED or why it was refused
    std::array<char, 256> why_ = {}; // the error's text then
};

// The seals come after our own mapping, which FUTURE_WRITE leaves writable.
ui_result_t ui_window::allocate(uint64_t bytes, Mapping &memory) noexcept
{
    UniqueFd fd(::memfd_create("vitrine", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd || !may_make_file(bytes) || ::ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0)
        return fail_system("frame pool");
    memory = Mapping::map(fd.get(), bytes, PROT_READ | PROT_WRITE);
    if (!memory)
        return fail_system("frame pool: map");
    if (::fcntl(fd.get(), F_ADD_SEALS, kSeals) != 0)
        return fail_system("frame pool: seal");
    pool_fd_ = std::move(fd);
    return UI_OK;
}

ui_result_t ui_window::explain_failure() const noexcept
{
    return failure_ == UI_ERROR_MEMORY ? fail(UI_ERROR_MEMORY, "%s", why_.data())
                                       : fail(UI_ERROR_CLOSED, "the window has gone");
}

// Tells the window of the pool that the next frame is in.
ui_result_t ui_window::announce() noexcept
{
    const ui_msg_pool_t body = {++pool_number_, 0, store_.pool()->layout().bytes};
    return stream_.queue(UI_MSG_POOL, bytes_of(body), {}, std::move(pool_fd_));
}

ui_result_t ui_window::frame(const ui_frame_t &frame) noexcept
{
    if (failed())
        return explain_failure();
    if (credit_ != Credit::ready)
        return fail(UI_ERROR_BUSY, "the window has not asked for a frame");
    bool replaced = false;
    ui_result_t result = store_.put(frame, decoder_, *this, &replaced);
    if (result != UI_OK)
        return result;
    if (replaced)
        result = announce();
    frame_slot_ = store_.pool()->newest();
    credit_ = Credit::frame;
    const ui_msg_frame_t body = {pool_number_, frame_slot_, store_.sequence()};
    if (result == UI_OK)
        result = queue_and_flush(UI_MSG_FRAME, bytes_of(body));
    if (result != UI_OK)
        refuse(result);
    return failure_;
}

ui_result_t ui_window::queue_and_flush(uint16_t type, Bytes head, Bytes tail) noexcept
{
    const ui_result_t result = stream_.queue(type, head, tail);
    return result == UI_OK ? stream_.flush() : result;
}

void ui_window::send(uint16_t type, Bytes head, Bytes tail) noexcept
{
    // Nothing but a refusal comes before our hello.
    if (failed() || (!greeted_ && type != UI_MSG_EXIT))
        return;
    const ui_result_t result = queue_and_flush(type, head, tail);
    if (result != UI_OK)
        refuse(result);
}

void ui_window::title(const char *text, size_t length) noexcept
{
    if (stream_.queue_room() > kSpareRoom)
        send(UI_MSG_TITLE, bytes_of(text, utf8_cut(text, length, kMaxTitle)));
}

void ui_window::bell() noexcept
{
    if (stream_.queue_room() > kSpareRoom)
        send(UI_MSG_BELL, {});
}

void ui_window::clipboard(const char *selection, const char *data, size_t length) noexcept
{
    if (failed() || !greeted_)
        return;
    const size_t piece = UI_MESSAGE_MAX - sizeof(ui_msg_clipboard_t);
    const size_t headers = (length / piece + 1) * 32;
    if (length > kMaxClipboard || length + headers > stream_.queue_room()) {
        fail(UI_ERROR_LIMIT, "clipboard of %zu bytes dropped", length);
        return;
    }
    ui_msg_clipboard_t body = {static_cast<uint32_t>(length), 0, {}};
    std::memcpy(body.selection, selection, ::strnlen(selection, sizeof body.selection - 1));
    do {
        const size_t count = std::min(piece, length - body.offset);
        send(UI_MSG_CLIPBOARD, bytes_of(body), bytes_of(data + body.offset, count));
        body.offset += static_cast<uint32_t>(count);
    } while (body.offset < length);
}

// Ends the stream, and says the last error to a window that may still listen. What could not be
// queued has left no trace in the stream.
void ui_window::refuse(ui_result_t why) noexcept
{
    const bool listens = why != UI_ERROR_CLOSED && why != UI_ERROR_LIMIT;
    failure_ = listens ? why : UI_ERROR_CLOSED;
    std::snprintf(why_.data(), why_.size(), "%s", ui_last_error());
    if (listens &&
        queue_and_flush(UI_MSG_EXIT, bytes_of(why_.data(), std::strlen(why_.data()))) != UI_OK)
        fail(why, "%s", why_.data()); // and not that it could not be told
}

ui_result_t ui_window::take_credit(const Message &message) noexcept
{
    ui_msg_credit_t body;
    if (!read_body(message, body))
        return fail_message(message, "%zu bytes", message.body.size());
    const bool first = credit_ == Credit::none && body.slot == UINT32_MAX;
    const bool returned =
        credit_ == Credit::frame && body.pool == pool_number_ && body.slot == frame_slot_;
    if (!first && !returned)
        return fail_message(message, "slot %u of pool %u is not out", body.slot, body.pool);
    credit_ = Credit::ready;
    return UI_OK;
}

ui_result_t ui_window::handle(const Message &message) noexcept
{
    if (greeted_)
        return message.type == UI_MSG_CREDIT ? take_credit(message) : messages_.handle(message);
    const ui_result_t result = messages_.hello(message);
    if (result != UI_OK)
        return result;
    greeted_ = true;
    const ui_msg_server_hello_t body = {UI_PROTOCOL_MAGIC, UI_PROTOCOL_VERSION, 0, 0};
    send(UI_MSG_SERVER_HELLO, bytes_of(body));
    return failure_;
}

ui_result_t ui_window::handle_all() noexcept
{
    Message message;
    ui_result_t result;
    while ((result = stream_.next(message)) == UI_OK) {
        result = handle(message);
        if (result != UI_OK)
            return result;
    }
    return result;
}

ui_result_t ui_window::read() noexcept
{
    if (failed())
        return explain_failure();
    ui_result_t result = UI_ERROR_AGAIN;
    for (unsigned reads = 0; reads < kReadsPerTurn && result == UI_ERROR_AGAIN; ++reads) {
        result = stream_.receive();
        if (result == UI_ERROR_AGAIN)
            return UI_OK;
        // Whatever came besides the bytes: a window has no descriptor to send.
        if (result == UI_OK && stream_.take_descriptor())
            result = fail(UI_ERROR_PROTOCOL, "the window sent a descriptor");
        if (result == UI_OK)
            result = handle_all();
    }
    if (result == UI_ERROR_AGAIN)
        return UI_OK;
    if (!failed())
        refuse(result);
    return result;
}

ui_result_t ui_window::flush() noexcept
{
    if (!failed() && stream_.flush() != UI_OK)
        failure_ = UI_ERROR_CLOSED;
    return failed() ? explain_failure() : UI_OK;
}

namespace {

ui_window &window_of(void *user_data) noexcept { return *static_cast<ui_window *>(user_data); }

ui_callbacks_t make_callbacks() noexcept
{
    ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
    callbacks.on_frame = [](void *data, const ui_frame_t *frame) {
        return window_of(data).frame(*frame);
    };
    callbacks.wants_frame = [](void *data) { return window_of(data).wants_frame(); };
    callbacks.on_title = [](void *data, const char *title, size_t length) {
        window_of(data).title(title, length);
    };
    callbacks.on_bell = [](void *data) { window_of(data).bell(); };
    callbacks.on_clipboard = [](void *data, const char *selection, const char *text,
                                size_t length) {
        window_of(data).clipboard(selection, text, length);
    };
    callbacks.on_pane_closed = [](void *data, uint32_t pane) {
        window_of(data).send(UI_MSG_PANE_CLOSED, bytes_of(pane));
    };
    callbacks.on_detach = [](void *data, const char *reason) {
        const size_t length = std::strlen(reason);
        window_of(data).send(UI_MSG_EXIT, bytes_of(reason, utf8_cut(reason, length, kMaxTitle)));
    };
    callbacks.on_destroy = [](void *data) {
        const std::unique_ptr<ui_window> owner(&window_of(data));
    };
    return callbacks;
}

} // namespace

extern "C" {

ui_result_t ui_window_backend_create(int fd, const ui_grid_layout_t *layout,
                                     const ui_input_t *input, void *user_data,
                                     ui_backend_t **backend, ui_window_t **window) noexcept
{
    if (backend == nullptr || window == nullptr || input == nullptr)
        return fail(UI_ERROR_ARGUMENT, "null argument");
    *backend = nullptr;
    *window = nullptr;
    if (input->size != sizeof *input)
        return fail(UI_ERROR_SIZE, "input has %u bytes, not %zu", input->size, sizeof *input);
    if (!is_complete(*input))
        return fail(UI_ERROR_CALLBACK, "a callback of input is null");
    ui_result_t result = check_layout(layout);
    if (result == UI_OK)
        result = Stream::prepare(fd);
    if (result != UI_OK)
        return result;
    auto made = try_make<ui_window>(fd, *layout, *input, user_data);
    if (!made)
        return ui_memory_fail();
    Rollback stays_the_callers([&] { made->release_descriptor(); });
    const ui_callbacks_t callbacks = make_callbacks();
    result = ui_backend_create(&callbacks, made.get(), layout, backend);
    if (result != UI_OK)
        return result;
    stays_the_callers.dismiss();
    *window = made.release();
    return UI_OK;
}

int ui_window_descriptor(const ui_window_t *window) noexcept
{
    return window != nullptr ? window->descriptor() : -1;
}

ui_result_t ui_window_read(ui_window_t *window) noexcept
{
    if (window == nullptr)
        return fail(UI_ERROR_ARGUMENT, "window is null");
    return barrier([&] { return window->read(); });
}

ui_result_t ui_window_flush(ui_window_t *window) noexcept
{
    return window != nullptr ? window->flush() : fail(UI_ERROR_ARGUMENT, "window is null");
}

bool ui_window_wants_write(const ui_window_t *window) noexcept
{
    return window != nullptr && window->wants_write();
}

bool ui_window_failed(const ui_window_t *window) noexcept
{
    return window != nullptr && window->failed();
}

void ui_window_want_report(ui_window_t *window) noexcept
{
    if (window != nullptr)
        window->send(UI_MSG_REPORT_WANTED, {});
}

void ui_window_send_report(ui_window_t *window, const ui_report_t *report) noexcept
{
    if (window != nullptr && report != nullptr)
        window->send(UI_MSG_REPORTED, report_bytes(*report));
}

size_t ui_window_memory(const ui_window_t *window) noexcept
{
    return window != nullptr ? window->memory() : 0;
}

} // extern "C"
