# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The catalogue: records, search, subjects.
require "json"
require "erb"
require "yaml"
require "forwardable"

module Library
  module Catalogue
    class Subject
      attr_reader :narrower

      def initialize(name)
        @name = name
        @narrower = []
      end

      def count(depth = 0)
        raise SystemStackError, "subject #{@name} is #{depth} levels deep" if depth > 9

        1 + narrower.sum { |subject| subject.count(depth + 1) }
      end
    end

    class Record
      extend Forwardable
      def_delegators :@cover, :width

      def initialize(number)
        @number = number
        @fields = Hash.new { |_, key| raise KeyError, "record #{number} has no #{key}" }
      end

      def title
        @fields[:title].strip
      end

      def compare(other)
        raise NotImplementedError, "#{self.class} cannot be compared with #{other.class}"
      end

      private

      def purge; end
    end

    module_function

    def subjects(number)
      fado = Subject.new("Fado #{number}")
      music = Subject.new("Music")
      music.narrower << fado
      fado.narrower << music # each is narrower than the other
      music.count
    end

    def title(number)
      Record.new(number).title
    end

    def cover(number)
      Record.new(number).width
    end

    def purge(number)
      Record.new(number).purge
    end

    def compare(number)
      [Record.new(number), Record.new(2)].each_cons(2) { |first, second| first.compare(second) }
    end

    def sort(number)
      [number, "x#{number}", :title].sort
    end

    def search(number)
      Regexp.new("(?<title>[a-z]{#{number},1}").match("fado")
    end

    def import(number)
      JSON.parse(%({"copies": #{number}, "titles": ["Fado", }))
    end

    def settings(number)
      YAML.safe_load("branch: #{number}\nopens: !ruby/object:Object {}\n")
    end

    def label(number)
      ERB.new("<%= shelf %> / <%= #{number} %>").result(binding)
    end

    def shelf_mark(number)
      "Camões #{number}".encode("US-ASCII")
    end

    def latin(number)
      "Jo\xE3o #{number}".force_encoding("UTF-8").split(/ã/)
    end

    def isbn(number)
      Integer("97812345#{number}X")
    end

    FAULTS = {
      "subjects-recursion" => ->(n) { subjects(n) },
      "title-key-missing" => ->(n) { title(n) },
      "cover-delegate-nil" => ->(n) { cover(n) },
      "purge-private" => ->(n) { purge(n) },
      "compare-not-implemented" => ->(n) { compare(n) },
      "sort-mixed" => ->(n) { sort(n) },
      "search-pattern" => ->(n) { search(n) },
      "import-not-json" => ->(n) { import(n) },
      "settings-class" => ->(n) { settings(n) },
      "label-name" => ->(n) { label(n) },
      "shelf-mark-encoding" => ->(n) { shelf_mark(n) },
      "author-invalid-bytes" => ->(n) { latin(n) },
      "isbn-not-a-number" => ->(n) { isbn(n) },
    }.freeze
  end
end
