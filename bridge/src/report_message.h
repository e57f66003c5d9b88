// A report as a message: its head, and the memory of the tags it has.
#pragma once

#include "stream.h"
#include "vitrine/report.h"

namespace vitrine {

// The part of a report that is sent, of no more tags than it has room for.
Bytes report_bytes(const ui_report_t &report) noexcept;

// False if the message is not a report of that origin (0: of any), or one that cannot be.
bool read_report(const Message &message, uint32_t origin, ui_report_t &report) noexcept;

} // namespace vitrine
