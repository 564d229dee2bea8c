#include "core/explain/modality_split.h"
#include "core/nn/model_path.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;

namespace {

bool near(float a, float b)
{
    return std::abs(a - b) < 1e-5F;
}

Sample sampleOf(std::string text, const char* picture)
{
    Sample sample;
    sample.text = std::move(text);
    if (picture != nullptr) {
        sample.imagePath = test::resource("demo/samples") / picture;
    }
    return sample;
}

} // namespace

class TestModalitySplit : public QObject {
    Q_OBJECT

    std::optional<Classifier> m_classifier;

private Q_SLOTS:
    void initTestCase()
    {
        auto classifier = Classifier::open(*resolveModel("demo"));
        QVERIFY2(classifier.has_value(), classifier ? "" : classifier.error().message.c_str());
        m_classifier = std::move(*classifier);
    }
    void init() { test::failOnWarnings(); }

    void sharesFollowFromTheFourLogits()
    {
        const ModalityShare share = modalityShare(2.4F, -0.6F, -0.9F, -2.0F);
        QVERIFY(near(share.text, 2.35F));
        QVERIFY(near(share.image, 2.05F));
        QVERIFY(near(share.together, 1.9F));
    }

    void sharesAddUpToWhatTheItemAddsToNothing()
    {
        const auto embedding = m_classifier->embed(sampleOf("my cat at 4 am", "01_cat.jpg"));
        const auto split = modalitySplit(*m_classifier, *embedding);
        const auto prediction = m_classifier->classify(*embedding);
        QCOMPARE(split->shares.size(), m_classifier->info().labels.size());
        for (std::size_t label = 0; label < split->shares.size(); ++label) {
            QVERIFY(near(split->both[label], prediction->logits[label]));
            QVERIFY(near(split->shares[label].text + split->shares[label].image,
                         split->both[label] - split->nothing[label]));
        }
    }

    void eachHalfIsWhatTheModelSaysWithoutTheOther()
    {
        const auto both = m_classifier->embed(sampleOf("my cat at 4 am", "01_cat.jpg"));
        const auto textAlone = m_classifier->embed(sampleOf("my cat at 4 am", nullptr));
        const auto pictureAlone = m_classifier->embed(sampleOf("", "01_cat.jpg"));
        const auto split = modalitySplit(*m_classifier, *both);
        const auto text = m_classifier->classify(*textAlone);
        const auto picture = m_classifier->classify(*pictureAlone);
        for (std::size_t label = 0; label < split->shares.size(); ++label) {
            QVERIFY(near(split->textOnly[label], text->logits[label]));
            QVERIFY(near(split->imageOnly[label], picture->logits[label]));
            QVERIFY(!near(split->textOnly[label], split->imageOnly[label]));
        }
    }

    void aMissingModalityHasNoShareAndNoInteraction()
    {
        const auto embedding = m_classifier->embed(sampleOf("only words", nullptr));
        const auto split = modalitySplit(*m_classifier, *embedding);
        QVERIFY(split->present.text && !split->present.image);
        for (const ModalityShare& share : split->shares) {
            QVERIFY(near(share.image, 0));
            QVERIFY(near(share.together, 0));
        }
    }

    void nothingCannotBeExplained()
    {
        Embedding nothing = *m_classifier->embed(sampleOf("words", nullptr));
        nothing.present = {};
        QCOMPARE(modalitySplit(*m_classifier, nothing).error().code, ErrorCode::NoContent);
    }
};

QTEST_GUILESS_MAIN(TestModalitySplit)
#include "tst_modality_split.moc"
