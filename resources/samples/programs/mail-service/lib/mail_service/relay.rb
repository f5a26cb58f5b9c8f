# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
require "json"
require "socket"
require "timeout"

module MailService
  class DeliveryFailed < StandardError; end
  class MailboxFull < Soft; end

  # Hands mails to the next server.
  class Relay
    def initialize(variant)
      @variant = variant
      @host = %w[mx-eu.example.net mx-ap.example.net mx-us.example.net][variant]
    end

    def deliver
      connect("127.0.0.1", 9)
    rescue SystemCallError
      raise DeliveryFailed, "#{@host} takes no mail"
    end

    def read_bounce
      notices = ["550 no such user", "{status: 5.1.1}", "[]]"]
      parse_notice(notices[@variant])["status"]
    end

    def greet
      Timeout.timeout(0.02) { wait_for_banner }
    end

    def hand_over
      answer = "452 4.2.2 mailbox of recipient #{@variant + 1} is full"
      check(answer)
    end

    private

    def connect(host, port)
      TCPSocket.new(host, port, connect_timeout: 1)
    end

    def parse_notice(text)
      JSON.parse(text)
    end

    def wait_for_banner
      reader, = IO.pipe
      reader.readpartial(64)
    end

    def check(answer)
      raise MailboxFull, answer.delete_prefix("452 ") if answer.start_with?("452")
    end
  end
end
