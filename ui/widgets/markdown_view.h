#pragma once

#include <QTextBrowser>

class QTextDocument;

namespace modscope::ui {

class Theme;

/// Shows Markdown that came with a model, and nothing else: HTML is shown as the text it is, links and pictures become
/// words with their target beside them, and no resource is ever loaded, from the network or from a file.
class MarkdownView final : public QTextBrowser {
    Q_OBJECT
public:
    explicit MarkdownView(const Theme* theme, QWidget* parent = nullptr);

    /// At most kMaxCharacters are shown; a sentence says so when there are more.
    void setText(const QString& markdown);

    static constexpr qsizetype kMaxCharacters = 200'000;

    [[nodiscard]] QVariant loadResource(int type, const QUrl& name) override;

private:
    void render();
    void style(QTextDocument& document) const;

    const Theme* m_theme;
    QString m_markdown;
};

} // namespace modscope::ui
