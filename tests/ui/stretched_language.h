#pragma once

#include <QCoreApplication>
#include <QTranslator>

namespace modscope::test {

/// A language whose texts are 40 % longer than English, as German ones may be; in force as long as it lives.
class StretchedLanguage final : public QTranslator {
public:
    StretchedLanguage() { QCoreApplication::installTranslator(this); }
    ~StretchedLanguage() override { QCoreApplication::removeTranslator(this); }

    [[nodiscard]] QString translate(const char* /*context*/,
                                    const char* source,
                                    const char* /*disambiguation*/,
                                    int /*count*/) const override
    {
        const QString text = QString::fromUtf8(source);
        return text + QString(text.size() * 2 / 5, QLatin1Char('x'));
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

} // namespace modscope::test
