// The painter draws into memory that the X server reads as well (MIT-SHM), and
// a part is shown by asking it to copy that part from there; nothing is sent
// but the request. Where no memory can be shared, as with a display elsewhere,
// the pixels of the part are sent.
//
// The server must have read a part before it is drawn again. It reads when it
// gets to the request, and everything it sends says how far it got: a key that
// came after the last picture proves that the picture was read. Only where
// nothing came since, as when output flows by itself, the server is asked, and
// by then, a refresh later, it answers at once. So typing costs no round trip,
// and no picture costs a wake-up to be told that it was shown.

#include "window/x11_surface.h"

#include "draw/software_painter.h"

#include <vitrine/memory.hpp>
#include <vitrine/scope.hpp>

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>

#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/socket.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <new>
#include <string>

namespace vitrine {

namespace {

constexpr int pixel_bits = 32;

// While it lives, errors of the X server are noted and not the program's end.
class ErrorTrap {
public:
    explicit ErrorTrap(Display *display) : display_(display)
    {
        XSync(display_, False);
        seen_ = false;
        before_ = XSetErrorHandler([](Display *, XErrorEvent *) {
            seen_ = true;
            return 0;
        });
    }
    ~ErrorTrap() { XSetErrorHandler(before_); }
    ErrorTrap(const ErrorTrap &) = delete;
    ErrorTrap &operator=(const ErrorTrap &) = delete;

    bool sprung() const
    {
        XSync(display_, False);
        return seen_;
    }

private:
    static inline bool seen_ = false;
    Display *display_;
    XErrorHandler before_;
};

bool is_local(Display *display)
{
    sockaddr_storage peer = {};
    socklen_t length = sizeof peer;
    return getpeername(ConnectionNumber(display), reinterpret_cast<sockaddr *>(&peer), &length) ==
               0 &&
           peer.ss_family == AF_UNIX;
}

// A picture in memory that is shared with the X server, or else only ours.
class Image {
public:
    explicit Image(Display *display) : display_(display) {}
    ~Image() { reset(); }
    Image(const Image &) = delete;
    Image &operator=(const Image &) = delete;

    bool make(const XWindowAttributes &window, int width, int height);
    bool shared() const { return segment_.shmid >= 0; }
    XImage *get() const { return image_; }
    std::uint32_t *pixels() { return reinterpret_cast<std::uint32_t *>(image_->data); }

private:
    bool make_shared(const XWindowAttributes &window, unsigned width, unsigned height);
    bool attach(std::size_t bytes);
    bool make_plain(const XWindowAttributes &window, unsigned width, unsigned height);
    void reset();
    void release();

    Display *display_;
    XImage *image_ = nullptr;
    CountedBytes counted_{UI_MEMORY_PIXELS};
    XShmSegmentInfo segment_ = {0, -1, nullptr, False};
};

bool Image::make(const XWindowAttributes &window, int width, int height)
{
    const auto w = static_cast<unsigned>(width);
    const auto h = static_cast<unsigned>(height);
    reset();
    const std::size_t bytes = std::size_t{w} * h * sizeof(std::uint32_t);
    if (!counted_.take(bytes))
        throw std::bad_alloc();
    if (XShmQueryExtension(display_) && make_shared(window, w, h))
        return true;
    release();
    return make_plain(window, w, h);
}

bool Image::make_shared(const XWindowAttributes &window, unsigned width, unsigned height)
{
    image_ = XShmCreateImage(display_, window.visual, static_cast<unsigned>(window.depth), ZPixmap,
                             nullptr, &segment_, width, height);
    return image_ != nullptr && image_->bits_per_pixel == pixel_bits &&
           attach(static_cast<std::size_t>(image_->bytes_per_line) * height);
}

// A display elsewhere may offer to share and fail only here, or even find
// another segment of that number there.
bool Image::attach(std::size_t bytes)
{
    if (!is_local(display_))
        return false;
    segment_.shmid = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
    if (segment_.shmid < 0)
        return false;
    void *memory = shmat(segment_.shmid, nullptr, 0);
    bool attached = false;
    if (memory != reinterpret_cast<void *>(-1)) {
        segment_.shmaddr = image_->data = static_cast<char *>(memory);
        const ErrorTrap trap(display_);
        attached = XShmAttach(display_, &segment_) != 0 && !trap.sprung();
    }
    // It goes with the last of both who has it, however they end.
    shmctl(segment_.shmid, IPC_RMID, nullptr);
    if (!attached)
        segment_.shmid = -1;
    return attached;
}

bool Image::make_plain(const XWindowAttributes &window, unsigned width, unsigned height)
{
    const std::size_t bytes = std::size_t{width} * height * sizeof(std::uint32_t);
    auto *memory = static_cast<char *>(std::calloc(bytes, 1));
    if (memory == nullptr)
        return false;
    Rollback no_memory([&] { std::free(memory); });
    image_ = XCreateImage(display_, window.visual, static_cast<unsigned>(window.depth), ZPixmap, 0,
                          memory, width, height, pixel_bits, 0);
    if (image_ == nullptr)
        return false;
    no_memory.dismiss(); // it goes with the image, which the analyser does not see
    return image_->bits_per_pixel == pixel_bits;
} // NOLINT(clang-analyzer-unix.Malloc)

void Image::reset()
{
    release();
    counted_.reset();
}

void Image::release()
{
    if (shared())
        XShmDetach(display_, &segment_);
    if (segment_.shmaddr != nullptr) {
        shmdt(segment_.shmaddr);
        image_->data = nullptr;
    }
    if (image_ != nullptr)
        XDestroyImage(image_);
    image_ = nullptr;
    segment_ = {0, -1, nullptr, False};
}

class X11Surface final : public Surface, public PixelStore {
public:
    X11Surface(Display *display, ::Window window)
        : display_(display),
          window_(window),
          context_(XCreateGC(display, window, 0, nullptr)),
          image_(display)
    {
        XGetWindowAttributes(display, window, &attributes_);
    }
    ~X11Surface() override { XFreeGC(display_, context_); }

