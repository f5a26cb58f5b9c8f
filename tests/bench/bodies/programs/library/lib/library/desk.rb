# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The desk: serves one task in its layers, and reports what breaks in them.
module Library
  class Desk
    LAYERS = %i[measured authorised audited cached].freeze

    def initialize(number)
      @number = number
    end

    def serve(name, &work)
      Sentry.with_scope do |scope|
        scope.clear_breadcrumbs
        Trail.new(@number).leave(scope, name)
        scope.set_rack_env(environment(name)) if @number.odd?
        begin
          layered(LAYERS.first(@number % (LAYERS.size + 1)), &work)
        rescue StandardError, SystemStackError, NotImplementedError, NoMatchingPatternError => e
          Sentry.capture_exception(e, level: @number % 9 == 4 ? :warning : :error)
        end
      end
    end

    private

    def layered(layers, &work)
      return work.call(@number) if layers.empty?

      send(layers.first) { layered(layers.drop(1), &work) }
    end

    def measured
      began = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      yield
    ensure
      @took = Process.clock_gettime(Process::CLOCK_MONOTONIC) - began
    end

    def authorised
      badge = Trail.token(@number, :badge, 20)
      raise SecurityError, "badge #{badge} is locked" if badge.empty?

      yield
    end

    def audited
      result = yield
      Sentry.logger.info("task #{@number} done") if result == :loud
      result
    end

    def cached
      @cache ||= {}
      @cache.fetch(@number) { @cache[@number] = yield }
    end

    def environment(name)
      {
        "REQUEST_METHOD" => %w[GET POST PUT][@number % 3], "rack.url_scheme" => "https", "SERVER_NAME" => "library.example.org",
        "SERVER_PORT" => "443", "HTTP_HOST" => "library.example.org", "PATH_INFO" => "/desk/#{name.split('-').first}/#{48_000 + @number}",
        "QUERY_STRING" => "branch=#{@number % 17}&reader=#{Trail.drawn(@number, :reader)}", "REMOTE_ADDR" => "203.0.113.#{10 + @number}",
        "HTTP_USER_AGENT" => ["library-terminal/2.3", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"][@number % 2],
        "HTTP_X_REQUEST_ID" => Trail.token(@number, :request, 32), "HTTP_ACCEPT_LANGUAGE" => %w[pt-PT ja en][@number % 3],
        "rack.input" => StringIO.new("title=#{Trail.token(@number, :title, 12)}&copies=#{@number}")
      }
    end
  end
end
