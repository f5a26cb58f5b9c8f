// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QTest>

#include "tests/support/world.h"

/// The main() of every test program: a world of its own first, then the application, then the test.
/// `Application` is QCoreApplication, QGuiApplication or QApplication.
#define VEDETTE_TEST_MAIN(Application, TestClass)                                                            \
    int main(int argc, char** argv)                                                                          \
    {                                                                                                        \
        const vedette::tests::World world;                                                                   \
        Application app(argc, argv);                                                                         \
        TestClass test;                                                                                      \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
