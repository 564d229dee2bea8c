#pragma once

#include <string>

namespace modscope::nn {

/// Instruction sets that decide which kernels run. From CPUID, including whether the system saves the wide registers.
struct CpuFeatures {
    bool avx2 = false;       ///< with FMA
    bool avx512 = false;     ///< F, BW, DQ, VL
    bool avx512Bf16 = false; ///< products of bfloat16 pairs
    bool avx512Vnni = false; ///< products of byte quadruples
    bool amxBf16 = false;    ///< matrix tiles

    bool operator==(const CpuFeatures&) const = default;
};

[[nodiscard]] const CpuFeatures& cpuFeatures();

/// "AVX2, AVX-512, AVX512-BF16, VNNI"; "SSE2" when there is nothing more.
[[nodiscard]] std::string describe(const CpuFeatures& features);

/// The processor's name as it gives it.
[[nodiscard]] std::string cpuName();

} // namespace modscope::nn
