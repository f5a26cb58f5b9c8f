// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/collector/snippets.h"

#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

QList<Snippet> snippets(const QString& dsn, const QUrl& collector)
{
    const QUrl url(dsn);
    const QString store = u"%1://%2/api%3/store/?sentry_key=%4"_s.arg(
        url.scheme(), url.authority(QUrl::PrettyDecoded).section(u'@', -1), url.path(), url.userName());
    return {
        {u"Python"_s, u"import sentry_sdk\n\nsentry_sdk.init(\"%1\")"_s.arg(dsn)},
        {u"Node"_s, u"const Sentry = require(\"@sentry/node\");\n\nSentry.init({ dsn: \"%1\" });"_s.arg(dsn)},
        {u"Browser"_s,
            u"import * as Sentry from \"@sentry/browser\";\n\nSentry.init({ dsn: \"%1\" });"_s.arg(dsn)},
        {u"PHP"_s, u"\\Sentry\\init(['dsn' => '%1']);"_s.arg(dsn)},
        {u"Ruby"_s, u"require \"sentry-ruby\"\n\nSentry.init { |config| config.dsn = \"%1\" }"_s.arg(dsn)},
        {u"Go"_s, u"sentry.Init(sentry.ClientOptions{Dsn: \"%1\"})"_s.arg(dsn)},
        {u"Java"_s, u"Sentry.init(options -> options.setDsn(\"%1\"));"_s.arg(dsn)},
        {u"C++"_s,
            u"sentry_options_t *options = sentry_options_new();\nsentry_options_set_dsn(options, \"%1\");\nsentry_init(options);"_s
                .arg(dsn)},
        {u"curl"_s,
            u"curl -H 'Content-Type: application/json' -d '{\"message\":\"hello\"}' '%1'"_s.arg(store)},
        {u"Spotlight"_s,
            u"# No DSN: SDKs that know Spotlight find the collector by themselves.\nexport SENTRY_SPOTLIGHT=%1/stream"_s
                .arg(collector.toString(QUrl::StripTrailingSlash))},
    };
}

} // namespace vedette::views
