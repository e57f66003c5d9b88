// Programs for panes, made at random: what a terminal program may print, weighted towards what
// changes the screen in ways that are hard to follow. What could cut a wide character in half is
// done to lines without any: tmux keeps the halves, and a terminal shows the rest of such a line
// shifted, so that there is nothing to compare with.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace vitrine::test {

class Random {
public:
    explicit Random(uint64_t seed) : engine_(seed) {}

    // 0 .. bound - 1
    int below(int bound)
    {
        // The standard's distributions differ between libraries, seeds are to mean the same.
        return static_cast<int>(engine_() % static_cast<uint64_t>(bound));
    }
    int between(int first, int last) { return first + below(last - first + 1); }
    bool chance(int percent) { return below(100) < percent; }
    template <typename Type>
    const Type &pick(const std::vector<Type> &list)
    {
        return list[static_cast<size_t>(below(static_cast<int>(list.size())))];
    }
    std::string word(std::initializer_list<const char *> list)
    {
        return list.begin()[below(static_cast<int>(list.size()))];
    }

private:
    std::mt19937_64 engine_;
};

class Generator {
public:
    enum class Characters { all, narrow };

    Generator(Random &random, int columns, int rows, Characters characters = Characters::all)
        : random_(random),
          columns_(columns),
          rows_(rows),
          characters_(characters)
    {
    }

    // Output of a program: complete sequences, nothing that asks the terminal for an answer.
    std::string program(int pieces);
    std::string style();

private:
    std::string piece();
    std::string text();
    std::string colour(int base);
    std::string movement();
    std::string erasure();
    std::string edit();
    std::string fresh_line();
    std::string scrolling();
    std::string tabulation();
    std::string mode();
    std::string screen();
    std::string drawing();
    std::string number(int most);

    Random &random_;
    int columns_;
    int rows_;
    Characters characters_;
};

// Bytes as a test's message shows them.
std::string escaped(const std::string &bytes);

} // namespace vitrine::test
