#include "core/nn/kernels/cpu_features.h"

#include <array>
#include <cpuid.h>
#include <cstring>

namespace modscope::nn {
namespace {

CpuFeatures detect()
{
    CpuFeatures features;
    __builtin_cpu_init();
    features.avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    features.avx512 = features.avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    features.avx512Bf16 = features.avx512 && __builtin_cpu_supports("avx512bf16");
    features.avx512Vnni = features.avx512 && __builtin_cpu_supports("avx512vnni");
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    if (features.avx512Bf16 && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0) {
        features.amxBf16 = (d & (1U << 22U)) != 0; // a hint for choosing oneDNN only, which checks the system itself
    }
    return features;
}

} // namespace

const CpuFeatures& cpuFeatures()
{
    static const CpuFeatures features = detect();
    return features;
}

std::string describe(const CpuFeatures& features)
{
    std::string text;
    const auto add = [&text](bool has, const char* name) {
        if (has) {
            text += text.empty() ? name : std::string(", ") + name;
        }
    };
    add(features.avx2, "AVX2");
    add(features.avx512, "AVX-512");
    add(features.avx512Bf16, "AVX512-BF16");
    add(features.avx512Vnni, "VNNI");
    add(features.amxBf16, "AMX");
    return text.empty() ? "SSE2" : text;
}

std::string cpuName()
{
    std::array<unsigned, 12> words{};
    for (unsigned part = 0; part < 3; ++part) {
        unsigned* out = words.data() + std::size_t{part} * 4;
        if (__get_cpuid(0x80000002U + part, out, out + 1, out + 2, out + 3) == 0) {
            return "CPU";
        }
    }
    std::array<char, sizeof(words) + 1> text{};
    std::memcpy(text.data(), words.data(), sizeof(words));
    std::string name(text.data());
    name.erase(0, name.find_first_not_of(' '));
    while (!name.empty() && name.back() == ' ') {
        name.pop_back();
    }
    return name;
}

} // namespace modscope::nn
