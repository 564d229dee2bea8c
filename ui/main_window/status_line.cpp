#include "ui/main_window/status_line.h"

#include "ui/controllers/model_controller.h"
#include "ui/controllers/review_workspace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/popover.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kHeight = 28;
constexpr int kTextWidth = 420;
constexpr int kIconSize = 13;
constexpr int kIconGap = 7;
constexpr int kItemPadding = 7;
constexpr int kItemHeight = 22;

QString jobText(const BusyJob& job)
{
    const QLocale locale;
    if (job.progress.total == 0) {
        return job.text;
    }
    return StatusLine::tr("%1 %2 of %3", "what is done, how much of how much")
        .arg(job.text, locale.toString(job.progress.done), locale.toString(job.progress.total));
}

} // namespace

/// Icon, gap, text: a styled tool button has no gap. The tone colours the text.
class StatusItem final : public QToolButton {
public:
    StatusItem(const Theme* theme, QString iconName, Token token)
        : m_theme(theme), m_iconName(std::move(iconName)), m_token(token)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const int text = QFontMetrics(itemFont()).horizontalAdvance(this->text());
        return {m_theme->px(kIconSize + kIconGap + 2 * kItemPadding) + text, m_theme->px(kItemHeight)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

    void setLook(const QString& iconName, Token token)
    {
        m_iconName = iconName;
        m_token = token;
        updateGeometry();
        update();
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        if (underMouse()) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme->color(Token::Track));
            painter.drawRoundedRect(rect(), m_theme->px(4.0), m_theme->px(4.0));
        }
        const int side = m_theme->px(kIconSize);
        int left = m_theme->px(kItemPadding);
        painter.drawPixmap(left, (height() - side) / 2,
                           m_theme->pixmap(m_iconName, m_token, side, devicePixelRatioF()));
        left += side + m_theme->px(kIconGap);
        painter.setFont(itemFont());
        painter.setPen(m_theme->color(m_token));
        painter.drawText(QRect(left, 0, width() - left, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    }

private:
    [[nodiscard]] QFont itemFont() const
    {
        QFont font = m_theme->font(TypeRole::Secondary);
        if (m_token != Token::Text2) {
            font.setWeight(QFont::DemiBold);
        }
        return font;
    }

    const Theme* m_theme;
    QString m_iconName;
    Token m_token;
};

StatusLine::StatusLine(const Theme* theme, const ModelController* models, QAction* keyMap, QWidget* parent)
    : QStatusBar(parent), m_theme(theme), m_models(models)
{
    setAccessibleName(tr("Status"));
    setSizeGripEnabled(false);
    setFixedHeight(kHeight);
    setContentsMargins(13, 0, 8, 0);
    m_device = addItem(QStringLiteral("gpu-card"), Token::Text2);
    m_model = addItem(QStringLiteral("box"), Token::Text2);
    m_jobsButton = addItem(QStringLiteral("hourglass-split"), Token::Info);
    m_waiting = addItem(QStringLiteral("inbox"), Token::Text2);
    m_exposure = addItem(QStringLiteral("eye"), Token::Text2);
    m_network = addItem(QStringLiteral("shield-check"), Token::Clear);
    auto* keys = addItem(QStringLiteral("keyboard"), Token::Text2);
    keys->setText(tr("%1 keys", "key that opens the key map").arg(keyText(keyMap->shortcut())));
    for (QToolButton* button : {m_device, m_model, m_waiting, m_jobsButton}) {
        addWidget(button);
    }
    addPermanentWidget(m_exposure);
    addPermanentWidget(m_network);
    addPermanentWidget(keys);

    connect(m_device, &QToolButton::clicked, this,
            [this] { showDetails(m_device, tr("This computer"), deviceStatus(*m_models).details); });
    connect(m_model, &QToolButton::clicked, this,
            [this] { showDetails(m_model, tr("Models"), modelStatus(*m_models).details); });
    connect(m_jobsButton, &QToolButton::clicked, this, &StatusLine::showJobs);
    connect(m_network, &QToolButton::clicked, this, &StatusLine::showNetwork);
    connect(keys, &QToolButton::clicked, keyMap, &QAction::trigger);
    connect(keyMap, &QAction::changed, keys, [keys, keyMap] {
        keys->setText(tr("%1 keys", "key that opens the key map").arg(keyText(keyMap->shortcut())));
    });
    connect(models, &ModelController::slotsChanged, this, &StatusLine::refreshModels);
    connect(models, &ModelController::loadProgressed, this, &StatusLine::refreshModels);
    connect(models, &ModelController::devicesChanged, this, &StatusLine::refreshModels);
    refreshModels();
    refreshJobs();
    refreshReview();
}

StatusItem* StatusLine::addItem(const QString& icon, Token token)
{
    return new StatusItem(m_theme, icon, token);
}

void StatusLine::refreshModels()
{
    m_device->setText(deviceStatus(*m_models).text);
    m_device->setAccessibleName(tr("Device: %1").arg(m_device->text()));
    m_model->setText(modelStatus(*m_models).text);
    m_model->setAccessibleName(tr("Model: %1").arg(m_model->text()));
}

void StatusLine::setJobs(std::vector<RunningJob> jobs)
{
    m_jobs = std::move(jobs);
    refreshJobs();
    if (m_popover && m_popover->anchor() == m_jobsButton) {
        showJobs();
    }
}

void StatusLine::followReview(const ReviewWorkspace* review)
{
    m_review = review;
    for (const auto signal : {&DeskLink::opened, &DeskLink::closed, &DeskLink::reachable}) {
        connect(&review->link, signal, this, &StatusLine::refreshReview);
    }
    connect(&review->link, &DeskLink::unreachable, this, &StatusLine::refreshReview);
    connect(&review->review, &ReviewController::waitingChanged, this, &StatusLine::refreshReview);
    connect(&review->queues, &ReviewQueues::countsChanged, this, &StatusLine::refreshReview);
    connect(&review->ledger, &ExposureLedger::todayChanged, this, &StatusLine::refreshReview);
    connect(m_waiting, &QToolButton::clicked, this, [this] {
        QStringList lines;
        for (const ReviewQueueRow& row : m_review->queues.rows()) {
            lines << tr("%1: %2", "queue, items").arg(row.name, QLocale().toString(std::max(0, row.count)));
        }
        showDetails(m_waiting, tr("Waiting for review"), lines);
    });
    connect(m_exposure, &QToolButton::clicked, this, [this] {
        showDetails(m_exposure, tr("Today, private to you"),
                    {tr("Seconds for which pictures were uncovered. Nobody else sees them; a team sees sums over five "
                        "people or more."),
                     tr("Filters give you control; evidence that they reduce harm is mixed.")});
    });
    refreshReview();
}

void StatusLine::refreshReview()
{
    constexpr double kSecondsPerMinute = 60;
    const bool open = m_review != nullptr && m_review->link.isOpen();
    m_waiting->setVisible(open && m_review->queues.waiting() >= 0);
    m_exposure->setVisible(open);
    if (open) {
        m_waiting->setText(tr("%1 waiting").arg(QLocale().toString(std::max(0, m_review->queues.waiting()))));
        const int minutes = static_cast<int>(m_review->ledger.today().secondsRevealed / kSecondsPerMinute);
        m_exposure->setText(tr("Revealed today %n min", nullptr, minutes));
    }
    const bool lost = isDatabaseLost(m_review);
    m_network->setLook(lost ? QStringLiteral("exclamation-triangle") : QStringLiteral("shield-check"),
                       lost ? Token::Review : Token::Clear);
    m_network->setText(networkStatus(m_review).text);
    m_network->setAccessibleName(m_network->text());
}

void StatusLine::showNetwork()
{
    showDetails(m_network, tr("Network"), networkStatus(m_review).details);
}

void StatusLine::refreshJobs()
{
    m_jobsButton->setVisible(!m_jobs.empty());
    if (m_jobs.size() == 1) {
        m_jobsButton->setText(jobText(m_jobs.front().job));
    } else {
        m_jobsButton->setText(tr("%n job(s) running", nullptr, static_cast<int>(m_jobs.size())));
    }
    m_jobsButton->setAccessibleName(m_jobsButton->text());
}

void StatusLine::showDetails(QToolButton* button, const QString& title, const QStringList& lines)
{
    if (m_popover->anchor() == button) {
        m_popover->close();
        return;
    }
    QVBoxLayout* body = m_popover->clear(title);
    for (const QString& line : lines) {
        auto* label = new QLabel(line);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMinimumWidth(std::min(m_theme->px(kTextWidth), label->fontMetrics().horizontalAdvance(line) + 2));
        label->setMaximumWidth(m_theme->px(kTextWidth));
        setRole(label, "subtitle");
        body->addWidget(label);
    }
    m_popover->open(button);
}

void StatusLine::showJobs()
{
    if (m_jobs.empty()) {
        m_popover->close();
        return;
    }
    QVBoxLayout* body = m_popover->clear(tr("Running now"));
    for (const RunningJob& running : m_jobs) {
        auto* row = new QHBoxLayout;
        auto* label = new QLabel(jobText(running.job));
        label->setMinimumWidth(m_theme->px(200));
        auto* bar = new QProgressBar;
        bar->setTextVisible(false);
        bar->setFixedWidth(m_theme->px(120));
        bar->setRange(0, running.job.progress.total == 0 ? 0 : 1000);
        if (running.job.progress.total > 0) {
            bar->setValue(static_cast<int>(running.job.progress.done * 1000 / running.job.progress.total));
        }
        bar->setAccessibleName(label->text());
        auto* cancel = new QPushButton(tr("Cancel"));
        cancel->setAccessibleName(tr("Cancel: %1", "a running job").arg(running.job.text));
        connect(cancel, &QPushButton::clicked, this, running.cancel);
        row->addWidget(label, 1);
        row->addWidget(bar);
        row->addWidget(cancel);
        body->addLayout(row);
    }
    m_popover->open(m_jobsButton);
}

void StatusLine::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme->color(Token::Window));
    painter.fillRect(0, 0, width(), 1, m_theme->color(Token::Line));
}

} // namespace modscope::ui
