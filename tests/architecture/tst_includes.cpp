// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The include graph is the architecture: reads every #include line of the product and fails on an arrow that
// rooms.txt does not list.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include "tests/support/main.h"

using namespace Qt::Literals::StringLiterals;

namespace {

/// Headers of libraries outside, by the start of their name, and the word that rooms.txt uses for them.
const QList<std::pair<QString, QString>>& outsideHeaders()
{
    static const QList<std::pair<QString, QString>> headers = {
        {u"simdjson"_s, u"<simdjson>"_s},
        {u"SQLiteCpp"_s, u"<sqlite>"_s},
        {u"sqlite3"_s, u"<sqlite>"_s},
        {u"gperftools"_s, u"<tcmalloc>"_s},
        {u"microhttpd"_s, u"<microhttpd>"_s},
        {u"zlib"_s, u"<zlib>"_s},
        {u"brotli"_s, u"<brotli>"_s},
        {u"zstd"_s, u"<zstd>"_s},
        {u"zdict"_s, u"<zstd>"_s},
        {u"qt6keychain"_s, u"<keychain>"_s},
        {u"QNetwork"_s, u"<network>"_s},
        {u"QTcp"_s, u"<network>"_s},
        {u"QSsl"_s, u"<network>"_s},
        {u"QHostAddress"_s, u"<network>"_s},
        {u"QLocalS"_s, u"<network>"_s}, // QLocalServer and QLocalSocket, not QLocale
        {u"QDBus"_s, u"<dbus>"_s},
        {u"QChart"_s, u"<charts>"_s},
        {u"QBar"_s, u"<charts>"_s},
        {u"QSvg"_s, u"<svg>"_s},
        {u"QColor"_s, u"<gui>"_s},
        {u"QFont"_s, u"<gui>"_s},
        {u"QIcon"_s, u"<gui>"_s},
        {u"QPainter"_s, u"<gui>"_s},
        {u"QPixmap"_s, u"<gui>"_s},
        {u"QImage"_s, u"<gui>"_s},
        {u"QWidget"_s, u"<widgets>"_s},
        {u"QApplication"_s, u"<widgets>"_s},
        {u"QLabel"_s, u"<widgets>"_s},
        {u"QMainWindow"_s, u"<widgets>"_s},
        {u"QDialog"_s, u"<widgets>"_s},
        {u"QSystemTrayIcon"_s, u"<widgets>"_s},
    };
    return headers;
}

struct Room
{
    QString name;
    QSet<QString> allowed;
};

QList<Room> readRooms(QString* fault)
{
    QList<Room> rooms;
    QFile file(QStringLiteral(VEDETTE_ROOMS));
    if (!file.open(QIODevice::ReadOnly)) {
        *fault = file.errorString();
        return rooms;
    }
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString& line : lines) {
        if (line.startsWith(u'#') || line.trimmed().isEmpty())
            continue;
        const qsizetype colon = line.indexOf(u':');
        const QStringList allowed = line.mid(colon + 1).split(u' ', Qt::SkipEmptyParts);
        rooms.append({line.left(colon).trimmed(), QSet<QString>(allowed.begin(), allowed.end())});
    }
    return rooms;
}

/// The most specific room that holds the path; nothing outside the house.
const Room* roomOf(const QList<Room>& rooms, const QString& path)
{
    const Room* best = nullptr;
    for (const Room& room : rooms) {
        if (path.startsWith(room.name + u'/') && (!best || room.name.size() > best->name.size()))
            best = &room;
    }
    return best;
}

QString outside(const QString& header)
{
    for (const auto& [start, word] : outsideHeaders()) {
        if (header.startsWith(start))
            return word;
    }
    return {};
}

} // namespace

class TestIncludes final : public QObject
{
    Q_OBJECT

private slots:
    void everyArrowIsListed();
    void roomsNameOnlyRooms();
    void everyFileHasItsLicence();
};

void TestIncludes::everyArrowIsListed()
{
    QString fault;
    const QList<Room> rooms = readRooms(&fault);
    QVERIFY2(!rooms.isEmpty(), qPrintable(fault));
    static const QRegularExpression line(
        uR"re(^\s*#\s*include\s*(["<])([^">]+)[">])re"_s, QRegularExpression::MultilineOption);
    const QDir root(QStringLiteral(VEDETTE_SOURCE_DIR));
    QStringList faults;
    int seen = 0;
    for (const QString& top : {u"app"_s, u"models"_s, u"views"_s}) {
        QDirIterator it(
            root.filePath(top), {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = root.relativeFilePath(it.next());
            QFile file(root.filePath(path));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const Room* room = roomOf(rooms, path);
            if (!room) {
                faults << path + u" stands in no room"_s;
                continue;
            }
            auto matches = line.globalMatch(QString::fromUtf8(file.readAll()));
            while (matches.hasNext()) {
                const auto match = matches.next();
                const QString header = match.captured(2);
                const bool ours = match.captured(1) == u'"';
                ++seen;
                if (!ours) {
                    const QString word = outside(header);
                    if (!word.isEmpty() && !room->allowed.contains(word))
                        faults << u"%1 includes <%2>, but %3 may not use %4"_s.arg(
                            path, header, room->name, word);
                    continue;
                }
                if (!header.contains(u'/')) {
                    if (!header.endsWith(u".moc"_s))
                        faults << u"%1 includes \"%2\": write it from the repository root"_s.arg(
                            path, header);
                    continue;
                }
                const Room* target = roomOf(rooms, header);
                if (!target)
                    faults << u"%1 includes %2, which stands in no room"_s.arg(path, header);
                else if (target != room && !room->allowed.contains(target->name) &&
                         !(room->name == u"app"_s && target->name.startsWith(u"app/"_s)))
                    faults << u"%1 includes %2, but %3 may not use %4"_s.arg(
                        path, header, room->name, target->name);
            }
        }
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    QVERIFY2(seen > 50, "the test found hardly any #include line: it looks in the wrong place");
}

void TestIncludes::roomsNameOnlyRooms()
{
    QString fault;
    const QList<Room> rooms = readRooms(&fault);
    QSet<QString> names;
    for (const Room& room : rooms)
        names << room.name;
    QSet<QString> words;
    for (const auto& [start, word] : outsideHeaders())
        words << word;
    for (const Room& room : rooms) {
        for (const QString& name : room.allowed)
            QVERIFY2(
                names.contains(name) || words.contains(name), qPrintable(room.name + u" names "_s + name));
    }
}

void TestIncludes::everyFileHasItsLicence()
{
    const QDir root(QStringLiteral(VEDETTE_SOURCE_DIR));
    QStringList without;
    for (const QString& top : {u"app"_s, u"models"_s, u"views"_s, u"tests"_s, u"resources"_s}) {
        QDirIterator it(root.filePath(top),
            {u"*.h"_s, u"*.cpp"_s, u"*.sql"_s, u"*.py"_s, u"*.mjs"_s, u"*.sh"_s, u"*.rb"_s, u"*.go"_s,
                u"*.svg"_s, u"CMakeLists.txt"_s},
            QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            if (!file.read(600).contains("SPDX-License-Identifier: GPL-3.0-or-later"))
                without << root.relativeFilePath(file.fileName());
        }
    }
    QVERIFY2(without.isEmpty(), qPrintable(u"no SPDX head: "_s + without.join(u", "_s)));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestIncludes)
#include "tst_includes.moc"
