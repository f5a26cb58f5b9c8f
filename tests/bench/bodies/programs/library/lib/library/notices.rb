# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is told rather than raised.
module Library
  module Notices
    TOLD = {
      "holds-grow" => lambda { |n|
        Sentry.capture_message("Holds grow faster than copies come home", level: :warning, extra: { waiting: 4100 + n, oldest: "2026-11-02" })
      },
      "index-rebuilt" => lambda { |n|
        Sentry.capture_message("Search index #{n} was rebuilt", level: :info,
          extra: { segments: Array.new(20) { |i| { id: Trail.token(n, i, 24), documents: Trail.drawn(n, i), bytes: Trail.drawn(i, n) } } })
      },
      "card-printer" => lambda { |n|
        Sentry.capture_message("Card printer is low on foil", level: :warning, fingerprint: ["card-printer", "foil"], extra: { left: n })
      },
    }.freeze
  end
end
