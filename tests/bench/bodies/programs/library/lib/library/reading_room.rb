# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The reading room: seats, queues, fibers.
module Library
  module ReadingRoom
    class Seat
      attr_accessor :reader

      def method_missing(name, *)
        name.end_with?("?") ? false : super
      end

      def respond_to_missing?(name, _) = name.end_with?("?")
    end

    module_function

    def seat(number)
      Seat.new.reserve(number)
    end

    def places(wanted:, floor:)
      [wanted, floor]
    end

    def reserve(number)
      places(wanted: number, flor: 2)
    end

    def arity(number)
      ->(first, second) { first + second }.call(number)
    end

    def queue(number)
      queue = Thread::Queue.new
      queue << number
      queue.pop
      queue.pop(true)
    end

    def turns(number)
      turns = [1, 2].each
      (3 + number % 2).times { turns.next }
    end

    def fiber(number)
      fiber = Fiber.new { number }
      2.times { fiber.resume }
    end

    def thread(number)
      worker = Thread.new { Integer("seat #{number}") }
      worker.report_on_exception = false
      worker.value
    end

    def plan(number)
      rows = Array.new(3) { |row| Array.new(4) { |seat| row * seat } }
      rows.fetch(number + 3).sum
    end

    def lamp(number)
      Comparable.instance_method(:clamp).bind_call(5, number + 10, number)
    end

    def light(number)
      Object.const_get("Lamp#{number}")
    end

    FAULTS = {
      "seat-no-method" => ->(n) { seat(n) },
      "reserve-keyword" => ->(n) { reserve(n) },
      "arity-wrong" => ->(n) { arity(n) },
      "queue-empty" => ->(n) { queue(n) },
      "turns-stop-iteration" => ->(n) { turns(n) },
      "fiber-dead" => ->(n) { fiber(n) },
      "thread-argument" => ->(n) { thread(n) },
      "plan-index" => ->(n) { plan(n) },
      "lamp-clamp" => ->(n) { lamp(n) },
      "light-constant" => ->(n) { light(n) },
    }.freeze
  end
end
