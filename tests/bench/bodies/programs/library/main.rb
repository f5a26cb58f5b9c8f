# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A lending library on sentry-ruby. Each fault below breaks for real; what it is called is printed for record.py.
require "rack"
require "sentry-ruby"
require "logger"
$LOAD_PATH.unshift(File.join(__dir__, "lib"))

$fault = nil
Sentry.init do |config|
  config.dsn = ENV.fetch("SENTRY_DSN")
  config.release = "library@0.18.4"
  config.environment = "production"
  config.server_name = "library-02"
  config.send_default_pii = true
  config.project_root = __dir__
  config.app_dirs_pattern = /(main\.rb|lib)/
  config.breadcrumbs_logger = %i[sentry_logger http_logger]
  config.max_breadcrumbs = 80
  config.capture_exception_frame_locals = true
  config.background_worker_threads = 0
  config.logger = Logger.new($stderr)
  config.before_send = lambda do |event, _hint|
    puts "#{event.event_id.delete('-')} #{$fault}" if $fault
    event
  end
end

require "library/trail"
require "library/desk"
require "library/loans"
require "library/catalogue"
require "library/exchange"
require "library/reading_room"
require "library/notices"

FAULTS = [Library::Loans, Library::Catalogue, Library::Exchange, Library::ReadingRoom].flat_map { |part| part::FAULTS.to_a }

FAULTS.each_with_index do |(name, work), number|
  $fault = name
  Library::Desk.new(number).serve(name, &work)
end
Library::Notices::TOLD.each_with_index do |(name, tell), index|
  $fault = name
  Sentry.with_scope do |scope|
    Library::Trail.new(FAULTS.size + index).leave(scope, name)
    tell.call(FAULTS.size + index)
  end
end
