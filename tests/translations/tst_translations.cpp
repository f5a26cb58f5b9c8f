// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "tests/support/main.h"
#include "translations/translations.h"

using namespace Qt::Literals::StringLiterals;

using namespace vedette;

namespace {

struct Message
{
    QString context, source, comment;
    QStringList forms;
};

QList<Message> messagesIn(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<Message> out;
    QString context;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name")
            context = xml.readElementText();
        else if (xml.name() == u"message")
            out.append({context, {}, {}, {}});
        else if (xml.name() == u"source")
            out.last().source = xml.readElementText();
        else if (xml.name() == u"comment")
            out.last().comment = xml.readElementText();
        else if (xml.name() == u"numerusform")
            out.last().forms.append(xml.readElementText());
    }
    return out;
}

QStringList keysOf(const QList<Message>& messages)
{
    QStringList out;
    for (const Message& message : messages)
        out.append(message.context + u" | "_s + message.source + u" | "_s + message.comment);
    out.sort();
    return out;
}

} // namespace

/// The catalogue holds what the sources say, and the program speaks by it.
class TestTranslations : public QObject
{
    Q_OBJECT

private slots:
    void catalogueHoldsEveryPluralOfTheSources();
    void everyPluralHasItsForms();
    void programSpeaksByTheCatalogue();

private:
    const QString m_catalogue = QStringLiteral(SOURCES "/translations/vedette_en.ts");
};

void TestTranslations::catalogueHoldsEveryPluralOfTheSources()
{
    const QTemporaryDir folder;
    const QString fresh = folder.filePath(u"fresh.ts"_s);
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(SOURCES));
    lupdate.start(
        QStringLiteral(LUPDATE), {u"-silent"_s, u"-I"_s, u"."_s, u"-pluralonly"_s, u"-locations"_s, u"none"_s,
                                     u"app"_s, u"models"_s, u"views"_s, u"-ts"_s, fresh});
    QVERIFY(lupdate.waitForFinished(120'000));
    QCOMPARE(lupdate.exitCode(), 0);
    const QStringList wanted = keysOf(messagesIn(fresh));
    QVERIFY(wanted.size() > 20);
    // A text without a class would never be found by the program: lupdate did not see the header.
    for (const QString& key : wanted)
        QVERIFY2(key.startsWith(u"vedette::"), qPrintable(key));
    QCOMPARE(keysOf(messagesIn(m_catalogue)), wanted); // else: cmake --build ... --target update_translations
}

void TestTranslations::everyPluralHasItsForms()
{
    const QList<Message> messages = messagesIn(m_catalogue);
    QVERIFY(!messages.isEmpty());
    for (const Message& message : messages) {
        QCOMPARE(message.forms.size(), 2);
        for (const QString& form : message.forms) {
            QVERIFY2(!form.isEmpty(), qPrintable(message.source));
            QVERIFY2(!form.contains(u"(s)"), qPrintable(form));
            QVERIFY2(form.contains(u"%n"), qPrintable(form));
        }
    }
}

void TestTranslations::programSpeaksByTheCatalogue()
{
    const QList<Message> messages = messagesIn(m_catalogue);
    installTranslations(*QCoreApplication::instance());
    for (const Message& message : messages) {
        const auto said = [&message](int n) {
            return QCoreApplication::translate(message.context.toUtf8().constData(),
                message.source.toUtf8().constData(),
                message.comment.isEmpty() ? nullptr : message.comment.toUtf8().constData(), n);
        };
        QCOMPARE(said(1), QString(message.forms[0]).replace(u"%n"_s, u"1"_s));
        QCOMPARE(said(5), QString(message.forms[1]).replace(u"%n"_s, u"5"_s));
    }
}

VEDETTE_TEST_MAIN(QCoreApplication, TestTranslations)
#include "tst_translations.moc"
