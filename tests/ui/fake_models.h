#pragma once

#include "ui/controllers/model_catalog.h"

#include <QSemaphore>

namespace modscope::test {

/// Stands in for core: no engine, no files. Work on a path that begins with "/slow" waits for `release` (or a cancel)
/// and reports progress meanwhile.
class FakeModels {
public:
    [[nodiscard]] ui::ModelBackend models();
    [[nodiscard]] ui::CatalogBackend catalog();

    QSemaphore release;
    QSemaphore started;
    QString hash = QString(64, u'a'); ///< what checking a hash finds
    std::string openError = "/m: This checkpoint does not fit: 3 tensors are missing (gate.weight, …)";

private:
    [[nodiscard]] Result<void> waitIfSlow(const QString& path, std::stop_token stop, const ProgressFn& progress);
};

/// A card with hostile and ordinary parts: what a folder from somewhere may bring.
[[nodiscard]] ui::ModelCard fakeCard(const QString& path);

} // namespace modscope::test
