#include "ui/controllers/intake.h"

#include "core/data/file_list.h"
#include "core/data/sample_table.h"

#include <QBuffer>
#include <QCoreApplication>

#include <span>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kNameLength = 48; // characters of a text that names its row

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Intake)
};

QString fileName(const std::filesystem::path& path)
{
    return QString::fromStdString(path.filename().string());
}

QString textName(const QString& text)
{
    const auto line = text.simplified();
    return line.size() <= kNameLength ? line : line.left(kNameLength - 1) + QChar(0x2026);
}

class Intake {
public:
    Intake(const IntakeRequest& request, std::stop_token stop, const std::function<void(ClassifyItem)>& emit)
        : m_request(request), m_emit(emit), m_chain(std::move(stop), [this] { m_stop.request_stop(); })
    {}

    Result<IntakeSummary> run()
    {
        if (!m_request.picture.isNull()) {
            give(pastedPicture());
        }
        if (!m_request.text.isEmpty()) {
            ClassifyItem item;
            item.sample.text = m_request.text.toStdString();
            item.textOrigin = TextOrigin::Person;
            item.name = textName(m_request.text);
            give(std::move(item));
        }
        const auto listed =
            listFiles(m_request.paths, {}, m_stop.get_token(), [this](FileListEntry entry) { add(std::move(entry)); });
        if (!listed && !m_summary.limitReached) {
            return fail(listed.error());
        }
        return m_summary;
    }

private:
    void add(FileListEntry entry)
    {
        if (entry.kind == FileListEntry::Kind::Table) {
            addTable(entry.path);
            return;
        }
        ClassifyItem item;
        item.name = fileName(entry.path);
        if (entry.kind == FileListEntry::Kind::Unusable) {
            item.inputError = std::move(entry.error);
        } else {
            item.sample.imagePath = std::move(entry.path);
        }
        give(std::move(item));
    }

    void addTable(const std::filesystem::path& path)
    {
        auto table = SampleTable::open(path, {});
        if (!table) {
            giveTableError(path, table.error());
            return;
        }
        for (std::uint64_t number = 1; !m_stop.stop_requested(); ++number) {
            auto row = table->next();
            if (!row) {
                giveTableError(path, row.error());
                return;
            }
            if (!row->has_value()) {
                return;
            }
            give(tableItem(path, number, std::move(row->value())));
        }
    }

    static ClassifyItem tableItem(const std::filesystem::path& path, std::uint64_t number, SampleRow row)
    {
        ClassifyItem item;
        item.origin = Words::tr("%1, row %2").arg(fileName(path)).arg(number);
        if (!row.sample) {
            item.name = item.origin;
            item.inputError = row.sample.error();
            return item;
        }
        item.sample = std::move(*row.sample);
        const auto text = QString::fromStdString(item.sample.text);
        item.textOrigin = text.trimmed().isEmpty() ? TextOrigin::Unset : TextOrigin::Table;
        item.name = item.sample.imagePath.empty() ? textName(text) : fileName(item.sample.imagePath);
        return item;
    }

    void giveTableError(const std::filesystem::path& path, const Error& error)
    {
        ClassifyItem item;
        item.name = fileName(path);
        item.inputError = error;
        give(std::move(item));
    }

    ClassifyItem pastedPicture() const
    {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        constexpr int kFast = 90; // Qt's scale for PNG: 100 does not compress, 0 takes longest
        m_request.picture.save(&buffer, "PNG", kFast);
        const auto bytes = std::as_bytes(std::span(png.constData(), static_cast<std::size_t>(png.size())));
        ClassifyItem item;
        item.sample.imageBytes = std::make_shared<const std::vector<std::byte>>(bytes.begin(), bytes.end());
        item.name = Words::tr("Pasted picture");
        return item;
    }

    void give(ClassifyItem item)
    {
        if (m_seen++ < m_request.skip || m_summary.limitReached) {
            return;
        }
        if (m_request.limit > 0 && m_summary.items == m_request.limit) {
            m_summary.limitReached = true;
            m_stop.request_stop();
            return;
        }
        ++m_summary.items;
        m_emit(std::move(item));
    }

    const IntakeRequest& m_request;
    const std::function<void(ClassifyItem)>& m_emit;
    std::stop_source m_stop; // of this reading: the caller's stop, or the limit
    std::stop_callback<std::function<void()>> m_chain;
    IntakeSummary m_summary;
    std::size_t m_seen = 0;
};

} // namespace

Result<IntakeSummary> readIntake(const IntakeRequest& request,
                                 std::stop_token stop,
                                 const std::function<void(ClassifyItem)>& emit)
{
    return Intake(request, std::move(stop), emit).run();
}

} // namespace modscope::ui
