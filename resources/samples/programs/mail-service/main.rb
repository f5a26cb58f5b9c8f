# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The mail service of the sample shop on sentry-ruby. Each job below breaks for real; what it is called is printed for
# record.py. `ruby main.rb RELEASE ENVIRONMENT VARIANT`.
require "sentry-ruby"
require "logger"
$LOAD_PATH.unshift(File.join(__dir__, "lib"))
require "mail_service"

RELEASE, ENVIRONMENT, VARIANT = ARGV[0], ARGV[1], Integer(ARGV[2])
USERS = [
  { id: "4101", username: "blue-otter", email: "blue-otter@example.org" },
  { id: "4113", username: "paper.kite", email: "paper.kite@example.com" },
  { id: "4131", username: "north-star", email: "north-star@example.net" },
].freeze

$issue = nil
Sentry.init do |config|
  config.dsn = ENV.fetch("SENTRY_DSN")
  config.release = RELEASE
  config.environment = ENVIRONMENT
  config.server_name = "mail-1"
  config.send_default_pii = true
  config.project_root = __dir__
  config.app_dirs_pattern = /(main\.rb|lib)/
  config.breadcrumbs_logger = %i[sentry_logger http_logger]
  config.background_worker_threads = 0
  config.logger = Logger.new($stderr)
  config.before_send = lambda do |event, _hint|
    puts "#{event.event_id.delete('-')} #{$issue}" if $issue
    event
  end
end

def crumb(category, message, type: "default", data: {})
  Sentry.add_breadcrumb(
    Sentry::Breadcrumb.new(category: category, message: message, type: type, data: data, level: "info"),
  )
end

def perform(issue, job)
  $issue = issue
  logger = Logger.new(File::NULL)
  Sentry.with_scope do |scope|
    scope.clear_breadcrumbs
    scope.set_user(**USERS[VARIANT])
    scope.set_tags(job: issue.split("-").first, template: %w[receipt shipped reset][VARIANT], relay: %w[eu ap us][VARIANT])
    scope.set_context("delivery", { attempt: VARIANT + 1, queue: "mail-default", campaign: VARIANT == 2 })
    scope.set_transaction_name("MailJob/#{issue.split('-').first}")
    crumb("queue", "took job #{7100 + VARIANT} from mail-default", data: { waited_ms: 12 })
    crumb("query", "SELECT * FROM templates WHERE name = $1", type: "query", data: { rows: 1 })
    crumb("http", nil, type: "http", data: { method: "GET", url: "https://shop.example.org/api/users/me", status_code: 200 })
    logger.info("rendering #{issue}")
    begin
      job.call(VARIANT)
    rescue MailService::Soft => e
      Sentry.capture_exception(e, level: :warning)
    rescue StandardError, SystemStackError, NotImplementedError => e
      Sentry.capture_exception(e)
    end
  end
  $issue = nil
end

MailService::JOBS.each { |issue, job| perform(issue, job) }
