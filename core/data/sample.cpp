#include "core/data/sample.h"

#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace modscope {

bool Sample::hasText() const
{
    const std::string clean = cleanUtf8(text, text.size()).utf8;
    for (std::size_t position = 0; position < clean.size();) {
        if (!isPythonWhitespace(nextCodePoint(clean, position))) {
            return true;
        }
    }
    return false;
}

} // namespace modscope
