# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Who asks, and what a task leaves behind before it breaks.
require "digest"
require "time"

module Library
  class Trail
    PEOPLE = %w[blue.otter quiet-lynx tall_fern paper.kite north-star low.tide amber_moth].freeze
    TABLES = %w[loans copies readers branches fines holds].freeze
    LENGTHS = [1, 2, 4, 6, 8, 11, 15, 21].freeze

    def self.token(number, salt, length)
      Digest::SHA256.hexdigest("#{salt}:#{number}")[0, length]
    end

    # Numbers that look drawn, and are the same in each recording.
    def self.drawn(number, salt)
      token(number, salt, 7).to_i(16)
    end

    def initialize(number)
      @number = number
    end

    def leave(scope, name)
      identify(scope)
      scope.set_transaction_name("LibraryJob/#{name.split('-').first}")
      scope.set_extras(request: { id: Trail.token(@number, :request, 32), began: Time.now.utc.iso8601(3), waited: drawn(:waited) % 9000 })
      LENGTHS[(@number * 5 + 2) % LENGTHS.size].times { |index| crumb(index) }
    end

    private

    def drawn(salt)
      Trail.drawn(@number, salt)
    end

    def identify(scope)
      name = PEOPLE[@number * 3 % PEOPLE.size]
      id = (100_000 + drawn(:user) % 50_000).to_s
      scope.set_user(id: id, username: "#{name}-#{id}", email: "#{name}.#{id}@example.org", ip_address: "203.0.#{100 + @number}.#{10 + @number}")
      scope.set_tags(branch: "branch-#{@number % 17}", region: %w[lisboa osaka reno][@number % 3], shard: "shard-#{10 + @number % 40}")
      scope.set_tags(terminal: "t-#{Trail.token(@number, :terminal, 8)}") if @number.odd?
      scope.set_context("loan", { copy: drawn(:copy) % 900_000, renewals: @number % 4, due: "2026-12-#{10 + @number % 20}", shelf: "S#{100 + @number}" })
      if @number % 3 == 0
        scope.set_context("reader", { since: "2019-04-02", holds: Array.new(2 + @number % 7) { |i| { title: drawn("t#{i}"), place: 1 + i } } })
      end
      scope.set_extras(shelves: Array.new(3 + @number % 9) { |i| "S#{drawn("s#{i}") % 4000}" }) if @number % 4 == 1
    end

    def crumb(index)
      number = drawn("crumb#{index}")
      case drawn("kind#{index}") % 5
      when 0
        add("query", "SELECT * FROM #{TABLES[(@number + index) % 6]} WHERE reader = $1 AND copy = $2", type: "query", data: { params: [number % 900_000, index], ms: number % 60 })
      when 1
        add("http", nil, type: "http", data: { method: "GET", status_code: [200, 204, 404][index % 3],
          url: "https://#{%w[exchange covers mail][index % 3]}.example.org/v2/#{TABLES[index % 6]}/#{number}" })
      when 2
        add("logger", "#{PEOPLE[index % 7]} scanned copy #{number} at terminal #{Trail.token(@number, index, 10)}")
      when 3
        add("sidekiq", "took #{TABLES[index % 6]} job #{Trail.token(number, index, 24)} after #{number % 9000} ms", data: { retry: index % 3, queue: "default" })
      else
        add("auth", "session #{Trail.token(number, index, 26)} of #{PEOPLE[@number * 3 % 7]} renewed")
      end
    end

    def add(category, message, type: "default", data: {})
      Sentry.add_breadcrumb(Sentry::Breadcrumb.new(category: category, message: message, type: type, data: data, level: "info"))
    end
  end
end
