// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/collector/outcometext.h"

#include <QCoreApplication>

#include <array>
#include <string_view>

#include "models/core/text.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

struct Word
{
    std::string_view key;
    const char* text;
};

constexpr std::array reasons = {
    Word{"no_key", QT_TRANSLATE_NOOP("OutcomeText", "sent without a key")},
    Word{"wrong_key", QT_TRANSLATE_NOOP("OutcomeText", "unknown or inactive key")},
    Word{"keys_disagree", QT_TRANSLATE_NOOP("OutcomeText", "two keys that do not agree")},
    Word{"too_large", QT_TRANSLATE_NOOP("OutcomeText", "too large")},
    Word{"malformed", QT_TRANSLATE_NOOP("OutcomeText", "not readable")},
    Word{"encoding", QT_TRANSLATE_NOOP("OutcomeText", "packed in a way that cannot be read")},
    Word{"method", QT_TRANSLATE_NOOP("OutcomeText", "not a POST")},
    Word{"framing", QT_TRANSLATE_NOOP("OutcomeText", "HTTP that can be read in two ways")},
    Word{"foreign_host", QT_TRANSLATE_NOOP("OutcomeText", "meant for another machine")},
    Word{"overload", QT_TRANSLATE_NOOP("OutcomeText", "no memory left for it")},
    Word{"no_room", QT_TRANSLATE_NOOP("OutcomeText", "no memory left for its attachments")},
    Word{"storage", QT_TRANSLATE_NOOP("OutcomeText", "the disk refused it")},
    Word{"spotlight_off", QT_TRANSLATE_NOOP("OutcomeText", "sent to Spotlight, which is switched off")},
    Word{"discarded-hash", QT_TRANSLATE_NOOP("OutcomeText", "of an issue that is discarded")},
    Word{"truncated", QT_TRANSLATE_NOOP("OutcomeText", "cut off on the way")},
    Word{"not_kept", QT_TRANSLATE_NOOP("OutcomeText", "Vedette does not keep these")},
    Word{"project_disabled", QT_TRANSLATE_NOOP("OutcomeText", "the project is switched off")},
    Word{"error-type", QT_TRANSLATE_NOOP("OutcomeText", "filtered by error type")},
    Word{"error-message", QT_TRANSLATE_NOOP("OutcomeText", "filtered by message")},
    Word{"release-version", QT_TRANSLATE_NOOP("OutcomeText", "filtered by release")},
    Word{"browser-extensions", QT_TRANSLATE_NOOP("OutcomeText", "filtered: a browser extension's error")},
    Word{"localhost", QT_TRANSLATE_NOOP("OutcomeText", "filtered: a page on this machine")},
    Word{"project_limit", QT_TRANSLATE_NOOP("OutcomeText", "over the project's rate")},
    Word{"key_limit", QT_TRANSLATE_NOOP("OutcomeText", "over the key's rate")},
};

constexpr std::array categories = {
    Word{"error", QT_TRANSLATE_NOOP("OutcomeText", "errors")},
    Word{"envelope", QT_TRANSLATE_NOOP("OutcomeText", "requests")},
    Word{"request", QT_TRANSLATE_NOOP("OutcomeText", "requests")},
    Word{"security", QT_TRANSLATE_NOOP("OutcomeText", "browsers' reports")},
    Word{"transaction", QT_TRANSLATE_NOOP("OutcomeText", "transactions")},
    Word{"session", QT_TRANSLATE_NOOP("OutcomeText", "sessions")},
    Word{"attachment", QT_TRANSLATE_NOOP("OutcomeText", "attachments")},
    Word{"span", QT_TRANSLATE_NOOP("OutcomeText", "spans")},
    Word{"log_item", QT_TRANSLATE_NOOP("OutcomeText", "log lines")},
    Word{"monitor", QT_TRANSLATE_NOOP("OutcomeText", "check-ins")},
    Word{"profile", QT_TRANSLATE_NOOP("OutcomeText", "profiles")},
    Word{"replay", QT_TRANSLATE_NOOP("OutcomeText", "replays")},
    Word{"feedback", QT_TRANSLATE_NOOP("OutcomeText", "feedback")},
};

template<class Words>
QString wordFor(const Words& words, const QString& key)
{
    const QByteArray wanted = key.toUtf8();
    for (const Word& word : words) {
        if (wanted == QByteArrayView(word.key.data(), static_cast<qsizetype>(word.key.size())))
            return QCoreApplication::translate("OutcomeText", word.text);
    }
    return core::singleLine(key, 120);
}

} // namespace

QString reasonText(const domain::NotKept& row)
{
    if (row.outcome == "client_discard"_L1) {
        return QCoreApplication::translate("OutcomeText", "dropped by the SDK: %1", "the SDK's word for why")
            .arg(core::singleLine(row.reason, 120));
    }
    return wordFor(reasons, row.reason.isEmpty() ? row.outcome : row.reason);
}

QString categoryText(const QString& category)
{
    return wordFor(categories, category);
}

} // namespace vedette::views
