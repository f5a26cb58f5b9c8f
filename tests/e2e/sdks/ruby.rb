# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ruby.rb DSN: an error that is raised and a message through sentry-ruby.
require "json"
require "logger"
require "sentry-ruby"

Sentry.init do |config|
  config.dsn = ARGV[0]
  config.release = "desk@1.2.0"
  config.environment = "staging"
  config.server_name = "desk-1"
  config.background_worker_threads = 0
  config.logger = Logger.new($stderr)
  config.traces_sample_rate = 1.0
end

def shelve(book)
  book.fetch(:shelf) + 1
end

Sentry.set_user(id: "41", email: "reader@example.org")
Sentry.set_tags(branch: "north")
Sentry.add_breadcrumb(Sentry::Breadcrumb.new(category: "desk", message: "book 812 scanned", level: "info"))
begin
  shelve({ title: "On shelves" })
rescue KeyError => error
  event = Sentry.capture_exception(error)
end
Sentry.capture_message("the desk closed 12 minutes late")
Sentry.start_transaction(name: "GET /shelves", op: "http.server")&.finish
puts JSON.generate(event: event.event_id)
