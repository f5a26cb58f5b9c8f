# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The exchange with other libraries: network, files, formats.
require "net/http"
require "socket"
require "timeout"
require "uri"
require "zlib"
require "csv"
require "openssl"
require "open3"

module Library
  module Exchange
    class ExchangeError < StandardError; end

    module_function

    def get(path)
      Net::HTTP.start("127.0.0.1", 9, open_timeout: 1) { |http| http.get(path) }
    end

    def request(number)
      get("/v2/loans/#{48_000 + number}")
    rescue SystemCallError
      raise ExchangeError, "the exchange does not answer for branch #{number % 17}"
    end

    def silent(number)
      listener = TCPServer.new("127.0.0.1", 0)
      line = TCPSocket.new("127.0.0.1", listener.addr[1])
      Timeout.timeout(0.05) { line.read(number + 1) }
    ensure
      line&.close
      listener&.close
    end

    def address(number)
      URI("https://exchange.example.org/a b/#{number}")
    end

    def locate(number)
      TCPSocket.new("branch-#{number}.invalid", 80)
    end

    def unpack(number)
      Zlib::Inflate.inflate("batch #{number}")
    end

    def rows(number)
      CSV.parse("copy,title\n#{number},\"Fado\n")
    end

    def export(number)
      File.open("/srv/library/out/#{number}/export.csv", "w") { |file| file << "copy" }
    end

    def manifest(number)
      File.read("/srv/library/lib").lines.first(number)
    end

    def key(number)
      OpenSSL::PKey::RSA.new("-----BEGIN RSA PRIVATE KEY-----\n#{number}\n-----END RSA PRIVATE KEY-----\n")
    end

    def cipher(number)
      OpenSSL::Cipher.new("aes-256-gcm").encrypt.tap { |cipher| cipher.key = "key #{number}" }
    end

    def convert(number)
      output, status = Open3.capture2e("/bin/sh", "-c", "echo record #{number}; exit 5")
      raise ExchangeError, "converter left with #{status.exitstatus}: #{output.strip}" unless status.success?
    end

    def scanner(number)
      Process.spawn("/srv/library/bin/scanner", "--terminal=#{number}")
    end

    FAULTS = {
      "request-refused-cause" => ->(n) { request(n) },
      "partner-silent" => ->(n) { silent(n) },
      "address-with-space" => ->(n) { address(n) },
      "branch-no-address" => ->(n) { locate(n) },
      "batch-not-packed" => ->(n) { unpack(n) },
      "rows-unclosed-quote" => ->(n) { rows(n) },
      "export-no-folder" => ->(n) { export(n) },
      "manifest-is-folder" => ->(n) { manifest(n) },
      "key-malformed" => ->(n) { key(n) },
      "cipher-key-length" => ->(n) { cipher(n) },
      "converter-exit" => ->(n) { convert(n) },
      "scanner-no-program" => ->(n) { scanner(n) },
    }.freeze
  end
end
