// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QHeaderView>
#include <QMainWindow>
#include <QTableWidget>

#include "app/startupreport.h"

using namespace Qt::Literals::StringLiterals;

/// The least that a Qt program with a list can be: a main window with a table of 100 rows.
int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    vedette::app::StartupReport::installIfWanted();
    QMainWindow window;
    auto* table = new QTableWidget(100, 6, &window);
    table->setObjectName(u"issueList"_s); // what the stopwatch looks for
    for (int row = 0; row < table->rowCount(); ++row) {
        for (int column = 0; column < table->columnCount(); ++column)
            table->setItem(row, column, new QTableWidgetItem(u"row %1, column %2"_s.arg(row).arg(column)));
    }
    window.setCentralWidget(table);
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
