// The shaders' source. Each quad is one instance: four corners made from
// gl_VertexID, positions in px from the target's left top. Colours are
// premultiplied all the way. Attributes are signed or not as what they are read from:
// anything else is undefined.
#pragma once

namespace vitrine {

inline constexpr const char *rect_vertex_shader = R"glsl(#version 330 core
layout(location = 0) in ivec2 position;
layout(location = 1) in uvec2 size;
layout(location = 2) in vec4 colour;
uniform vec2 target;
flat out vec4 fill;
void main()
{
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec2 at = (vec2(position) + corner * vec2(size)) / target;
    gl_Position = vec4(at.x * 2.0 - 1.0, 1.0 - at.y * 2.0, 0.0, 1.0);
    fill = colour;
}
)glsl";

// No arithmetic here: llvmpipe of Mesa 22.3 fills whole tiles with a flat
// colour as it came in, whatever the shader then did with it.
inline constexpr const char *rect_fragment_shader = R"glsl(#version 330 core
flat in vec4 fill;
out vec4 result;
void main()
{
    result = fill;
}
)glsl";

inline constexpr const char *glyph_vertex_shader = R"glsl(#version 330 core
layout(location = 0) in ivec2 position;
layout(location = 1) in uvec2 size;
layout(location = 2) in uvec2 atlas;
layout(location = 3) in uint page;
layout(location = 4) in vec4 colour;
uniform vec2 target;
uniform bool in_light; // the target takes light and stores sRGB
out vec2 texel;
flat out int layer;
flat out vec4 tint;
vec3 light_of(vec3 stored)
{
    vec3 bright = pow((stored + 0.055) / 1.055, vec3(2.4));
    return mix(bright, stored / 12.92, lessThanEqual(stored, vec3(0.04045)));
}
void main()
{
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec2 at = (vec2(position) + corner * vec2(size)) / target;
    gl_Position = vec4(at.x * 2.0 - 1.0, 1.0 - at.y * 2.0, 0.0, 1.0);
    texel = vec2(atlas) + corner * vec2(size);
    layer = int(page);
    tint = colour;
    if (in_light)
        tint.rgb = light_of(colour.rgb / max(colour.a, 0.001)) * colour.a;
}
)glsl";

// Coverage of a grey page, or with coloured the pixels themselves, which only the tint's
// alpha weakens. Quads lie
// on whole pixels, so each fragment is one texel.
inline constexpr const char *glyph_fragment_shader = R"glsl(#version 330 core
in vec2 texel;
flat in int layer;
flat in vec4 tint;
uniform sampler2DArray pages;
uniform bool coloured;
out vec4 result;
void main()
{
    vec4 pixel = texelFetch(pages, ivec3(ivec2(texel), layer), 0);
    result = coloured ? pixel * tint.a : tint * pixel.r;
}
)glsl";

// Each channel has a coverage of its own: the second output is what is taken away of
// what was there.
inline constexpr const char *lcd_fragment_shader = R"glsl(#version 330 core
in vec2 texel;
flat in int layer;
flat in vec4 tint;
uniform sampler2DArray pages;
layout(location = 0, index = 0) out vec4 result;
layout(location = 0, index = 1) out vec4 taken;
void main()
{
    vec4 coverage = texelFetch(pages, ivec3(ivec2(texel), layer), 0);
    result = tint * coverage;
    taken = tint.a * coverage;
}
)glsl";

inline constexpr const char *line_vertex_shader = R"glsl(#version 330 core
layout(location = 0) in ivec2 position;
layout(location = 1) in uvec2 size;
layout(location = 2) in vec4 colour;
layout(location = 3) in uint line_style;
layout(location = 4) in uint line_thickness;
layout(location = 5) in uint line_period;
uniform vec2 target;
out vec2 place; // x from the target's left, y from the line's top
flat out vec4 tint;
flat out int style;
flat out float thickness;
flat out int period;
flat out float height;
void main()
{
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec2 at = (vec2(position) + corner * vec2(size)) / target;
    gl_Position = vec4(at.x * 2.0 - 1.0, 1.0 - at.y * 2.0, 0.0, 1.0);
    place = vec2(float(position.x) + corner.x * float(size.x), corner.y * float(size.y));
    tint = colour;
    style = int(line_style);
    thickness = float(line_thickness);
    period = int(max(line_period, 1u));
    height = float(size.y);
}
)glsl";

// The styles are LineStyle's. The wave's coverage is its distance to the
// fragment, measured at right angles to the curve. Where a period begins is told in whole
// numbers: quotients may be a little off, and sines of large angles far.
inline constexpr const char *line_fragment_shader = R"glsl(#version 330 core
in vec2 place;
flat in vec4 tint;
flat in int style;
flat in float thickness;
flat in int period;
flat in float height;
out vec4 result;
void main()
{
    float coverage = 1.0;
    int x = int(place.x) % period;
    if (style == 1) {
        coverage = place.y < thickness || place.y >= height - thickness ? 1.0 : 0.0;
    } else if (style == 2) {
        float turn = 6.28318530718 / float(period);
        float angle = (float(x) + 0.5) * turn;
        float swing = (height - thickness) * 0.5;
        float middle = height * 0.5 - swing * sin(angle);
        float slope = swing * turn * cos(angle);
        float distance = abs(place.y - middle) * inversesqrt(1.0 + slope * slope);
        coverage = clamp(thickness * 0.5 + 0.5 - distance, 0.0, 1.0);
    } else if (style == 3) {
        coverage = float(x) < thickness ? 1.0 : 0.0;
    } else if (style == 4) {
        coverage = x * 5 < period * 3 ? 1.0 : 0.0;
    }
    result = tint * coverage;
}
)glsl";

} // namespace vitrine
