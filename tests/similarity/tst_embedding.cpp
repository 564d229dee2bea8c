#include "core/similarity/embedding.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace modscope;

class TestEmbedding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void cosineIsTheSumOfProducts()
    {
        const std::vector<float> a{0.6F, 0.8F};
        const std::vector<float> b{1, 0};
        QVERIFY(std::abs(*cosine(a, b) - 0.6) < 1e-6);
        QVERIFY(std::abs(*cosine(b, a) - 0.6) < 1e-6);
        QVERIFY(std::abs(*cosine(b, std::vector<float>{-1, 0}) + 1) < 1e-12);
    }

    void roundingNeverLeavesTheRange()
    {
        const std::vector<float> longer{1.0005F, 0};
        QCOMPARE(*cosine(longer, longer), 1.0);
    }

    void whatCannotBeComparedIsAnError()
    {
        const std::vector<float> unit{1, 0};
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(cosine(unit, std::vector<float>{1, 0, 0}).error().code, ErrorCode::Mismatch);
        QCOMPARE(cosine(unit, std::vector<float>{2, 0}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(cosine(unit, std::vector<float>{nan, 0}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(cosine({}, {}).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestEmbedding)
#include "tst_embedding.moc"
