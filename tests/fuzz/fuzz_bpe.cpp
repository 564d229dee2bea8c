#include "core/text/bpe.h"
#include "core/text/utf8.h"
#include "tests/text/naive_bpe.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace modscope;

constexpr std::int32_t kLetters = 4;

void require(bool condition)
{
    if (!condition) {
        std::abort();
    }
}

/// The first byte is a number of merges. A merge is two bytes that choose two of the pieces made so far; what follows
/// is a word, two bits a letter. The result must be that of the definition.
void compareWithDefinition(const std::uint8_t* data, std::size_t size)
{
    Vocabulary vocabulary;
    std::vector<std::string> pieces;
    const auto add = [&](const std::string& piece) {
        if (vocabulary.add(piece, static_cast<std::int32_t>(pieces.size()))) {
            pieces.push_back(piece);
        }
    };
    for (std::int32_t letter = 0; letter < kLetters; ++letter) {
        add(std::string(1, static_cast<char>('a' + letter)));
    }
    MergeList list;
    test::NaiveMerges naive;
    std::size_t position = 1;
    for (std::size_t count = data[0] % 64; count > 0 && position + 2 <= size; --count, position += 2) {
        const std::string left = pieces[data[position] % pieces.size()];
        const std::string right = pieces[data[position + 1] % pieces.size()];
        if (left.size() + right.size() > 64) {
            continue;
        }
        add(left + right);
        naive[{*vocabulary.find(left), *vocabulary.find(right)}] = {list.size(), *vocabulary.find(left + right)};
        list.add(left, right);
    }
    const auto merges = BpeMerges::create(list, vocabulary);
    require(merges.has_value());
    std::vector<std::int32_t> symbols;
    for (; position < size && symbols.size() < 400; ++position) {
        for (int shift = 0; shift < 8; shift += 2) {
            symbols.push_back((data[position] >> shift) % kLetters);
        }
    }
    const auto expected = test::naiveBpe(naive, symbols);
    merges->apply(symbols);
    require(symbols == expected);
}

/// Cleaning gives valid UTF-8: cleaning it again changes nothing, and its code points put together are it.
void checkCleaning(std::string_view bytes)
{
    const CleanText clean = cleanUtf8(bytes, 1000);
    require(cleanUtf8(clean.utf8, clean.utf8.size()) == CleanText{clean.utf8, false});
    std::string again;
    for (std::size_t i = 0; i < clean.utf8.size();) {
        appendUtf8(again, nextCodePoint(clean.utf8, i));
    }
    require(again == clean.utf8);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > 0) {
        compareWithDefinition(data, size);
    }
    checkCleaning({reinterpret_cast<const char*>(data), size});
    return 0;
}
