#include "ui/models/model_card.h"

#include "core/checkpoint/model_info.h"
#include "ui/models/visible_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace modscope::ui {

namespace {

struct CardText {
    Q_DECLARE_TR_FUNCTIONS(ModelCard)
};

QString kindText(HeadKind kind)
{
    return kind == HeadKind::Fusion ? CardText::tr("Gated fusion") : CardText::tr("Multi-task");
}

QString backendText(const ModelInfo& info)
{
    if (info.encoder.backend == Backend::Clip) {
        return QStringLiteral("CLIP");
    }
    return info.preprocessing.tokenizer == TokenizerKind::Siglip2 ? QStringLiteral("SigLIP 2")
                                                                  : QStringLiteral("SigLIP");
}

QString tokenizerText(TokenizerKind kind)
{
    switch (kind) {
    case TokenizerKind::Clip:
        return CardText::tr("CLIP byte pairs");
    case TokenizerKind::Siglip:
        return CardText::tr("SentencePiece, lower-cased");
    case TokenizerKind::Siglip2:
        break;
    }
    return CardText::tr("Gemma byte pairs");
}

QString tripleText(const std::array<float, 3>& values)
{
    const QLocale locale;
    return QStringList{locale.toString(double(values[0]), 'g', 4), locale.toString(double(values[1]), 'g', 4),
                       locale.toString(double(values[2]), 'g', 4)}
        .join(QStringLiteral(" · "));
}

std::vector<CardFact> mainFacts(const ModelInfo& info)
{
    const QLocale locale;
    return {
        {CardText::tr("Head"), CardText::tr("%1, width %2").arg(kindText(info.head.kind)).arg(info.head.fusionDim)},
        {CardText::tr("Encoder"), CardText::tr("%1, picture %2 px in patches of %3, feature width %4")
                                      .arg(backendText(info))
                                      .arg(info.encoder.vision.imageSize)
                                      .arg(info.encoder.vision.patchSize)
                                      .arg(info.encoder.text.projection)},
        {CardText::tr("Encoder name"), visibleText(info.encoderName)},
        {CardText::tr("Parameters"), locale.toString(qulonglong(info.parameters))},
        {CardText::tr("Weights"),
         CardText::tr("%1 on disk, %2").arg(sizeText(info.weightBytes), visibleText(info.dtype))},
        {CardText::tr("Checkpoint"), visibleText(info.checkpoint)},
        {CardText::tr("Encoder folder"), visibleText(info.encoderDirectory)},
    };
}

std::vector<CardFact> preprocessingFacts(const Preprocessing& preprocessing)
{
    const ImageProcessorConfig& image = preprocessing.image;
    const QString filter = image.filter == ResizeFilter::Bicubic ? CardText::tr("bicubic") : CardText::tr("bilinear");
    return {
        {CardText::tr("Mode"), preprocessing.mode == PreprocessingMode::Reference
                                   ? CardText::tr("as the reference trained")
                                   : CardText::tr("as the encoder's own files say")},
        {CardText::tr("Picture"), image.keepRatio
                                      ? CardText::tr("%1 px, %2, centre crop").arg(image.side).arg(filter)
                                      : CardText::tr("%1 px, %2, squashed to a square").arg(image.side).arg(filter)},
        {CardText::tr("Orientation tag"),
         image.orientation == Orientation::Apply ? CardText::tr("applied") : CardText::tr("ignored")},
        {CardText::tr("Mean"), tripleText(image.mean)},
        {CardText::tr("Deviation"), tripleText(image.deviation)},
        {CardText::tr("Text"),
         CardText::tr("%1, at most %n token(s)", nullptr, static_cast<int>(preprocessing.text.maxLength))
             .arg(tokenizerText(preprocessing.tokenizer))},
        {CardText::tr("Special tokens in a text"), preprocessing.text.specialTokens == SpecialTokens::AsText
                                                       ? CardText::tr("ordinary text")
                                                       : CardText::tr("honoured")},
    };
}

} // namespace

QString sizeText(quint64 bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

ModelCard makeModelCard(const ModelInfo& info, const RunFacts& run)
{
    ModelCard card;
    card.name = visibleText(info.name);
    card.kind = kindText(info.head.kind);
    card.encoder = QStringLiteral("%1 %2/%3")
                       .arg(backendText(info))
                       .arg(info.encoder.vision.imageSize)
                       .arg(info.encoder.vision.patchSize);
    card.directory = visibleText(info.directory);
    card.encoderDirectory = visibleText(info.encoderDirectory);
    card.sha256 = QString::fromStdString(info.sha256);
    card.weightBytes = info.weightBytes;
    for (const std::string& label : info.labels) {
        card.labels << visibleText(label);
    }
    card.thresholds = info.thresholds;
    card.thresholdsCalibrated = info.thresholdsCalibrated;
    card.facts = mainFacts(info);
    card.preprocessing = preprocessingFacts(info.preprocessing);
    card.training = run.training;
    card.metrics = run.metrics;
    for (const std::string& warning : info.warnings) {
        card.warnings << visibleText(warning);
    }
    card.warnings << run.warnings;
    card.licence = run.licence;
    card.markdown = visibleText(info.card, true);
    return card;
}

} // namespace modscope::ui
