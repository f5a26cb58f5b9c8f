# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
module MailService
  class InvalidAddress < ArgumentError; end

  # Who wants which mail.
  class Lists
    def initialize(variant)
      @variant = variant
    end

    def open_rate
      opened = 12 + @variant
      sent = 0
      percentage(opened, sent)
    end

    def total_subscribers
      counts = { "news" => 120, "offers" => ["1,200", nil, "many"][@variant] }
      add_up(counts.values)
    end

    def subscribe
      address = ["灯り@example", "電球@例え", "ランプ＠example.jp"][@variant]
      validate(address)
    end

    def unsubscribe
      pattern = ["lamp+*[", "(offers", "*all"][@variant]
      matching(%w[news offers], pattern)
    end

    private

    def percentage(part, whole)
      part * 100 / whole
    end

    def add_up(counts)
      counts.inject { |sum, count| sum + count }
    end

    def validate(address)
      raise InvalidAddress, "メールアドレスの形式が正しくありません: #{address}" unless address.match?(/\A[\w.+-]+@[\w-]+\.\w+\z/)
    end

    def matching(names, pattern)
      names.grep(Regexp.new(pattern))
    end
  end
end
