// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A freight forwarder on sentry-go. Each fault below breaks for real; what it is called is printed for record.py.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/getsentry/sentry-go"
)

// A fault is one thing the service does; its name is what it is called in the recordings.
type fault struct {
	name string
	run  func(ctx context.Context, number int) error
}

// A handler does one piece of work; a layer wraps another one.
type handler func(ctx context.Context, number int) error
type layer func(next handler) handler

func withDeadline(next handler) handler {
	return func(ctx context.Context, number int) error {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		return next(ctx, number)
	}
}

func withTrail(next handler) handler {
	return func(ctx context.Context, number int) error {
		leave(sentry.GetHubFromContext(ctx), number)
		return next(ctx, number)
	}
}

func withRetry(next handler) handler {
	return func(ctx context.Context, number int) error {
		var err error
		for attempt := 0; attempt < 1+number%3; attempt++ {
			if err = next(ctx, number); err == nil {
				return nil
			}
			crumb(sentry.GetHubFromContext(ctx), "retry", fmt.Sprintf("attempt %d failed: %v", attempt, err), nil)
		}
		return err
	}
}

func withAudit(next handler) handler {
	return func(ctx context.Context, number int) error {
		defer crumb(sentry.GetHubFromContext(ctx), "audit", fmt.Sprintf("consignment %d was touched", 48000+number), nil)
		return next(ctx, number)
	}
}

func stacked(run handler, layers ...layer) handler {
	for i := len(layers) - 1; i >= 0; i-- {
		run = layers[i](run)
	}
	return run
}

func say(id *sentry.EventID, name string) {
	if id != nil {
		fmt.Println(strings.ReplaceAll(string(*id), "-", ""), name)
	}
}

func requestOf(number int, name string) *http.Request {
	url := fmt.Sprintf("https://freight.example.org/v1/%s/%d?depot=%s&trace=%s", strings.Split(name, "-")[0],
		48000+number, pick(depots, number), token(number, "trace", 16))
	request, _ := http.NewRequest(pick([]string{"GET", "POST", "PUT"}, number), url, nil)
	request.Header.Set("User-Agent", pick(agents, number))
	request.Header.Set("X-Request-Id", token(number, "request", 32))
	request.Header.Set("X-Forwarded-For", fmt.Sprintf("203.0.%d.%d", 100+number%99, 10+number%80))
	if number%2 == 0 {
		request.Header.Set("Accept-Language", pick([]string{"pt-PT", "ja", "en-GB"}, number))
		request.Header.Set("Referer", fmt.Sprintf("https://freight.example.org/desk/%d", drawn(number, "desk")%9000))
	}
	return request
}

// Serves one task as the service does: what panics is reported, and the service lives on.
func serve(f fault, number int) {
	hub := sentry.CurrentHub().Clone()
	hub.ConfigureScope(func(scope *sentry.Scope) {
		scope.SetRequest(requestOf(number, f.name))
		scope.SetTransaction("freight." + strings.Split(f.name, "-")[0])
	})
	defer func() {
		if broken := recover(); broken != nil {
			say(hub.Recover(broken), f.name)
		}
	}()
	layers := []layer{withTrail, withDeadline, withAudit, withRetry, withAudit, withDeadline}
	run := stacked(f.run, layers[:1+number%len(layers)]...)
	if err := run(sentry.SetHubOnContext(context.Background(), hub), number); err != nil {
		say(hub.CaptureException(err), f.name)
	}
}

func main() {
	err := sentry.Init(sentry.ClientOptions{
		Dsn:              os.Getenv("SENTRY_DSN"),
		Release:          "freight@1.47.2",
		Environment:      "production",
		ServerName:       "freight-03",
		AttachStacktrace: true,
		MaxBreadcrumbs:   90,
		Transport:        sentry.NewHTTPSyncTransport(),
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	number := 0
	for _, faults := range [][]fault{loading, routing, customs, ledger, fleet} {
		for _, f := range faults {
			if number%3 == 0 { // a worker's goroutine has a short stack
				var done sync.WaitGroup
				done.Add(1)
				go func() { defer done.Done(); serve(f, number) }()
				done.Wait()
			} else {
				serve(f, number)
			}
			number++
		}
	}
	for _, n := range notices {
		hub := sentry.CurrentHub().Clone()
		leave(hub, number)
		say(n.tell(hub, number), n.name)
		number++
	}
	sentry.Flush(10 * time.Second)
}
