// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The fleet: vehicles report, workers wait. Also what is told rather than broken.
package main

import (
	"context"
	"fmt"
	"os/exec"
	"reflect"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/getsentry/sentry-go"
)

type byMileage []map[string]int

func (m byMileage) Len() int           { return len(m) + 1 } // one too many
func (m byMileage) Less(i, j int) bool { return m[i]["km"] < m[j]["km"] }
func (m byMileage) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }

func ranking(_ context.Context, n int) error {
	sort.Sort(byMileage{{"km": 3 + n}, {"km": 2}, {"km": 1}})
	return nil
}

func reported(_ context.Context, n int) error {
	reflect.ValueOf(vehicle{plate: "LX"}).FieldByName("plate").SetString(fmt.Sprint("LX-", n))
	return nil
}

func gather(_ context.Context, n int) error {
	var waiting sync.WaitGroup
	waiting.Add(1)
	waiting.Done()
	waiting.Done()
	return nil
}

func repeatLog(_ context.Context, n int) error {
	return fmt.Errorf("log %s", strings.Repeat("km ", 3-n))
}

func selfTest(ctx context.Context, n int) error {
	out, err := exec.CommandContext(ctx, "/bin/sh", "-c", fmt.Sprintf("echo vehicle %d; exit 4", n)).CombinedOutput()
	if err != nil {
		return fmt.Errorf("self test said %q: %w", out, err)
	}
	return nil
}

func tick(_ context.Context, n int) error {
	time.NewTicker(time.Duration(-n))
	return nil
}

func report(err error) { panic(err) }

func engine(_ context.Context, n int) error {
	report(fmt.Errorf("engine of LX-%d: %w", n, context.Canceled))
	return nil
}

var fleet = []fault{
	{"ranking-out-of-range", ranking},
	{"report-unexported-field", reported},
	{"gather-negative-counter", gather},
	{"log-negative-repeat", repeatLog},
	{"self-test-exit", selfTest},
	{"tick-not-positive", tick},
	{"engine-panics-with-error", engine},
}

type notice struct {
	name string
	tell func(hub *sentry.Hub, n int) *sentry.EventID
}

func gateQueue(hub *sentry.Hub, n int) *sentry.EventID {
	return hub.CaptureMessage(fmt.Sprintf("Gate queue grows: %d vehicles wait", 40+n))
}

func tyrePressure(hub *sentry.Hub, n int) *sentry.EventID {
	event := sentry.NewEvent()
	event.Level, event.Logger, event.Message = sentry.LevelWarning, "fleet.tyres", fmt.Sprintf("Tyre pressure of LX-%d falls", n)
	event.Fingerprint = []string{"tyre-pressure"}
	event.Extra["series"] = []int{n, n + 3, n + 5, drawn(n, 1) % 99, drawn(n, 2) % 99, drawn(n, 3) % 99, drawn(n, 4) % 99}
	return hub.CaptureEvent(event)
}

func rotated(hub *sentry.Hub, n int) *sentry.EventID {
	event := sentry.NewEvent()
	event.Level, event.Message = sentry.LevelInfo, "Badge keys were rotated"
	for i := 0; i < 24; i++ {
		event.Extra[fmt.Sprint("key ", i)] = token(n, i, 48)
	}
	return hub.CaptureEvent(event)
}

var notices = []notice{{"gate-queue", gateQueue}, {"tyre-pressure", tyrePressure}, {"keys-rotated", rotated}}
