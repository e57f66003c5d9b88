#include "app/screenshot.h"

#include "app/clock.h"
#include "app/drawing_choice.h"
#include "app/session.h"
#include "app/wait.h"
#include "draw/gl_painter.h"
#include "draw/renderer.h"
#include "draw/software_painter.h"
#include "window/png.h"
#include "window/surfaceless.h"

#include <algorithm>
#include <cstdio>

namespace vitrine {

namespace {

// A session that was just made draws itself little by little, so the picture
// is taken once it kept still for a while, or after the longest wait.
constexpr Nanoseconds still_for = 150 * millisecond;
constexpr Nanoseconds longest_wait = 2'000 * millisecond;
constexpr Nanoseconds first_frame_wait = 10'000 * millisecond;

int complain(const std::string &error)
{
    std::fprintf(stderr, "vitrine: %s\n", error.c_str());
    return 1;
}

// Takes frames until nothing changes any more; false if none came.
bool settle(Session &session, Renderer &renderer)
{
    const Nanoseconds begin = monotonic_now();
    Nanoseconds last_frame = 0;
    while (!session.over()) {
        vitrine_event_t event;
        while (session.next_event(event))
            continue;
        const Nanoseconds now = monotonic_now();
        if (session.new_frame() != nullptr) {
            renderer.take(session.new_frame());
            session.give_back();
            last_frame = now;
        }
        const Nanoseconds end = last_frame == 0
                                    ? begin + first_frame_wait
                                    : std::min(last_frame + still_for, begin + longest_wait);
        if (now >= end || session.over())
            break;
        wait_for_stream(session.connection(), end);
    }
    return last_frame != 0;
}

Result<void> draw_into(const std::string &path, Renderer &renderer,
                       std::unique_ptr<Painter> painter)
{
    const GridGeometry grid = renderer.geometry();
    const int width = grid.width() + 2 * grid.left;
    const int height = grid.height() + 2 * grid.top;
    Result<void> result = renderer.attach(std::move(painter));
    if (result)
        result = renderer.resize(width, height);
    if (result) {
        renderer.draw();
        result = write_png(path, width, height, renderer.painter().read_pixels());
    }
    renderer.detach(); // before what the painter draws with goes
    return result;
}

Result<void> draw_with_gl(const std::string &path, Renderer &renderer, GlChecks checks)
{
    const auto context = SurfacelessContext::create(checks);
    if (!context)
        return Error{context.error()};
    if (checks == GlChecks::messages)
        print_gl_messages();
    auto painter = GlPainter::create();
    if (!painter)
        return Error{"OpenGL 3.3 core is not available: " + painter.error()};
    return draw_into(path, renderer, painter.take());
}

Result<void> draw_with_cpu(const std::string &path, Renderer &renderer)
{
    PlainPixels pixels;
    return draw_into(path, renderer, std::make_unique<SoftwarePainter>(pixels));
}

} // namespace

int take_screenshot(const Options &options, const Launch &launch)
{
    const auto drawing = offscreen_drawing();
    if (!drawing)
        return complain(drawing.error());
    const DebugSwitches debug = debug_from_environment();
    const Configuration loaded = load_configuration(configuration_source(options));
    report_complaints(loaded);
    auto renderer =
        Renderer::create(font_options(loaded.settings, 1.0), theme_of(loaded.settings), debug);
    if (!renderer)
        return complain(renderer.error());
    warn_of_font((*renderer)->fonts());
    (*renderer)->set_padding(loaded.settings.padding);
    const CellMetrics &cell = (*renderer)->metrics();
    auto session = Session::start(launch, {80, 24, cell.width, cell.height});
    if (!session)
        return complain(session.error());
    if (!settle(*session, **renderer)) {
        if (!session->over())
            return complain("tmux: no frame came");
        session->wait_to_leave();
        const int status = session->finish();
        return status != 0 ? status : complain("tmux: ended before a frame came");
    }
    // As if it were looked at: a window that has the focus.
    const GlChecks checks = debug.gl ? GlChecks::messages : GlChecks::none;
    const auto result = *drawing == Drawing::gl
                            ? draw_with_gl(options.screenshot, **renderer, checks)
                            : draw_with_cpu(options.screenshot, **renderer);
    session->wait_to_leave();
    return result ? 0 : complain(result.error());
}

} // namespace vitrine
