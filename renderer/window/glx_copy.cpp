#include "window/glx_copy.h"

#include <epoxy/glx.h>

namespace vitrine {

bool glx_copies_parts()
{
    Display *display = glXGetCurrentDisplay();
    return display != nullptr &&
           epoxy_has_glx_extension(display, DefaultScreen(display), "GLX_MESA_copy_sub_buffer");
}

void glx_copy_part(const PixelRect &part, int height)
{
    glXCopySubBufferMESA(glXGetCurrentDisplay(), glXGetCurrentDrawable(), part.x,
                         height - part.y - part.height, part.width, part.height);
}

} // namespace vitrine
