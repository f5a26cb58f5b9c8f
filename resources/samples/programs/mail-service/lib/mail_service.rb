# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the mail service does, job by job.
module MailService
  # A failure that goes away by itself.
  class Soft < StandardError; end
end

require "mail_service/composer"
require "mail_service/relay"
require "mail_service/lists"

module MailService
  JOBS = {
    "render-name-nil" => ->(variant) { Composer.new(variant).greeting },
    "relay-refused" => ->(variant) { Relay.new(variant).deliver },
    "template-key" => ->(variant) { Composer.new(variant).subject },
    "bounce-unreadable" => ->(variant) { Relay.new(variant).read_bounce },
    "date-invalid" => ->(variant) { Composer.new(variant).delivery_date },
    "encoding-subject" => ->(variant) { Composer.new(variant).encoded_subject },
    "frozen-footer" => ->(variant) { Composer.new(variant).footer },
    "attachment-missing" => ->(variant) { Composer.new(variant).attach_invoice },
    "relay-timeout" => ->(variant) { Relay.new(variant).greet },
    "open-rate-zero" => ->(variant) { Lists.new(variant).open_rate },
    "list-type" => ->(variant) { Lists.new(variant).total_subscribers },
    "partial-recursion" => ->(variant) { Composer.new(variant).layout },
    "address-japanese" => ->(variant) { Lists.new(variant).subscribe },
    "unsubscribe-pattern" => ->(variant) { Lists.new(variant).unsubscribe },
    "mailbox-full" => ->(variant) { Relay.new(variant).hand_over },
    "queue-growing" => lambda { |variant|
      Sentry.capture_message("Mail queue grows faster than it drains", level: :warning, extra: { waiting: 410 + variant })
    },
    "dkim-rotated" => ->(_variant) { Sentry.capture_message("DKIM key was rotated", level: :info) },
  }.freeze
end
