// From files and flags to settings.
//
//	built in  <-  included files  <-  the file  <-  flags
//
// What is further right wins. A file with anything wrong in it counts for
// nothing at all, so that a person sees the place and not half of an effect.
#pragma once

#include "config/keys.h"

#include <filesystem>
#include <string>
#include <vector>

namespace vitrine {

// A flag of the command line.
struct Override {
    const Key *key;
    std::string text;
};

struct ConfigurationSource {
    std::filesystem::path file; // empty: none
    bool required = false;      // it was asked for by name, so it must be there
    std::vector<Override> overrides;
};

struct Configuration {
    Settings settings;
    // If there are any, the files had no part in the settings.
    std::vector<Complaint> complaints;
    // What was read, or would have been if it was there.
    std::vector<std::filesystem::path> files;
};

// vitrine/vitrine.toml of the directory that the environment names.
std::filesystem::path default_configuration_file();

Configuration load_configuration(const ConfigurationSource &source);

// A file that gives these settings, with a comment on each.
std::string print_configuration(const Settings &settings);

} // namespace vitrine
