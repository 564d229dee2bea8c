#include "ui/pages/classify_welcome.h"

#include "ui/actions/action_registry.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/sample_tile.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kTilesAcross = 6;
constexpr int kRowsOfTiles = 2;
constexpr auto kTilesShown = std::size_t{kRowsOfTiles} * kTilesAcross;
constexpr int kTilePictureSide = 240; // device pixels: sharp on fine screens too
constexpr int kWidest = 1120;

QWidget* factCard(const Theme& theme, const QString& iconName, const QString& title, const QString& text)
{
    auto* icon = new IconLabel(&theme, 18);
    icon->setIcon(iconName, Token::Accent);
    auto* heading = new QLabel(title);
    setRole(heading, "value");
    auto* row = new QHBoxLayout;
    row->setSpacing(9);
    row->addWidget(icon);
    row->addWidget(heading, 1);
    auto* body = new QLabel(text);
    setRole(body, "subtitle");
    body->setWordWrap(true);
    body->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    auto* card = new Card(QString());
    card->body()->addLayout(row);
    card->body()->addWidget(body, 1);
    return card;
}

} // namespace

ClassifyWelcome::ClassifyWelcome(
    const Theme* theme, const ActionRegistry* registry, Settings* settings, SampleGallery* samples, QWidget* parent)
    : QScrollArea(parent), m_theme(theme), m_settings(settings), m_samples(samples),
      m_zone(new DropZone(theme,
                          tr("Drop memes here to score them"),
                          tr("PNG, JPEG, WebP, GIF, BMP, TIFF, HEIC, folders, or a CSV with text and image_path. "
                             "Nothing leaves this computer."))),
      m_scoreSamples(new ActionButton(theme, registry->action(QStringLiteral("classify.samples"))))
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVariant(m_scoreSamples, "primary");
    m_zone->addButton(new ActionButton(theme, registry->action(QStringLiteral("classify.open"))));
    m_zone->addButton(new ActionButton(theme, registry->action(QStringLiteral("classify.paste"))));
    m_zone->addButton(m_scoreSamples);
    m_gallery = buildSamples();

    auto* content = new QWidget;
    content->setMaximumWidth(kWidest);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(28, 24, 28, 20);
    column->setSpacing(18);
    column->addWidget(m_zone);
    column->addWidget(m_gallery);
    column->addWidget(buildFacts());
    column->addStretch();
    setWidget(content);

    connect(samples, &SampleGallery::loaded, this, &ClassifyWelcome::showSamples);
    connect(settings, &Settings::privacyChanged, this, &ClassifyWelcome::showSamples);
    connect(theme, &Theme::changed, this, &ClassifyWelcome::showSamples);
    samples->load(kTilePictureSide);
    showSamples();
}

QWidget* ClassifyWelcome::buildSamples()
{
    auto* title = new QLabel(tr("Sample memes"));
    setRole(title, "cardTitle");
    m_shown = new QLabel;
    setRole(m_shown, "secondary");
    m_hide = new QPushButton;
    setVariant(m_hide, "link");
    connect(m_hide, &QPushButton::clicked, this, [this] {
        auto privacy = m_settings->preferences().privacy;
        privacy.samplesHidden = !privacy.samplesHidden;
        m_settings->setPrivacy(privacy);
    });
    auto* head = new QHBoxLayout;
    head->setSpacing(9);
    head->addWidget(title);
    head->addWidget(m_shown);
    head->addStretch();
    head->addWidget(m_hide);

    m_tilesHost = new QWidget;
    m_tiles = new QGridLayout(m_tilesHost);
    m_tiles->setContentsMargins(0, 0, 0, 0);
    m_tiles->setSpacing(12);
    for (int column = 0; column < kTilesAcross; ++column) {
        m_tiles->setColumnStretch(column, 1);
    }
    auto* gallery = new QWidget;
    auto* column = new QVBoxLayout(gallery);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(head);
    column->addWidget(m_tilesHost);
    return gallery;
}

void ClassifyWelcome::showSamples()
{
    while (auto* item = m_tiles->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto& samples = m_samples->samples();
    const bool hidden = m_settings->preferences().privacy.samplesHidden;
    m_gallery->setVisible(!samples.empty());
    m_scoreSamples->setVisible(!samples.empty() && !hidden);
    m_hide->setText(hidden ? tr("Show samples") : tr("Hide samples"));
    m_tilesHost->setVisible(!hidden);
    m_fan.clear();
    for (std::size_t i = 0; i < samples.size() && i < kTilesShown; ++i) {
        const auto picture = QPixmap::fromImage(samples[i].picture);
        auto* tile = new SampleTile(m_theme, picture, samples[i].title);
        connect(tile, &SampleTile::clicked, this, [this, i] { Q_EMIT sampleChosen(static_cast<int>(i)); });
        const int place = static_cast<int>(i);
        m_tiles->addWidget(tile, place / kTilesAcross, place % kTilesAcross);
        if (!hidden && m_fan.size() < 3 && !picture.isNull()) {
            m_fan.push_back(picture);
        }
    }
    arrange();
}

void ClassifyWelcome::arrange()
{
    struct Form {
        int rowsOfTiles;
        bool withFan;
    };
    // The fan is decoration and goes before samples do.
    for (const Form form : {Form{kRowsOfTiles, true}, Form{kRowsOfTiles, false}, Form{1, true}, Form{1, false}}) {
        showForm(form.rowsOfTiles, form.withFan);
        QLayout* column = widget()->layout();
        column->activate();
        const QSize room = maximumViewportSize();
        if (column->totalHeightForWidth(std::min(room.width(), widget()->maximumWidth())) <= room.height()) {
            return;
        }
    }
}

void ClassifyWelcome::showForm(int rowsOfTiles, bool withFan)
{
    const int shown = std::min(m_tiles->count(), rowsOfTiles * kTilesAcross);
    for (int i = 0; i < m_tiles->count(); ++i) {
        m_tiles->itemAt(i)->widget()->setVisible(i < shown);
    }
    m_zone->setPictures(withFan ? m_fan : std::vector<QPixmap>());
    // Layouts tell the ones around them with events, and those come too late to measure.
    for (QWidget* changed : {m_tilesHost, m_gallery, static_cast<QWidget*>(m_zone)}) {
        changed->updateGeometry();
    }
    m_shown->setText(
        m_settings->preferences().privacy.samplesHidden
            ? tr("harmless pictures made for this tour")
            : tr("harmless pictures made for this tour, %1 of %2 shown").arg(shown).arg(m_samples->samples().size()));
}

void ClassifyWelcome::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

QWidget* ClassifyWelcome::buildFacts() const
{
    auto* facts = new QWidget;
    auto* row = new QHBoxLayout(facts);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(factCard(*m_theme, QStringLiteral("keyboard"), tr("Everything has a key"),
                            tr("J and K walk through the list, digits choose a class, M shows the heat map. Press F1 "
                               "for the map of this page.")),
                   1);
    row->addWidget(factCard(*m_theme, QStringLiteral("eye-slash"), tr("Cover a picture any time"),
                            tr("U blurs it, C takes its colour; hold Space to look. Filters give you control; "
                               "evidence that they reduce harm is mixed.")),
                   1);
    row->addWidget(factCard(*m_theme, QStringLiteral("shield-check"), tr("Works offline"),
                            tr("Models run on this computer. Modscope opens no connection unless you choose a team's "
                               "review database; the status line says which.")),
                   1);
    return facts;
}

} // namespace modscope::ui
