// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/certificates.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QSslKey>

using namespace Qt::Literals::StringLiterals;

namespace vedette::tests {
namespace {

const QStringList ecKey = {u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s};

/// The form that `openssl ca` takes.
QString stamp(qint64 days)
{
    return QDateTime::currentDateTimeUtc().addDays(days).toString(u"yyyyMMddHHmmss'Z'"_s);
}

} // namespace

Certificates::Certificates()
{
    openssl(QStringList{u"req"_s, u"-x509"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                u"/CN=Vedette test CA"_s, u"-keyout"_s, file(u"ca.key"_s), u"-out"_s, file(u"ca.pem"_s)} +
            ecKey);
}

void Certificates::openssl(const QStringList& arguments) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(m_folder.path());
    process.start(u"openssl"_s, arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        qFatal("openssl: %s", process.readAll().constData());
}

void Certificates::make(const QString& name, const QString& subject, Life life) const
{
    const QString request = file(name + u".csr"_s);
    openssl(QStringList{u"req"_s, u"-new"_s, u"-nodes"_s, u"-subj"_s, u"/CN="_s + name, u"-keyout"_s,
                file(name + u".key"_s), u"-out"_s, request} +
            ecKey);
    // Only `ca` sets the first and the last day; it wants its records, and a configuration that names them.
    const QString settings = file(name + u".cnf"_s);
    write(name + u".index"_s, {});
    write(name + u".cnf"_s,
        "[ca]\ndefault_ca=d\n[d]\npolicy=p\nemail_in_dn=no\nunique_subject=no\nrand_serial=yes\n"
        "default_md=sha256\ndatabase=" +
            file(name + u".index"_s).toUtf8() + "\nnew_certs_dir=" + m_folder.path().toUtf8() +
            "\n[p]\ncommonName=supplied\n[e]\nbasicConstraints=critical,CA:FALSE\nsubjectAltName=" +
            subject.toUtf8() + '\n');
    const bool expired = life == Life::Expired;
    const qint64 first = life == Life::NotYetValid ? 10 : expired ? -20 : -1;
    openssl({u"ca"_s, u"-batch"_s, u"-notext"_s, u"-config"_s, settings, u"-extensions"_s, u"e"_s, u"-cert"_s,
        file(u"ca.pem"_s), u"-keyfile"_s, file(u"ca.key"_s), u"-startdate"_s, stamp(first), u"-enddate"_s,
        stamp(expired ? -10 : 20), u"-in"_s, request, u"-out"_s, file(name + u".pem"_s)});
}

void Certificates::makeSelfSigned(const QString& name, const QString& subject) const
{
    openssl(QStringList{u"req"_s, u"-x509"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN="_s + name,
                u"-addext"_s, u"subjectAltName="_s + subject, u"-addext"_s,
                u"basicConstraints=critical,CA:FALSE"_s, u"-keyout"_s, file(name + u".key"_s), u"-out"_s,
                file(name + u".pem"_s)} +
            ecKey);
}

void Certificates::makeClient(const QString& name, const QString& commonName, const QString& passphrase) const
{
    openssl(QStringList{u"req"_s, u"-x509"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN="_s + commonName,
                u"-passout"_s, u"pass:"_s + passphrase, u"-CA"_s, file(u"ca.pem"_s), u"-CAkey"_s,
                file(u"ca.key"_s), u"-keyout"_s, file(name + u".key"_s), u"-out"_s, file(name + u".pem"_s)} +
            ecKey);
}

void Certificates::write(const QString& name, const QByteArray& bytes) const
{
    QFile out(file(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
        qFatal("cannot write: %s", qPrintable(name));
}

QByteArray Certificates::read(const QString& name) const
{
    QFile in(file(name));
    if (!in.open(QIODevice::ReadOnly))
        qFatal("no such file: %s", qPrintable(name));
    return in.readAll();
}

QByteArray Certificates::pem(const QString& name) const
{
    return read(name + u".pem"_s);
}

QByteArray Certificates::key(const QString& name) const
{
    return read(name + u".key"_s);
}

QString Certificates::fingerprint(const QString& name) const
{
    return QString::fromLatin1(QSslCertificate(pem(name)).digest(QCryptographicHash::Sha256).toHex());
}

QSslConfiguration Certificates::server(const QString& name) const
{
    QSslConfiguration tls;
    tls.setLocalCertificateChain(QSslCertificate::fromData(pem(name)));
    tls.setPrivateKey(QSslKey(key(name), QSsl::Ec));
    return tls;
}

} // namespace vedette::tests
