#include "ui/pages/page.h"

namespace modscope::ui {

DropOffer Page::dropOffer(const QMimeData& /*data*/) const
{
    return {};
}

void Page::drop(const QMimeData& /*data*/) {}

void Page::cancelJob(const QString& /*id*/) {}

void Page::goTo(const QVariant& /*place*/) {}

void Page::restoreState(const QByteArray& /*state*/) {}

} // namespace modscope::ui
