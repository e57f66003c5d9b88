// One attachment: the connection, the frame that is held of it, and its end.
#pragma once

#include "app/launch.h"
#include "app/wait.h"

#include <vitrine/client.h>

#include <memory>
#include <optional>
#include <string>

namespace vitrine {

struct GridSize {
    int columns;
    int rows;
    int cell_width;
    int cell_height;
};

class Session {
public:
    static Result<Session> start(const Launch &launch, const GridSize &size);

    vitrine_connection_t *connection() { return connection_.get(); }

    // The next event but frames, which are kept: false if there is none now,
    // or the session is over. event's texts are valid until the next call.
    bool next_event(vitrine_event_t &event);
    bool over() const { return over_; }

    // The newest frame if it was not taken yet, else nullptr.
    const vitrine_frame_t *new_frame() const { return taken_ ? nullptr : frame_; }
    // Its content was copied; it still holds the credit for the next one.
    void frame_taken() { taken_ = true; }
    bool holds_credit() const { return frame_ != nullptr && taken_; }
    void give_back();

    // The end of it, for as long as left() says no: asks to be detached if it is not over.
    void leave(Nanoseconds now);
    // Takes what came: whether tmux has ended, or will not be waited for any longer.
    bool left(Nanoseconds now);
    WaitedStream waited() { return {connection(), true, stage_ == Stage::ending}; }
    // When left() is to be asked at the latest.
    Nanoseconds next_wake(Nanoseconds now) const;
    // All of that, for whoever has nothing else to do.
    void wait_to_leave();
    // Prints what there is to say about the end; the exit code.
    int finish();

    // Over with that error, and nothing more is waited for.
    void fail(std::string error);

private:
    enum class Stage { attached, detaching, ending };

    struct Deleter {
        void operator()(vitrine_connection_t *connection) const { vitrine_disconnect(connection); }
    };

    explicit Session(vitrine_connection_t *connection) : connection_(connection) {}
    void keep(vitrine_frame_t *frame);
    void end(ui_result_t result);
    void enter(Stage stage, Nanoseconds now);

    std::unique_ptr<vitrine_connection_t, Deleter> connection_;
    vitrine_frame_t *frame_ = nullptr; // the connection's
    bool taken_ = false;
    bool over_ = false;
    bool greeted_ = false;  // a hello came: tmux has hooks
    bool attached_ = false; // a frame came
    Stage stage_ = Stage::attached;
    Nanoseconds deadline_ = 0;  // of what is waited for
    std::optional<int> status_; // tmux's, when it has ended
    std::string reason_;        // the server's
    std::string error_;
};

} // namespace vitrine
