// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/categories.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vedette::collector {
namespace {

template<std::size_t count>
std::string_view oneOf(
    const std::array<std::string_view, count>& all, std::string_view text, std::string_view otherwise)
{
    const auto found = std::find(all.begin(), all.end(), text);
    return found != all.end() ? *found : otherwise;
}

} // namespace

std::string_view categoryOfItem(std::string_view itemType)
{
    using Entry = std::pair<std::string_view, std::string_view>;
    static constexpr std::array<Entry, 28> categories = {{{"event", "error"}, {"transaction", "transaction"},
        {"attachment", "attachment"}, {"form_data", "attachment"}, {"user_report", "feedback"},
        {"feedback", "feedback"}, {"client_report", "internal"}, {"security", "security"},
        {"raw_security", "security"}, {"nel", "security"}, {"unreal_report", "error"}, {"session", "session"},
        {"sessions", "session"}, {"span", "span"}, {"otel_span", "span"}, {"otel_traces_data", "span"},
        {"log", "log_item"}, {"otel_log", "log_item"}, {"check_in", "monitor"}, {"profile", "profile"},
        {"profile_chunk", "profile"}, {"replay_event", "replay"}, {"replay_recording", "replay"},
        {"replay_video", "replay"}, {"statsd", "metric_bucket"}, {"metric_buckets", "metric_bucket"},
        {"metric_meta", "metric_bucket"}, {"trace_metric", "metric_bucket"}}};
    const auto found = std::find_if(
        categories.begin(), categories.end(), [&](const Entry& entry) { return entry.first == itemType; });
    return found != categories.end() ? found->second : "default";
}

std::string_view knownCategory(std::string_view category)
{
    static constexpr std::array<std::string_view, 20> known = {"default", "error", "transaction", "security",
        "attachment", "session", "profile", "profile_chunk", "replay", "span", "log_item", "log_byte",
        "monitor", "feedback", "metric_bucket", "trace_metric", "metric", "internal", "user_report_v2",
        "transaction_indexed"};
    return oneOf(known, category, "default");
}

std::string_view knownDiscardReason(std::string_view reason)
{
    static constexpr std::array<std::string_view, 18> known = {"queue_overflow", "cache_overflow",
        "buffer_overflow", "ratelimit_backoff", "network_error", "sample_rate", "before_send",
        "event_processor", "send_error", "internal_sdk_error", "insufficient_data", "backpressure", "ignored",
        "invalid", "no_parent_span", "too_big", "before_breadcrumb", "feature_disabled"};
    return oneOf(known, reason, "other");
}

} // namespace vedette::collector
