// A server and a window of it that draws by the CPU, in one process.
#pragma once

#include "../bridge/attachment.h"
#include "draw/renderer.h"
#include "draw/software_painter.h"

#include <memory>

struct DrawnScreen {
    DrawnScreen(uint16_t columns, uint16_t rows, const vitrine::FontOptions &fonts = {})
        : screen(columns, rows),
          renderer(vitrine::Renderer::create(fonts, vitrine::default_theme(), {}).take())
    {
        REQUIRE(renderer->attach(std::make_unique<vitrine::SoftwarePainter>(pixels)));
        const vitrine::CellMetrics &cell = renderer->metrics();
        REQUIRE(renderer->resize(columns * cell.width, rows * cell.height));
    }

    Attachment both;
    Screen screen;
    vitrine::PlainPixels pixels;
    std::unique_ptr<vitrine::Renderer> renderer;
};
