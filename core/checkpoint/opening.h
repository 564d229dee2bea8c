#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/run_directory.h"
#include "core/checkpoint/tensor_layout.h"
#include "core/checkpoint/weight_files.h"

#include <span>
#include <stop_token>

// Private to this room: opening a checkpoint, step by step, so that openCheckpoint can stop at the first failure and
// verifyCheckpoint can go on with the steps that still have what they need.

namespace modscope {

class Opening {
public:
    Opening(std::filesystem::path path, CheckpointOptions options, std::stop_token stop);

    /// What a step needs and what earlier ones have provided, as bits.
    enum Have : unsigned {
        Nothing = 0,
        Run = 1,
        Weights = 2,
        Head = 4,
        Encoder = 8,
        EncoderFiles = 16,
        Preprocessed = 32
    };

    struct Step {
        const char* subject; ///< for people
        Result<void> (Opening::*perform)();
        unsigned needs;
    };
    /// In an order that meets every step's needs as long as none fails; the slow ones last.
    [[nodiscard]] static std::span<const Step> steps();

    [[nodiscard]] bool canPerform(const Step& step) const { return (m_have & step.needs) == step.needs; }
    /// Errors: those of the step, naming the file; Cancelled.
    [[nodiscard]] Result<void> perform(const Step& step);

    [[nodiscard]] unsigned have() const { return m_have; }
    [[nodiscard]] const ModelInfo& info() const { return m_info; }
    /// Once all steps are done. The object is empty afterwards.
    [[nodiscard]] Checkpoint take() { return {std::move(m_info), std::move(m_tensors)}; }

private:
    Result<void> findRun();
    Result<void> readWeights();
    Result<void> findHead();
    Result<void> readEncoder();
    Result<void> checkTensors();
    Result<void> checkSettings();
    Result<void> choosePreprocessing();
    Result<void> checkValues();
    Result<void> hash();

    [[nodiscard]] Result<void> parseEncoder(const std::filesystem::path& directory);
    void countWeights();
    void warnIfOther(const std::string& field, const std::string& said, std::string_view found);

    std::filesystem::path m_path;
    CheckpointOptions m_options;
    std::stop_token m_stop;
    unsigned m_have = Nothing;
    RunFiles m_run;
    std::vector<std::filesystem::path> m_weightFiles;
    TensorMap m_tensors;
    ModelInfo m_info;
};

} // namespace modscope
