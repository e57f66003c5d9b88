// What the driver says of calls: that they are wrong, undefined, not portable or slow.
// Where one driver forgives, another does not; all of them tell.
#pragma once

#include "result.h"

#include <epoxy/gl.h>

namespace vitrine {

// Whether a context is made so that it tells. That costs time with each call.
enum class GlChecks { none, messages };

// From here on the current context calls this within the call that a message is of, except
// for mere notes. The error says that it cannot.
Result<void> hear_gl_messages(GLDEBUGPROC hear);

// The same with a line on stderr for each message, or one that there will be none.
void print_gl_messages();

// "error", "performance", ...
const char *name_of_gl_message(GLenum type);

} // namespace vitrine
