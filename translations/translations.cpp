// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "translations/translations.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

using namespace Qt::Literals::StringLiterals;

// A resource of a static library has to be named by somebody; outside of any namespace, as Qt asks.
static void initCatalogues()
{
    Q_INIT_RESOURCE(catalogues);
}

namespace vedette {

void installTranslations(QCoreApplication& application)
{
    initCatalogues();
    auto* translator = new QTranslator(&application);
    if (!translator->load(QLocale(), u"vedette"_s, u"_"_s, u":/i18n"_s) &&
        !translator->load(u":/i18n/vedette_en.qm"_s)) {
        delete translator;
        return;
    }
    QCoreApplication::installTranslator(translator);
}

} // namespace vedette
