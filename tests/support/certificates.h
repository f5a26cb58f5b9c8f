// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace vedette::tests {

/// Certificates of a test's own, made with the openssl program and gone with the test: an authority that
/// nobody trusts unless told to, and what it signs. Names are those of the files.
class Certificates final
{
    Q_DISABLE_COPY_MOVE(Certificates)

public:
    /// Makes the authority.
    Certificates();

    enum class Life
    {
        Valid,
        Expired,
        NotYetValid
    };

    /// One that the authority signed, for `subject` as an alternative name: `IP:127.0.0.1`, `DNS:a.example`.
    void make(const QString& name, const QString& subject, Life life = Life::Valid) const;
    /// One that signed itself.
    void makeSelfSigned(const QString& name, const QString& subject) const;
    /// One of a client, with its key behind a passphrase.
    void makeClient(const QString& name, const QString& commonName, const QString& passphrase) const;

    [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray pem(const QString& name) const;
    [[nodiscard]] QByteArray key(const QString& name) const;
    [[nodiscard]] QByteArray authority() const { return pem(QStringLiteral("ca")); }
    [[nodiscard]] QString fingerprint(const QString& name) const;
    /// For a server that shows it.
    [[nodiscard]] QSslConfiguration server(const QString& name) const;

    /// Runs openssl in the folder; ends the program where it fails.
    void openssl(const QStringList& arguments) const;

private:
    void write(const QString& name, const QByteArray& bytes) const;
    [[nodiscard]] QByteArray read(const QString& name) const;

    QTemporaryDir m_folder;
};

} // namespace vedette::tests
