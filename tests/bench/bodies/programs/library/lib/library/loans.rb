# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Loans: lending, renewing, fines.
require "date"
require "bigdecimal"

module Library
  module Loans
    class LoanError < StandardError; end

    class Taken < LoanError
      def initialize(copy, reader)
        super("copy #{copy} is with reader #{reader}")
      end
    end

    Reader = Struct.new(:name, :card, keyword_init: true)

    module_function

    def card_of(reader)
      reader.card.fetch(:number)
    end

    def lend(number)
      readers = [Reader.new(name: "Ana", card: { number: number }), Reader.new(name: "Bea")]
      readers.map { |reader| card_of(reader) }
    end

    def take(copies, copy, reader)
      raise Taken.new(copy, copies[copy]) if copies.key?(copy)

      copies[copy] = reader
    end

    def lend_twice(number)
      copies = {}
      2.times { |time| take(copies, 771_000 + number, 4100 + time) }
    rescue Taken
      raise LoanError, "loan l-#{number} was not written"
    end

    def settle(number)
      lend_twice(number)
    rescue LoanError
      raise ArgumentError, "desk #{number} cannot settle"
    end

    def due(number)
      Date.new(2026, 2, 29 + number % 2)
    end

    def parse_due(number)
      Date.parse("the #{number}th of Smarch").then { |date| date + 14 }
    end

    def fine(days, rate)
      days * rate
    end

    def fines(number)
      [[3, 0.2], [number, 0.1], ["4", nil]].sum { |days, rate| fine(days, rate) }
    end

    def fine_per_day(number)
      (4990 + number) / (number - number)
    end

    def exact_fine(number)
      BigDecimal("#{number},20") + 1
    end

    def renew(number)
      limits = { adult: 3, child: 5 }.freeze
      limits[:"guest#{number}"] = 1
    end

    def state(number)
      case { state: "lost", copy: number }
      in { state: "lent" | "home", copy: Integer => copy } then copy
      end
    end

    FAULTS = {
      "lend-card-nil" => ->(n) { lend(n) },
      "lend-taken-cause" => ->(n) { lend_twice(n) },
      "settle-two-causes" => ->(n) { settle(n) },
      "due-invalid-date" => ->(n) { due(n) },
      "due-not-parsed" => ->(n) { parse_due(n) },
      "fines-string-times-nil" => ->(n) { fines(n) },
      "fine-zero-division" => ->(n) { fine_per_day(n) },
      "fine-decimal" => ->(n) { exact_fine(n) },
      "renew-frozen" => ->(n) { renew(n) },
      "state-no-pattern" => ->(n) { state(n) },
    }.freeze
  end
end