    bool suits() const;

    std::uint32_t *begin_draw() override;
    Result<void> resize(int width, int height) override;

    Result<std::unique_ptr<Painter>> make_painter() override
    {
        return std::unique_ptr<Painter>(std::make_unique<SoftwarePainter>(*this));
    }
    bool shows_parts(std::span<const PixelRect>, const PixelRect &) const override { return true; }
    void show_parts(std::span<const PixelRect> parts, const PixelRect &whole) override;
    void show_whole(const PixelRect &whole, std::span<const PixelRect>) override
    {
        show_parts({&whole, 1}, whole);
    }
    bool lost() override { return false; }
    bool settles(const PixelRect &) const override { return false; }
    bool emulated() const override { return false; }

private:
    void put(const PixelRect &part);

    Display *display_;
    ::Window window_;
    XWindowAttributes attributes_ = {};
    GC context_;
    Image image_;
    unsigned long last_put_ = 0; // the request's number
};

bool X11Surface::suits() const
{
    const Visual &visual = *attributes_.visual;
    const bool little = ImageByteOrder(display_) == LSBFirst;
    return visual.c_class == TrueColor && (attributes_.depth == 24 || attributes_.depth == 32) &&
           visual.red_mask == 0xff0000 && visual.green_mask == 0xff00 && visual.blue_mask == 0xff &&
           little == (std::endian::native == std::endian::little);
}

Result<void> X11Surface::resize(int width, int height)
{
    if (!image_.make(attributes_, width, height))
        return Error{"no memory or no display for a picture of " + std::to_string(width) + "x" +
                     std::to_string(height) + " px"};
    return {};
}

// Numbers of requests may wrap around.
std::uint32_t *X11Surface::begin_draw()
{
    const unsigned long reached = LastKnownRequestProcessed(display_);
    if (image_.shared() && static_cast<long>(reached - last_put_) < 0)
        XSync(display_, False);
    return image_.pixels();
}

void X11Surface::show_parts(std::span<const PixelRect> parts, const PixelRect &)
{
    for (const PixelRect &part : parts)
        put(part);
    XFlush(display_);
}

// The grid may be larger than the window, the server does not take more than
// there is.
void X11Surface::put(const PixelRect &part)
{
    XImage *image = image_.get();
    const int width = std::min(part.x + part.width, image->width) - part.x;
    const int height = std::min(part.y + part.height, image->height) - part.y;
    if (width <= 0 || height <= 0)
        return;
    const auto w = static_cast<unsigned>(width);
    const auto h = static_cast<unsigned>(height);
    last_put_ = NextRequest(display_);
    if (image_.shared())
        XShmPutImage(display_, window_, context_, image, part.x, part.y, part.x, part.y, w, h,
                     False);
    else
        XPutImage(display_, window_, context_, image, part.x, part.y, part.x, part.y, w, h);
}

} // namespace

Result<std::unique_ptr<Surface>> make_x11_surface(void *display, unsigned long window)
{
    auto surface = std::make_unique<X11Surface>(static_cast<Display *>(display), window);
    if (!surface->suits())
        return Error{"the display's pixels are not 32 bits of red, green and blue"};
    return std::unique_ptr<Surface>(std::move(surface));
}

} // namespace vitrine
