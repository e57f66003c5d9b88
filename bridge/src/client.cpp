// The entries of vitrine/client.h that make, end and ask a connection.
#include <sys/socket.h>

#include "connection.h"

using namespace vitrine;

namespace {

ui_result_t check_options(const vitrine_options_t *options) noexcept
{
    if (options == nullptr)
        return fail(UI_ERROR_ARGUMENT, "options are null");
    if (options->size != sizeof *options)
        return fail(UI_ERROR_SIZE, "options have %u bytes, not %zu", options->size,
                    sizeof *options);
    if (options->version != UI_VERSION)
        return fail(UI_ERROR_VERSION, "options have version %u, not %u", options->version,
                    UI_VERSION);
    if (!pool_size_valid(options->columns, options->rows))
        return fail(UI_ERROR_ARGUMENT, "size %u x %u", options->columns, options->rows);
    return UI_OK;
}

ui_result_t connect(const vitrine_options_t &options,
                    std::unique_ptr<vitrine_connection> &connection)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return fail_system("socketpair");
    UniqueFd ours(ends[0]);
    const UniqueFd theirs(ends[1]);
    ui_result_t result = Stream::prepare(ours.get());
    if (result != UI_OK)
        return result;
    connection = std::make_unique<vitrine_connection>(std::move(ours));
    // The hello waits in the socket: the server needs no turn of its loop for it.
    result = connection->greet(options);
    return result == UI_OK ? connection->start(options, theirs.get()) : result;
}

} // namespace

extern "C" {

ui_result_t vitrine_connect(const vitrine_options_t *options,
                            vitrine_connection_t **connection) noexcept
{
    if (connection == nullptr)
        return fail(UI_ERROR_ARGUMENT, "connection is null");
    *connection = nullptr;
    const ui_result_t checked = check_options(options);
    if (checked != UI_OK)
        return checked;
    if (options->tmux == nullptr || *options->tmux == '\0')
        return fail(UI_ERROR_ARGUMENT, "tmux is not named");
    return barrier([&] {
        std::unique_ptr<vitrine_connection> made;
        const ui_result_t result = connect(*options, made);
        if (result == UI_OK)
            *connection = made.release();
        return result;
    });
}

ui_result_t vitrine_connect_fd(int fd, const vitrine_options_t *options,
                               vitrine_connection_t **connection) noexcept
{
    if (connection == nullptr)
        return fail(UI_ERROR_ARGUMENT, "connection is null");
    *connection = nullptr;
    ui_result_t result = check_options(options);
    if (result == UI_OK)
        result = Stream::prepare(fd);
    if (result != UI_OK)
        return result;
    auto made = try_make<vitrine_connection>(UniqueFd());
    if (!made)
        return ui_memory_fail();
    made->adopt(UniqueFd(fd));
    Rollback stays_the_callers([&] { made->release_descriptor(); });
    result = made->greet(*options);
    if (result != UI_OK)
        return result;
    stays_the_callers.dismiss();
    *connection = made.release();
    return UI_OK;
}

void vitrine_disconnect(vitrine_connection_t *connection) noexcept
{
    const std::unique_ptr<vitrine_connection> owner(connection);
}

int vitrine_descriptor(const vitrine_connection_t *connection) noexcept
{
    return connection != nullptr ? connection->stream().descriptor() : -1;
}

int vitrine_output_descriptor(const vitrine_connection_t *connection) noexcept
{
    return connection != nullptr ? connection->process().output() : -1;
}

int vitrine_process(const vitrine_connection_t *connection) noexcept
{
    return connection != nullptr ? connection->process().id() : -1;
}

int vitrine_process_descriptor(const vitrine_connection_t *connection) noexcept
{
    return connection != nullptr ? connection->process().descriptor() : -1;
}

bool vitrine_wants_write(const vitrine_connection_t *connection) noexcept
{
    return connection != nullptr && connection->stream().pending();
}

ui_result_t vitrine_next_event(vitrine_connection_t *connection, vitrine_event_t *event) noexcept
{
    if (connection == nullptr || event == nullptr)
        return fail(UI_ERROR_ARGUMENT, "null argument");
    return connection->next_event(*event);
}

ui_result_t vitrine_frame_release(vitrine_connection_t *connection, vitrine_frame_t *frame) noexcept
{
    if (connection == nullptr || frame == nullptr)
        return fail(UI_ERROR_ARGUMENT, "null argument");
    return connection->release(frame);
}

const ui_report_t *vitrine_report(const vitrine_connection_t *connection) noexcept
{
    return connection != nullptr ? connection->report() : nullptr;
}

ui_result_t vitrine_report_drawing(vitrine_connection_t *connection,
                                   const ui_drawing_t *drawing) noexcept
{
    if (connection == nullptr)
        return fail(UI_ERROR_ARGUMENT, "connection is null");
    connection->report_drawing(drawing);
    return UI_OK;
}

const char *vitrine_exit_message(const vitrine_connection_t *connection) noexcept
{
    return connection != nullptr ? connection->process().message() : "";
}

ui_result_t vitrine_wait(vitrine_connection_t *connection, int timeout_ms, int *status) noexcept
{
    if (connection == nullptr)
        return fail(UI_ERROR_ARGUMENT, "connection is null");
    return connection->process().wait(timeout_ms, status);
}

} // extern "C"
