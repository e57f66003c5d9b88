// What the tests of text share: rows from strings, and engines with fonts.
#pragma once

#include "text/text_engine.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::test {

// A row as a frame would bring it.
struct TestRow {
    std::vector<ui_cell_t> cells;
    std::vector<uint32_t> extras;

    // Every codepoint a cell of that width, with its right half where it is wide.
    TestRow &add(std::u32string_view text, uint16_t attrs = 0, unsigned width = 1)
    {
        for (const char32_t c : text) {
            ui_cell_t cell{};
            cell.codepoint = c;
            cell.attrs = attrs;
            cell.width = static_cast<uint8_t>(width);
            cells.push_back(cell);
            cell.codepoint = 0;
            cell.width = 0;
            cells.insert(cells.end(), width - 1, cell);
        }
        return *this;
    }
    // One cell of several codepoints.
    TestRow &add_cluster(std::u32string_view text, unsigned width = 1, uint16_t attrs = 0)
    {
        const auto column = static_cast<uint32_t>(cells.size());
        add(text.substr(0, 1), attrs, width);
        cells[column].cluster_cont = static_cast<uint8_t>(text.size() - 1);
        extras.push_back(UI_EXTRA(UI_EXTRA_CLUSTER, column, text.size() - 1));
        extras.insert(extras.end(), text.begin() + 1, text.end());
        return *this;
    }
    RowInput input(std::span<const uint16_t> boundaries = {}) const
    {
        return {cells, extras, boundaries};
    }
};

inline std::unique_ptr<TextEngine> load_engine(double points = 12, const AtlasOptions &atlas = {},
                                               const std::string &family = "DejaVu Sans Mono")
{
    FontOptions options;
    options.family = family;
    options.points = points;
    auto engine = TextEngine::load(options, atlas);
    return engine ? engine.take() : nullptr;
}

inline GlyphQuads lay_out(TextEngine &engine, const TestRow &row,
                          std::span<const uint16_t> boundaries = {})
{
    GlyphQuads quads;
    engine.atlas().begin_frame();
    const LayoutResult result =
        engine.layout().layout(row.input(boundaries), *std::pmr::get_default_resource(), quads);
    return result == LayoutResult::complete ? quads : GlyphQuads{};
}

// While it lives fontconfig sees only the files given.
class OnlyFonts {
public:
    explicit OnlyFonts(const std::vector<std::string> &files)
        : folder_(std::filesystem::temp_directory_path() / "vitrine-fonts-XXXXXX")
    {
        std::string name = folder_.string();
        folder_ = mkdtemp(name.data());
        std::filesystem::create_directory(folder_ / "fonts");
        for (const std::string &file : files)
            std::filesystem::create_symlink(file,
                                       folder_ / "fonts" / std::filesystem::path(file).filename());
        const auto config = folder_ / "fonts.conf";
        std::ofstream(config) << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM "
                                 "\"urn:fontconfig:fonts.dtd\"><fontconfig><dir>"
                              << (folder_ / "fonts").string() << "</dir><cachedir>"
                              << (folder_ / "cache").string() << "</cachedir></fontconfig>";
        if (const char *old = std::getenv("FONTCONFIG_FILE"))
            before_ = old;
        setenv("FONTCONFIG_FILE", config.c_str(), 1);
    }
    ~OnlyFonts()
    {
        if (before_)
            setenv("FONTCONFIG_FILE", before_->c_str(), 1);
        else
            unsetenv("FONTCONFIG_FILE");
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    OnlyFonts(const OnlyFonts &) = delete;
    OnlyFonts &operator=(const OnlyFonts &) = delete;

private:
    std::filesystem::path folder_;
    std::optional<std::string> before_;
};

} // namespace vitrine::test
