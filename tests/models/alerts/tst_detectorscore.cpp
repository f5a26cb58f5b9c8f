// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>
#include <map>

#include "models/alerts/detector.h"
#include "tests/models/alerts/spikescore.h"
#include "tests/support/main.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using tests::LabelledSeries;
using tests::score;
using tests::SpikeScore;

namespace {

core::TimePoint time(const QString& text)
{
    const auto parsed = core::parseTime(text.toStdString());
    if (!parsed)
        qFatal("no time: %s", qPrintable(text));
    return *parsed;
}

/// NAB's values have fractions: they are summed before they are rounded.
domain::Series readHours(const QString& path)
{
    std::map<core::TimePoint, double> sums;
    const QStringList lines = QString::fromUtf8(tests::readFile(path)).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines.mid(1)) {
        const QStringList cells = line.split(u',');
        const auto hour = std::chrono::floor<std::chrono::hours>(time(cells.at(0)));
        sums[hour] += cells.at(1).toDouble();
    }
    domain::Series out{std::chrono::hours(1), {}};
    for (const auto& [hour, sum] : sums)
        out.points.append({hour, qint64(std::llround(sum))});
    return alerts::toHours(out, out.points.last().start);
}

QList<LabelledSeries> readAll(const QString& folder)
{
    const QJsonObject labels =
        QJsonDocument::fromJson(tests::readFile(tests::sharedFixtures() + u"/spikes/labels.json"_s)).object();
    QList<LabelledSeries> out;
    for (const QString& path : tests::sharedFiles(u"spikes/"_s + folder, u"*.csv"_s)) {
        LabelledSeries series;
        series.name = folder + u'/' + QFileInfo(path).fileName();
        series.hours = readHours(path);
        const QJsonArray windows = labels.value(series.name).toObject().value("windows"_L1).toArray();
        for (const QJsonValue& value : windows) {
            const QJsonObject window = value.toObject();
            series.windows.append({time(window.value("start"_L1).toString()),
                time(window.value("end"_L1).toString()), window.value("direction"_L1).toString() == u"up"});
        }
        out.append(series);
    }
    return out;
}

QList<bool> ours(const domain::Series& hours)
{
    QList<bool> out;
    const auto verdicts = alerts::detect(hours, hours.points.last().start);
    for (const auto& verdict : verdicts)
        out.append(verdict.firing);
    return out;
}

void print(const QString& name, const SpikeScore& figures)
{
    qInfo("%-28s F1 %.2f  recall %.2f (%d of %d)  precision %.2f  false per series-week %.3f (%d)  delay "
          "%.1f h",
        qPrintable(name), figures.f1(), figures.recall(), figures.hits, figures.windows, figures.precision(),
        figures.falsePerWeek(), figures.falseAlarms, figures.medianDelayHours());
}

} // namespace

/// Scores the detector on the shared series by the rule of their README, beside mean + 3 sd.
class TestDetectorScore final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (tests::sharedFixtures().isEmpty())
            QSKIP(tests::sharedFixturesAbsent);
    }

    void synthetic()
    {
        const QList<LabelledSeries> all = readAll(u"synthetic"_s);
        QCOMPARE(all.size(), 18);
        const SpikeScore detector = score(all, ours);
        const SpikeScore baseline = score(all, tests::meanPlusThreeDeviations);
        print(u"synthetic, detector"_s, detector);
        print(u"synthetic, mean + 3 sd"_s, baseline);
        if (qEnvironmentVariableIsSet("VEDETTE_SCORE_EACH")) {
            for (const LabelledSeries& series : all)
                print(series.name, score({series}, ours));
        }
        QVERIFY(detector.f1() > baseline.f1());
        QVERIFY(detector.recall() >= baseline.recall());
        QVERIFY(detector.falsePerWeek() < baseline.falsePerWeek());
        QVERIFY(detector.falsePerWeek() <= 0.05);
        QVERIFY(detector.medianDelayHours() <= 1);
    }

    void nab()
    {
        const QList<LabelledSeries> all = readAll(u"nab"_s);
        QCOMPARE(all.size(), 12);
        const SpikeScore detector = score(all, ours);
        const SpikeScore baseline = score(all, tests::meanPlusThreeDeviations);
        print(u"nab, detector"_s, detector);
        print(u"nab, mean + 3 sd"_s, baseline);
        if (qEnvironmentVariableIsSet("VEDETTE_SCORE_EACH")) {
            for (const LabelledSeries& series : all)
                print(series.name, score({series}, ours));
        }
        QVERIFY(detector.falsePerWeek() < baseline.falsePerWeek());
        QVERIFY(detector.recall() >= 0.6);
    }
};

VEDETTE_TEST_MAIN(QCoreApplication, TestDetectorScore)
#include "tst_detectorscore.moc"
