#pragma once

#include <array>
#include <stop_token>
#include <streambuf>

namespace modscope::cli {

/// Standard input that ends when a stop is requested, also while it waits for somebody to type.
class StandardInput : public std::streambuf {
public:
    explicit StandardInput(std::stop_token stop) : m_stop(std::move(stop)) {}

protected:
    int_type underflow() override;

private:
    std::stop_token m_stop;
    std::array<char, 65536> m_buffer{};
};

} // namespace modscope::cli
