#pragma once

#include "ui/controllers/model_catalog.h"
#include "ui/models/device_choice.h"

#include <QScrollArea>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace modscope::ui {

class ActionRegistry;
class Card;
class ChoiceBox;
class IconLabel;
class FactList;
class Notice;
class Theme;
class ThresholdsTable;

/// Everything about one model that can be looked at and done: state, use, place, hash, thresholds, measurements. Shows
/// an entry of the catalog and forwards what the person wants.
class ModelPanel final : public QScrollArea {
    Q_OBJECT
public:
    /// Buttons are the actions models.useA, models.useAs, models.verify, models.unload and models.remove.
    ModelPanel(const Theme* theme, const ActionRegistry* registry, QWidget* parent = nullptr);

    void setDevices(const QList<DeviceChoice>& devices);
    /// @param row  what the table says about the entry
    void setEntry(const CatalogEntry& entry, const ModelRow& row);
    /// Shown when no model is known.
    void clear();
    /// Where a menu of the action "Use as B…" opens.
    [[nodiscard]] QWidget* useAsButton() const { return m_useAs; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void placeChosen(const QString& device, const QString& precision);
    void cancelRequested();

private:
    void buildHead();
    void buildPlace();
    void buildHash();
    void buildCards();
    [[nodiscard]] FactList* addFacts(Card*& card, const QString& title);
    void showMessages(const CatalogEntry& entry);
    void showBusy(const ModelRow& row);
    void showHash(const CatalogEntry& entry, const ModelRow& row);
    void showPlace(const CatalogEntry& entry);
    void showCard(const ModelCard& card);
    void choosePlace();

    const Theme* m_theme;
    const ActionRegistry* m_registry;
    QList<DeviceChoice> m_devices;

    QVBoxLayout* m_column;
    QLabel* m_name = nullptr;
    QLabel* m_note = nullptr;
    QLabel* m_path = nullptr;
    IconLabel* m_stateIcon = nullptr;
    QLabel* m_state = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_cancel = nullptr;
    QWidget* m_useAs = nullptr;
    Notice* m_error = nullptr;
    Notice* m_warnings = nullptr;
    ChoiceBox* m_device = nullptr;
    ChoiceBox* m_precision = nullptr;
    QLabel* m_hash = nullptr;
    QLabel* m_checkResult = nullptr;
    Card* m_thresholdsCard = nullptr;
    ThresholdsTable* m_thresholds = nullptr;
    Card* m_metricsCard = nullptr;
    FactList* m_metrics = nullptr;
    Card* m_trainingCard = nullptr;
    FactList* m_training = nullptr;
    Card* m_preprocessingCard = nullptr;
    FactList* m_preprocessing = nullptr;
    Card* m_detailsCard = nullptr;
    FactList* m_details = nullptr;
};

} // namespace modscope::ui
