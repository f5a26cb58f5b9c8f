// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/minidump.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include <QString>
#include <QStringDecoder>

namespace vedette::collector {
namespace {

constexpr std::size_t maxStreams = 1'000;
constexpr std::size_t maxModules = 1'000;

/// Little-endian numbers at places that the file itself names: past its end they are zero.
class Reader final
{
public:
    explicit Reader(std::string_view bytes)
        : m_bytes(bytes)
    {}

    [[nodiscard]] std::uint64_t number(std::uint64_t at, unsigned size) const
    {
        if (at > m_bytes.size() || size > m_bytes.size() - at)
            return 0;
        std::uint64_t out = 0;
        for (unsigned i = size; i > 0; --i)
            out = out << 8U | static_cast<unsigned char>(m_bytes[static_cast<std::size_t>(at) + i - 1]);
        return out;
    }
    [[nodiscard]] std::uint16_t u16(std::uint64_t at) const
    {
        return static_cast<std::uint16_t>(number(at, 2));
    }
    [[nodiscard]] std::uint32_t u32(std::uint64_t at) const
    {
        return static_cast<std::uint32_t>(number(at, 4));
    }
    [[nodiscard]] std::uint64_t u64(std::uint64_t at) const { return number(at, 8); }

    /// MINIDUMP_STRING: length in bytes, then UTF-16.
    [[nodiscard]] std::string string(std::uint64_t at) const
    {
        constexpr std::uint32_t longest = 2'048;
        const std::uint32_t size = std::min(u32(at), longest) & ~1U;
        if (at == 0 || at + 4 > m_bytes.size() || size > m_bytes.size() - at - 4)
            return {};
        QStringDecoder decode(QStringDecoder::Utf16LE);
        const QString text = decode(QByteArrayView(m_bytes.data() + at + 4, static_cast<qsizetype>(size)));
        return text.toStdString();
    }

private:
    std::string_view m_bytes;
};

template<class Key, std::size_t count>
std::string_view nameOf(const std::array<std::pair<Key, std::string_view>, count>& names, Key key)
{
    for (const auto& [number, name] : names) {
        if (number == key)
            return name;
    }
    return {};
}

std::string_view archOf(std::uint16_t number)
{
    static constexpr std::array<std::pair<std::uint16_t, std::string_view>, 5> names = {
        {{0, "x86"}, {5, "arm"}, {9, "x86_64"}, {12, "arm64"}, {0x8003, "arm64"}}};
    return nameOf(names, number);
}

std::string_view osOf(std::uint32_t number)
{
    static constexpr std::array<std::pair<std::uint32_t, std::string_view>, 6> names = {{{1, "Windows"},
        {2, "Windows"}, {0x8101, "macOS"}, {0x8102, "iOS"}, {0x8201, "Linux"}, {0x8203, "Android"}}};
    return nameOf(names, number);
}

std::string hexOf(std::uint64_t number)
{
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "0x%llx", static_cast<unsigned long long>(number));
    return text.data();
}

std::string crashName(std::uint32_t code, std::string_view os)
{
    using Entry = std::pair<std::uint32_t, std::string_view>;
    static constexpr std::array<Entry, 8> posix = {{{4, "SIGILL"}, {5, "SIGTRAP"}, {6, "SIGABRT"},
        {7, "SIGBUS"}, {8, "SIGFPE"}, {11, "SIGSEGV"}, {31, "SIGSYS"}, {0xffffffff, "DUMP_REQUESTED"}}};
    static constexpr std::array<Entry, 6> mach = {{{1, "EXC_BAD_ACCESS"}, {2, "EXC_BAD_INSTRUCTION"},
        {3, "EXC_ARITHMETIC"}, {6, "EXC_BREAKPOINT"}, {10, "EXC_CRASH"}, {12, "EXC_GUARD"}}};
    static constexpr std::array<Entry, 10> windows = {
        {{0xc0000005, "EXCEPTION_ACCESS_VIOLATION"}, {0xc000001d, "EXCEPTION_ILLEGAL_INSTRUCTION"},
            {0xc0000094, "EXCEPTION_INT_DIVIDE_BY_ZERO"}, {0xc00000fd, "EXCEPTION_STACK_OVERFLOW"},
            {0xc0000006, "EXCEPTION_IN_PAGE_ERROR"}, {0xc0000374, "STATUS_HEAP_CORRUPTION"},
            {0xc0000409, "STATUS_STACK_BUFFER_OVERRUN"}, {0x80000003, "EXCEPTION_BREAKPOINT"},
            {0xe06d7363, "Unhandled C++ Exception"}, {0x517a7ed, "Simulated Exception"}}};
    const std::string_view name = os == "Windows"                ? nameOf(windows, code)
                                  : os == "macOS" || os == "iOS" ? nameOf(mach, code)
                                                                 : nameOf(posix, code);
    return name.empty() ? hexOf(code) : std::string(name);
}

void readModules(const Reader& reader, std::uint64_t at, MinidumpFacts& out)
{
    constexpr std::uint64_t moduleSize = 108;
    const std::size_t count = std::min<std::size_t>(reader.u32(at), maxModules);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t module = at + 4 + i * moduleSize;
        MinidumpFacts::Module found;
        found.base = reader.u64(module);
        found.size = reader.u32(module + 8);
        found.path = reader.string(reader.u32(module + 20));
        if (found.size > 0 && !found.path.empty())
            out.modules.push_back(std::move(found));
    }
}

} // namespace

const MinidumpFacts::Module* MinidumpFacts::moduleAt(std::uint64_t place) const
{
    const auto found = std::find_if(modules.begin(), modules.end(),
        [&](const Module& module) { return place >= module.base && place - module.base < module.size; });
    return found != modules.end() ? &*found : nullptr;
}

bool isMinidump(std::string_view bytes)
{
    return bytes.starts_with("MDMP");
}

MinidumpFacts readMinidump(std::string_view bytes)
{
    MinidumpFacts out;
    const Reader reader(bytes);
    out.time = reader.u32(20);
    const std::size_t streams = std::min<std::size_t>(reader.u32(8), maxStreams);
    const std::uint64_t directory = reader.u32(12);
    std::optional<std::uint64_t> exception;
    for (std::size_t i = 0; i < streams; ++i) {
        constexpr std::uint32_t moduleList = 4;
        constexpr std::uint32_t exceptionStream = 6;
        constexpr std::uint32_t systemInfo = 7;
        const std::uint64_t entry = directory + i * 12;
        const std::uint32_t type = reader.u32(entry);
        const std::uint64_t place = reader.u32(entry + 8);
        if (place == 0 || place >= bytes.size())
            continue;
        if (type == moduleList && out.modules.empty())
            readModules(reader, place, out);
        else if (type == exceptionStream)
            exception = place;
        else if (type == systemInfo) {
            out.arch = archOf(reader.u16(place));
            out.os = osOf(reader.u32(place + 20));
        }
    }
    if (exception) {
        out.crash = crashName(reader.u32(*exception + 8), out.os);
        out.address = reader.u64(*exception + 24);
    }
    return out;
}

} // namespace vedette::collector
