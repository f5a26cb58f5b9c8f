// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The stock keeping of the sample shop on sentry-go. Each task below breaks for real; what it is called is printed
// for record.py.
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/getsentry/sentry-go"
)

// A task is one thing the service does; its issue is what its fault is called in the recordings.
type task struct {
	issue string
	name  string
	level sentry.Level
	run   func(variant int)
}

// A report tells Sentry, from the place where something went wrong.
type report struct {
	hub   *sentry.Hub
	issue string
}

var current *report

func (r *report) failure(err error) { say(r.hub.CaptureException(err), r.issue) }

func (r *report) note(text string) { say(r.hub.CaptureMessage(text), r.issue) }

var warehouses = []string{"lisboa-1", "osaka-2", "reno-1"}

func trail(hub *sentry.Hub, name string, variant int) {
	add := func(kind, category, message string, data map[string]interface{}) {
		hub.AddBreadcrumb(&sentry.Breadcrumb{Type: kind, Category: category, Message: message, Data: data,
			Level: sentry.LevelInfo, Timestamp: time.Now()}, nil)
	}
	add("default", "queue", "took "+name+" from the queue", map[string]interface{}{"attempt": variant + 1})
	add("query", "query", "SELECT sku, on_hand FROM stock WHERE warehouse = $1", map[string]interface{}{"ms": 4})
	add("http", "http", "", map[string]interface{}{"method": "GET", "status_code": 200,
		"url": "https://shop.example.org/api/orders/open"})
}

// Runs one task as the service's dispatcher does: what panics is reported, and the service lives on.
func dispatch(hub *sentry.Hub, t task, variant int) {
	hub.WithScope(func(scope *sentry.Scope) {
		scope.SetTag("warehouse", warehouses[variant])
		scope.SetTag("task", t.name)
		scope.SetUser(sentry.User{ID: fmt.Sprint("scanner-", 11+variant), Username: fmt.Sprint("scanner-", 11+variant)})
		scope.SetContext("shelf", map[string]interface{}{"aisle": 4 + variant, "level": "B", "robots": 2})
		scope.SetTransaction("inventory." + t.name)
		scope.SetExtra("backlog", 40+variant*3)
		if t.level != "" {
			scope.SetLevel(t.level)
		}
		trail(hub, t.name, variant)
		defer func() {
			if fault := recover(); fault != nil {
				say(hub.Recover(fault), t.issue)
			}
		}()
		current = &report{hub: hub, issue: t.issue}
		t.run(variant)
	})
}

func say(id *sentry.EventID, issue string) {
	if id != nil {
		fmt.Println(strings.ReplaceAll(string(*id), "-", ""), issue)
	}
}

func main() {
	releases := []string{"inventory@1.12.0", "inventory@1.13.0", "inventory@1.13.0"}
	environments := []string{"production", "production", "staging"}
	for variant := range releases {
		err := sentry.Init(sentry.ClientOptions{
			Dsn:              os.Getenv("SENTRY_DSN"),
			Release:          releases[variant],
			Environment:      environments[variant],
			ServerName:       "inventory-1",
			AttachStacktrace: true,
			Transport:        sentry.NewHTTPSyncTransport(),
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		for _, t := range tasks {
			dispatch(sentry.CurrentHub(), t, variant)
		}
		sentry.Flush(10 * time.Second)
	}
}
