// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// main DSN: an error and a message through Go's SDK.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/getsentry/sentry-go"
)

var errNoShelf = errors.New("no shelf for book 812")

func shelve() error {
	return fmt.Errorf("shelve: %w", errNoShelf)
}

func main() {
	err := sentry.Init(sentry.ClientOptions{Dsn: os.Args[1], Release: "desk@1.2.0", Environment: "staging",
		ServerName: "desk-1", AttachStacktrace: true})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	sentry.ConfigureScope(func(scope *sentry.Scope) {
		scope.SetUser(sentry.User{ID: "41", Email: "reader@example.org"})
		scope.SetTag("branch", "north")
	})
	sentry.AddBreadcrumb(&sentry.Breadcrumb{Category: "desk", Message: "book 812 scanned", Level: sentry.LevelInfo})
	event := sentry.CaptureException(shelve())
	sentry.CaptureMessage("the desk closed 12 minutes late")
	if !sentry.Flush(20 * time.Second) {
		os.Exit(1)
	}
	fmt.Printf("{\"event\": \"%s\"}\n", *event)
}
