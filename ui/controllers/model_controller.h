#pragma once

#include "core/nn/classifier.h"
#include "ui/jobs/job.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace modscope::ui {

/// One of up to four models that score side by side.
struct ModelSlot {
    QChar letter;   ///< A..D
    QString path;   ///< what the person opened; "demo" for the built-in one
    QString device; ///< auto, cpu, cuda:N
    QString precision;
    std::optional<Classifier> classifier; ///< empty while loading or after an error
    QString error;                        ///< why it could not be loaded
    bool loading = false;
};

/// Opens, holds and lets go of models. Slot 0 is model A. Loading runs on the given pool.
class ModelController : public QObject {
    Q_OBJECT
public:
    static constexpr int kMaxSlots = 4;

    explicit ModelController(QThreadPool* pool, QObject* parent = nullptr);
    ~ModelController() override;

    [[nodiscard]] const std::vector<ModelSlot>& models() const { return m_slots; }
    /// Loads a model into a slot; the slot keeps its former model until the new one is ready.
    void open(int slot, const QString& path, const QString& device, const QString& precision);
    void close(int slot);

Q_SIGNALS:
    void slotsChanged();
    /// A model could not be loaded; the slot keeps what it had.
    void openFailed(int slot, const QString& path, const QString& reason);

private:
    std::vector<ModelSlot> m_slots;
};

} // namespace modscope::ui
