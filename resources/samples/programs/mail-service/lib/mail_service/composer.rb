# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
require "date"

module MailService
  # Turns templates and orders into mails.
  class Composer
    SUBJECTS = { receipt: "Your receipt", shipped: "It is on its way" }.freeze
    FOOTER = "The Lamp Shop".freeze

    def initialize(variant)
      @variant = variant
      @customers = { 4101 => { name: "-" } }
    end

    def greeting
      customer = find_customer(5000 + @variant)
      "Dear #{full_name(customer)},"
    end

    def subject
      kind = %i[reset reset_again invite][@variant]
      subject_of(kind)
    end

    def delivery_date
      text = ["31.02.2026", "next week", "2026-13-01"][@variant]
      parse_date(text).strftime("%A")
    end

    def encoded_subject
      subject = ["Grüße aus Lissabon", "領収書", "Ваш заказ"][@variant]
      encode(subject, Encoding::US_ASCII)
    end

    def footer
      sign(FOOTER)
    end

    def attach_invoice
      path = "/srv/mail-service/invoices/o-#{8120 + @variant}.pdf"
      read_attachment(path).bytesize
    end

    def layout
      partials = { "layout" => "header", "header" => "layout" }
      expand("layout", partials)
    end

    private

    def find_customer(id)
      @customers[id]
    end

    def full_name(customer)
      customer[:name].strip
    end

    def subject_of(kind)
      SUBJECTS.fetch(kind)
    end

    def parse_date(text)
      Date.strptime(text, "%Y-%m-%d")
    end

    def encode(text, charset)
      text.encode(charset)
    end

    def sign(text)
      text << ", Lisboa"
    end

    def read_attachment(path)
      File.binread(path)
    end

    # Partials include partials; two of them include each other, until the guard gives up.
    def expand(name, partials, depth = 0)
      raise SystemStackError, "partials nest deeper than 20: #{name}" if depth > 20

      expand(partials.fetch(name), partials, depth + 1)
    end
  end
end
