// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Item is what lies on a shelf.
type Item struct {
	SKU    string
	OnHand int
	Bin    *Bin
}

// Bin is where it lies.
type Bin struct{ Aisle, Shelf int }

// ShortageError tells how much is missing.
type ShortageError struct {
	SKU    string
	Wanted int
	OnHand int
}

func (e *ShortageError) Error() string {
	return fmt.Sprintf("%s: %d wanted, %d on hand", e.SKU, e.Wanted, e.OnHand)
}

var errNoRows = errors.New("no rows in result set")

func take(items map[string]*Item, sku string, quantity int) error {
	item := items[sku]
	if item.OnHand < quantity {
		return &ShortageError{SKU: sku, Wanted: quantity, OnHand: item.OnHand}
	}
	item.OnHand -= quantity
	return nil
}

func reserve(variant int) {
	items := map[string]*Item{"lamp-40": {SKU: "lamp-40", OnHand: variant}}
	if err := take(items, "lamp-40", 5); err != nil {
		current.failure(fmt.Errorf("reserve for order o-%d: %w", 8120+variant, err))
	}
}

func locate(item *Item) string {
	return fmt.Sprintf("%d/%d", item.Bin.Aisle, item.Bin.Shelf)
}

func pick(variant int) {
	route := []string{}
	for _, item := range []*Item{{SKU: "bulb-e27", OnHand: 9 + variant}} {
		route = append(route, locate(item))
	}
	current.failure(fmt.Errorf("a route of %d", len(route)))
}

func count(variant int) {
	var counted map[string]int
	for _, sku := range []string{"lamp-40", "shade-s"} {
		counted[sku] = 3 + variant
	}
}

func shelf(rows []string, number int) string {
	return rows[number]
}

func relabel(variant int) {
	rows := strings.Split("A,B,C", ",")
	current.failure(errors.New(shelf(rows, 4+variant)))
}

func parseRow(row string) (Item, error) {
	cells := strings.Split(row, ";")
	onHand, err := strconv.Atoi(cells[1])
	if err != nil {
		return Item{}, fmt.Errorf("row %q: %w", row, err)
	}
	return Item{SKU: cells[0], OnHand: onHand}, nil
}

func importRows(variant int) {
	rows := []string{"lamp-40;12", "shade-s;" + []string{"a dozen", "1O", "--"}[variant]}
	for number, row := range rows {
		if _, err := parseRow(row); err != nil {
			current.failure(fmt.Errorf("supplier file, line %d: %w", number+1, err))
		}
	}
}

func average(total, days int) int {
	return total / days
}

func forecast(variant int) {
	sold := []int{}
	current.failure(fmt.Errorf("%d a day", average(40+variant, len(sold))))
}

func lookUp(sku string) (*Item, error) {
	return nil, fmt.Errorf("stock of %s: %w", sku, errNoRows)
}

func restock(variant int) {
	if _, err := lookUp([]string{"lamp-400", "shade-xxl", "lamp-400"}[variant]); err != nil {
		current.failure(err)
	}
}
