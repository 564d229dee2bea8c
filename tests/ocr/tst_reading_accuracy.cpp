#include "tests/ocr/reading_accuracy.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope::test;

// The measure itself, so that a good rate means something.
class TestReadingAccuracy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnWarnings(); }

    void errorsAreTheEditDistance_data()
    {
        QTest::addColumn<QString>("caption");
        QTest::addColumn<QString>("read");
        QTest::addColumn<int>("errors");
        QTest::newRow("same") << "COFFEE FIRST"
                              << "coffee\nfirst" << 0;
        QTest::newRow("missed") << "kitten"
                                << "" << 6;
        QTest::newRow("invented") << ""
                                  << "cat" << 3;
        QTest::newRow("kitten and sitting") << "kitten"
                                            << "sitting" << 3;
        QTest::newRow("a missing space") << "4 AM"
                                         << "4AM" << 1;
    }

    void errorsAreTheEditDistance()
    {
        QFETCH(const QString, caption);
        QFETCH(const QString, read);
        QFETCH(const int, errors);
        const auto counted = characterErrors(caption.toStdString(), read.toStdString());
        QCOMPARE(counted.errors, static_cast<std::size_t>(errors));
        QCOMPARE(counted.length, static_cast<std::size_t>(caption.size()));
    }
};

QTEST_GUILESS_MAIN(TestReadingAccuracy)
#include "tst_reading_accuracy.moc"
