// JSON that is read again.
#pragma once

#include "json_writer.h" // has RapidJSON's stack without what a sanitizer says of it

#include <rapidjson/document.h>
