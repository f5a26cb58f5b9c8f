// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Content encodings: every one there and back, damaged in every place, and bombs.

#include <QTest>

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include "app/collector/http/decode.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;

namespace {

std::string deflated(std::string_view plain, int windowBits)
{
    z_stream stream{};
    if (deflateInit2(&stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("zlib");
    std::string out(deflateBound(&stream, plain.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("zlib");
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string packed(const QByteArray& how, std::string_view plain)
{
    if (how == "gzip")
        return deflated(plain, MAX_WBITS + 16);
    if (how == "zlib")
        return deflated(plain, MAX_WBITS);
    if (how == "raw")
        return deflated(plain, -MAX_WBITS);
    if (how == "br") {
        std::size_t size = BrotliEncoderMaxCompressedSize(plain.size()) + 64;
        std::string out(size, '\0');
        if (!BrotliEncoderCompress(5, 22, BROTLI_MODE_GENERIC, plain.size(),
                reinterpret_cast<const std::uint8_t*>(plain.data()), &size,
                reinterpret_cast<std::uint8_t*>(out.data())))
            qFatal("brotli");
        out.resize(size);
        return out;
    }
    std::string out(ZSTD_compressBound(plain.size()), '\0');
    const std::size_t size = ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), 3);
    out.resize(size);
    return out;
}

QByteArray encodingOf(const QByteArray& how)
{
    return how == "zlib" || how == "raw" ? QByteArray("deflate") : how;
}

std::string sample(std::size_t size)
{
    std::string out;
    for (unsigned i = 0; out.size() < size; ++i)
        out += "{\"line\":" + std::to_string(i * 2'654'435'761U) + "}";
    out.resize(size);
    return out;
}

} // namespace

class TestDecode final : public QObject
{
    Q_OBJECT

private slots:
    void roundTrips_data() { hows(); }
    void roundTrips();
    void refusesDamage_data() { hows(); }
    void refusesDamage();
    void stopsBombs_data() { hows(); }
    void stopsBombs();
    void readsSeveralGzipMembers();
    void passesPlainOn_data();
    void passesPlainOn();
    void refusesUnknownEncodings();
    void passesTheSinksErrorOn();
    void refusesHugeZstdWindows();

private:
    static void hows();
};

void TestDecode::hows()
{
    QTest::addColumn<QByteArray>("how");
    for (const char* how : {"gzip", "zlib", "raw", "br", "zstd"})
        QTest::newRow(how) << QByteArray(how);
}

void TestDecode::roundTrips()
{
    QFETCH(const QByteArray, how);
    for (const std::size_t size :
        {std::size_t(0), std::size_t(1), std::size_t(10'000), std::size_t(400'000)}) {
        const std::string plain = sample(size);
        const auto out = unpacked(encodingOf(how).toStdString(), packed(how, plain), 400'000);
        QVERIFY2(out.has_value(), out ? "" : qPrintable(out.error().detail));
        QVERIFY(*out == plain);
    }
    // The name in any case, and with spaces around it.
    QVERIFY(unpacked(' ' + encodingOf(how).toUpper().toStdString() + ' ', packed(how, "x"), 10).has_value());
}

void TestDecode::refusesDamage()
{
    QFETCH(const QByteArray, how);
    const std::string encoding = encodingOf(how).toStdString();
    const std::string plain = sample(2'000);
    const std::string whole = packed(how, plain);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto out = unpacked(encoding, whole.substr(0, size), 10'000);
        QVERIFY2(!out.has_value(), qPrintable(QString::number(size)));
        QCOMPARE(out.error().kind, core::ErrorKind::Malformed);
    }
    const auto more = unpacked(encoding, whole + "more", 10'000);
    QVERIFY(!more.has_value());
    QCOMPARE(more.error().kind, core::ErrorKind::Malformed);
    // Any byte may be wrong; whatever comes of it, it comes within the limit (and the asan preset watches).
    for (std::size_t i = 0; i < whole.size(); i += 7) {
        std::string wrong = whole;
        wrong[i] = static_cast<char>(wrong[i] ^ 0x55);
        const auto out = unpacked(encoding, wrong, 10'000);
        QVERIFY(!out || out->size() <= 10'000);
    }
}

void TestDecode::stopsBombs()
{
    QFETCH(const QByteArray, how);
    const std::string bomb = packed(how, std::string(30'000'000, 'a'));
    QVERIFY(bomb.size() < 40'000);
    std::size_t passed = 0;
    std::size_t largest = 0;
    const auto out = unpack(encodingOf(how).toStdString(), bomb, 1'000'000, [&](std::string_view piece) {
        passed += piece.size();
        largest = std::max(largest, piece.size());
        return core::Result<void>();
    });
    QVERIFY(!out.has_value());
    QCOMPARE(out.error().kind, core::ErrorKind::TooLarge);
    QVERIFY(passed <= 1'000'000);
    QVERIFY(largest <= 128 * 1024);
}

void TestDecode::readsSeveralGzipMembers()
{
    const auto out = unpacked("gzip", packed("gzip", "one ") + packed("gzip", "two"), 100);
    QVERIFY(out.has_value());
    QCOMPARE(*out, std::string("one two"));
}

void TestDecode::passesPlainOn_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("identity") << QByteArray("identity");
}

void TestDecode::passesPlainOn()
{
    QFETCH(const QByteArray, encoding);
    QCOMPARE(unpacked(encoding.toStdString(), "hello", 5).value_or(""), std::string("hello"));
    const auto large = unpacked(encoding.toStdString(), "hello!", 5);
    QVERIFY(!large.has_value());
    QCOMPARE(large.error().kind, core::ErrorKind::TooLarge);
}

void TestDecode::refusesUnknownEncodings()
{
    for (const char* encoding : {"compress", "gzip, br", "*", "gzipx"}) {
        const auto out = unpacked(encoding, "hello", 5);
        QVERIFY(!out.has_value());
        QCOMPARE(out.error().kind, core::ErrorKind::Unsupported);
    }
}

void TestDecode::passesTheSinksErrorOn()
{
    const auto out = unpack("gzip", packed("gzip", "hello"), 100,
        [](std::string_view) -> core::Result<void> { return core::fail(core::ErrorKind::Busy); });
    QVERIFY(!out.has_value());
    QCOMPARE(out.error().kind, core::ErrorKind::Busy);
}

void TestDecode::refusesHugeZstdWindows()
{
    // A small frame that asks its reader for 64 MB.
    const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, 26);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
    std::string out(1'000, '\0');
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    ZSTD_inBuffer in{"hello", 5, 0};
    ZSTD_compressStream2(context.get(), &to, &in, ZSTD_e_flush);
    ZSTD_compressStream2(context.get(), &to, &in, ZSTD_e_end);
    out.resize(to.pos);
    const auto read = unpacked("zstd", out, 1'000);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().kind, core::ErrorKind::Malformed);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDecode)
#include "tst_unpack.moc"
