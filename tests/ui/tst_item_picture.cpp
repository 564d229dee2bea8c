#include "core/base/sha256.h"
#include "tests/support/test_data.h"
#include "ui/controllers/item_picture.h"

#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace modscope;
using namespace modscope::ui;

namespace {

constexpr int kPatienceMs = 20'000;

} // namespace

/// A picture that is gone, or another one by now, is said to be so; one that was moved can be shown where it is.
class TestItemPicture : public QObject {
    Q_OBJECT
private:
    [[nodiscard]] QString makePicture(const QString& name, Qt::GlobalColor colour) const
    {
        QImage image(64, 48, QImage::Format_RGB32);
        image.fill(colour);
        const QString path = m_folder->filePath(name);
        image.save(path);
        return path;
    }
    [[nodiscard]] static QString hashOf(const QString& path)
    {
        const auto hash = sha256OfFile(path.toStdString(), {});
        return hash ? QString::fromStdString(*hash) : QString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ItemPicture> m_picture;
    QThreadPool m_pool;

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_picture = std::make_unique<ItemPicture>(&m_pool);
    }
    void cleanup()
    {
        m_picture.reset();
        m_pool.waitForDone();
    }

    void aMissingPictureIsLocatedByItsHashAlone()
    {
        const QString original = makePicture(QStringLiteral("meme.png"), Qt::red);
        const QString hash = hashOf(original);
        const QString moved = m_folder->filePath(QStringLiteral("moved.png"));
        QVERIFY(QFile::rename(original, moved));
        const QString other = makePicture(QStringLiteral("other.png"), Qt::blue);
        QSignalSpy loaded(m_picture.get(), &ItemPicture::loaded);
        QSignalSpy failed(m_picture.get(), &ItemPicture::failed);
        QSignalSpy notLocated(m_picture.get(), &ItemPicture::notLocated);

        m_picture->load(4, original, hash, CoverBand::Normal);
        QVERIFY(failed.wait(kPatienceMs));
        QCOMPARE(failed.front().at(1).toString(),
                 QStringLiteral("The picture is missing: %1. Decide from text, skip, or locate it.").arg(original));
        QCOMPARE(m_picture->missing(), ReviewItemId{4});
        QVERIFY(m_picture->canLocate());

        m_picture->locate(other);
        QVERIFY(notLocated.wait(kPatienceMs));
        QVERIFY(notLocated.front().front().toString().contains(QStringLiteral("its hash is not the recorded one")));
        QCOMPARE(loaded.count(), 0);
        QVERIFY(m_picture->canLocate()); // another try

        m_picture->locate(moved);
        QVERIFY(loaded.wait(kPatienceMs));
        QCOMPARE(loaded.front().front().value<ReviewItemId>(), ReviewItemId{4});
        QCOMPARE(m_picture->missing(), ReviewItemId{0});

        m_picture->load(5, {}, {}, CoverBand::Normal); // another item comes and goes
        m_picture->load(4, original, hash, CoverBand::Normal);
        QVERIFY(loaded.wait(kPatienceMs)); // it is still known where it is
        QCOMPARE(failed.count(), 1);
    }

    void withoutARecordedHashNoFileIsTakenForThePicture()
    {
        QSignalSpy failed(m_picture.get(), &ItemPicture::failed);
        m_picture->load(4, m_folder->filePath(QStringLiteral("gone.png")), {}, CoverBand::Normal);
        QVERIFY(failed.wait(kPatienceMs));
        QCOMPARE(m_picture->missing(), ReviewItemId{4});
        QVERIFY(!m_picture->canLocate());
    }

    void aPictureThatChangedIsNotShown()
    {
        const QString path = makePicture(QStringLiteral("meme.png"), Qt::red);
        const QString hash = hashOf(path);
        (void)makePicture(QStringLiteral("meme.png"), Qt::blue);
        QSignalSpy failed(m_picture.get(), &ItemPicture::failed);
        QSignalSpy loaded(m_picture.get(), &ItemPicture::loaded);
        m_picture->load(4, path, hash, CoverBand::Normal);
        QVERIFY(failed.wait(kPatienceMs));
        QCOMPARE(failed.front().at(1).toString(),
                 QStringLiteral("The picture has changed since it was imported (its hash differs): %1. Decide from "
                                "text, or skip.")
                     .arg(path));
        QCOMPARE(loaded.count(), 0);
        QCOMPARE(m_picture->missing(), ReviewItemId{0});
    }
};

QTEST_MAIN(TestItemPicture)
#include "tst_item_picture.moc"
