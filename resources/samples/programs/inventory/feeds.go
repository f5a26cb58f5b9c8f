// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/getsentry/sentry-go"
)

type supplierItem struct {
	SKU   string `json:"sku"`
	Price int    `json:"price"`
}

func decodeFeed(data []byte) ([]supplierItem, error) {
	var items []supplierItem
	if err := json.Unmarshal(data, &items); err != nil {
		return nil, fmt.Errorf("decode supplier feed: %w", err)
	}
	return items, nil
}

func readFeed(variant int) {
	prices := []string{`"49,90"`, `true`, `[4990]`}
	if _, err := decodeFeed([]byte(`[{"sku":"lamp-40","price":` + prices[variant] + `}]`)); err != nil {
		current.failure(err)
	}
}

func openCounts(variant int) {
	name := fmt.Sprintf("/srv/inventory/counts/2026-w1%d.csv", variant)
	file, err := os.Open(name)
	if err != nil {
		current.failure(fmt.Errorf("open counts: %w", err))
		return
	}
	file.Close()
}

func waitForRobot(ctx context.Context, robot int) error {
	select {
	case <-ctx.Done():
		return fmt.Errorf("robot %d: %w", robot, ctx.Err())
	case <-time.After(time.Second):
		return nil
	}
}

func moveRobots(variant int) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if err := waitForRobot(ctx, 3+variant); err != nil {
		current.failure(err)
	}
}

func printLabels(variant int) {
	connection, err := net.DialTimeout("tcp", "127.0.0.1:9", time.Second)
	if err != nil {
		current.failure(fmt.Errorf("label printer %d: %w", variant+1, err))
		return
	}
	connection.Close()
}

func deliveryDate(text string) (time.Time, error) {
	return time.Parse("2006-01-02", text)
}

func planDeliveries(variant int) {
	text := []string{"31.03.2026", "2026-02-30", "tomorrow"}[variant]
	if _, err := deliveryDate(text); err != nil {
		current.failure(err)
	}
}

func weigh(reading interface{}) float64 {
	return reading.(float64)
}

func readScale(variant int) {
	readings := []interface{}{"overload", nil, int64(12)}
	current.failure(fmt.Errorf("%f kg", weigh(readings[variant])))
}

func publish(updates chan int, value int) {
	updates <- value
}

func closeShift(variant int) {
	updates := make(chan int, 4)
	close(updates)
	publish(updates, variant)
}

func lowBattery(variant int) {
	current.note("Scanner battery is low")
}

func driftedCount(variant int) {
	current.note("Counted stock differs from the books by more than 5 %")
}

func reindexed(variant int) {
	current.note("Stock index was rebuilt")
}

var tasks = []task{
	{"reserve-shortage", "reserve", "", reserve},
	{"bin-nil", "pick", "", pick},
	{"feed-price-type", "feed", "", readFeed},
	{"robot-deadline", "robots", sentry.LevelWarning, moveRobots},
	{"counted-map-nil", "count", "", count},
	{"shelf-out-of-range", "relabel", "", relabel},
	{"supplier-row", "import", "", importRows},
	{"printer-refused", "labels", "", printLabels},
	{"forecast-divide", "forecast", "", forecast},
	{"restock-no-rows", "restock", "", restock},
	{"counts-missing", "counts", "", openCounts},
	{"delivery-date", "deliveries", "", planDeliveries},
	{"scale-type", "scale", "", readScale},
	{"shift-closed-channel", "shift", "", closeShift},
	{"scanner-battery", "battery", sentry.LevelWarning, lowBattery},
	{"count-drift", "audit", sentry.LevelWarning, driftedCount},
	{"index-rebuilt", "reindex", sentry.LevelInfo, reindexed},
}
