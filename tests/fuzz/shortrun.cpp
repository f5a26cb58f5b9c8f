// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs a fuzz target without libFuzzer, for a short time in every build: each seed as it is, then so many
// inputs made of the seeds by cutting, joining, repeating and planting what parsers stumble over. The random
// seed is printed and can be given again: PROGRAM COUNT SEED FOLDER...

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Dice = std::mt19937_64;

constexpr std::size_t maxLength = 20'000;

std::size_t below(Dice& dice, std::size_t bound)
{
    return bound == 0 ? 0 : static_cast<std::size_t>(dice() % bound);
}

/// What parsers stumble over: depth, huge numbers, half characters, doubled keys.
std::string trouble(Dice& dice)
{
    static const std::vector<std::string> pieces = {"NaN", "-Infinity", "1e999", "-0", "18446744073709551616",
        "\\ud800", "\xff\xfe", "\xc0\x80", "\xed\xa0\x80", std::string(1, '\0'), "\"\":", "null", "{}", "[]",
        "[[[[[[[[", "{\"a\":{\"a\":", "\r\n", "\n", "\\", "\"", "*", "!", ":", ",", "(", "]",
        "\"type\":\"event\",\"type\":\"error\",", "\"length\":-1", "\"length\":99999999999", "%00", "%zz",
        "-24h", ">=", "has:", "is:unresolved "};
    std::string piece = pieces[below(dice, pieces.size())];
    if (below(dice, 16) == 0) {
        std::string many;
        for (std::size_t i = below(dice, 2'000); i > 0; --i)
            many += piece;
        return many.substr(0, maxLength);
    }
    return piece;
}

void mutate(std::string& text, const std::vector<std::string>& seeds, Dice& dice)
{
    const std::size_t at = below(dice, text.size() + 1);
    const std::size_t length = below(dice, 1 + below(dice, text.size() - at + 1));
    switch (below(dice, 7)) {
    case 0:
        if (at < text.size())
            text[at] = static_cast<char>(text[at] ^ static_cast<char>(1U << below(dice, 8)));
        break;
    case 1:
        text.erase(at, length);
        break;
    case 2:
        text.insert(at, text.substr(at, length));
        break;
    case 3:
    case 4:
        text.insert(at, trouble(dice));
        break;
    case 5:
        text.replace(at, length, trouble(dice));
        break;
    default:
        const std::string& other = seeds[below(dice, seeds.size())];
        const std::size_t from = below(dice, other.size() + 1);
        text.replace(at, length, other.substr(from, below(dice, other.size() - from + 1)));
        break;
    }
    if (text.size() > maxLength)
        text.resize(maxLength);
}

std::vector<std::string> readSeeds(int count, char** folders)
{
    std::vector<std::string> seeds;
    for (int i = 0; i < count; ++i) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folders[i])) {
            if (!entry.is_regular_file())
                continue;
            std::ifstream file(entry.path(), std::ios::binary);
            seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
    }
    return seeds;
}

void run(const std::string& text)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 4) {
        std::fprintf(stderr, "usage: %s COUNT SEED FOLDER...\n", argv[0]);
        return 2;
    }
    const unsigned long long count = std::strtoull(argv[1], nullptr, 10);
    unsigned long long first = std::strtoull(argv[2], nullptr, 10);
    if (first == 0)
        first = std::random_device()();
    const std::vector<std::string> seeds = readSeeds(argc - 3, argv + 3);
    if (seeds.empty()) {
        std::fprintf(stderr, "there are no seeds\n");
        return 2;
    }
    std::printf("%zu seeds, %llu inputs, random seed %llu\n", seeds.size(), count, first);
    std::fflush(stdout);
    for (const std::string& seed : seeds)
        run(seed);
    Dice dice(first);
    for (unsigned long long i = 0; i < count; ++i) {
        std::string text = seeds[below(dice, seeds.size())];
        for (std::size_t steps = 1 + below(dice, 6); steps > 0; --steps)
            mutate(text, seeds, dice);
        // A crash leaves the input behind.
        std::ofstream("last-input", std::ios::binary | std::ios::trunc) << text;
        run(text);
    }
    return 0;
}
