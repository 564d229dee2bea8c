#pragma once

#include <QWidget>

class QLineEdit;

namespace modscope::ui {

/// Where a file will be written: a path that can be typed, and a button that opens the system's dialog.
class FileField final : public QWidget {
    Q_OBJECT
public:
    /// @param title   of the system's dialog
    /// @param filter  of the system's dialog: "Tables (*.csv)"
    FileField(const QString& title, const QString& filter, QWidget* parent = nullptr);

    void setPath(const QString& path);
    [[nodiscard]] QString path() const; ///< without white space around it

Q_SIGNALS:
    void changed();

private:
    QLineEdit* m_path;
};

} // namespace modscope::ui
