// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace vedette::core {

/// A call without arguments that may own things which cannot be copied (a promise, a statement).
/// std::move_only_function is C++23; this is the part of it that lanes and mailboxes need.
class UniqueFunction final
{
public:
    UniqueFunction() = default;

    template<class F>
    requires(!std::is_same_v<std::decay_t<F>, UniqueFunction>)
        UniqueFunction(F&& call) // NOLINT(bugprone-forwarding-reference-overload)
        : m_call(std::make_unique<Holder<std::decay_t<F>>>(std::forward<F>(call)))
    {}

    /// Runs the call. Must not be empty.
    void operator()() { m_call->run(); }

    explicit operator bool() const { return m_call != nullptr; }

private:
    struct Base
    {
        Base() = default;
        Base(const Base&) = delete;
        Base& operator=(const Base&) = delete;
        virtual ~Base() = default;
        virtual void run() = 0;
    };

    template<class F>
    struct Holder final : Base
    {
        explicit Holder(F&& f)
            : call(std::move(f))
        {}
        explicit Holder(const F& f)
            : call(f)
        {}
        void run() override { call(); }
        F call;
    };

    std::unique_ptr<Base> m_call;
};

} // namespace vedette::core
