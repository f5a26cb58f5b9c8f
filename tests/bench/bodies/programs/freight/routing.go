// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Routing: the way of a vehicle. Errors are wrapped on their way up.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"time"
)

var errNoRoad = errors.New("no road")

type RouteError struct {
	From, To string
	Leg      int
	Cause    error
}

func (e *RouteError) Error() string {
	return fmt.Sprintf("leg %d from %s to %s: %v", e.Leg, e.From, e.To, e.Cause)
}

func (e *RouteError) Unwrap() error { return e.Cause }

func road(from, to string) error {
	if from != to {
		return fmt.Errorf("%s to %s: %w", from, to, errNoRoad)
	}
	return nil
}

func plan(_ context.Context, n int) error {
	for leg := 0; leg < 3; leg++ {
		if err := road(pick(depots, n), pick(depots, n+leg)); err != nil {
			return &RouteError{pick(depots, n), pick(depots, n+leg), leg, err}
		}
	}
	return nil
}

func replan(ctx context.Context, n int) error {
	if err := plan(ctx, n); err != nil {
		return fmt.Errorf("tour t-%d cannot be planned: %w", 7100+n, fmt.Errorf("optimiser: %w", err))
	}
	return nil
}

func ask(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("traffic: %w", err)
	}
	answer, err := (&http.Client{Timeout: time.Second}).Do(request)
	if err != nil {
		return fmt.Errorf("traffic of %s: %w", request.URL.Host, err)
	}
	return answer.Body.Close()
}

func traffic(ctx context.Context, n int) error {
	return ask(ctx, fmt.Sprintf("http://127.0.0.1:9/v1/traffic/%d", 48000+n))
}

func trafficAddress(ctx context.Context, n int) error {
	return ask(ctx, fmt.Sprintf("http://traffic.example.org:port/%d", n))
}

func parseLink(_ context.Context, n int) error {
	_, err := url.Parse(fmt.Sprintf("https://freight.example.org/%%zz%d", n))
	return err
}

func resolve(_ context.Context, n int) error {
	_, err := net.ResolveTCPAddr("tcp", fmt.Sprintf("203.0.113.%d:gate", n))
	if err != nil {
		return fmt.Errorf("gate %d: %w", n, err)
	}
	return nil
}

func tooSlow(ctx context.Context, n int) error {
	ctx, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	<-ctx.Done()
	return fmt.Errorf("route of %d was not ready: %w", 48000+n, ctx.Err())
}

func loadMap(_ context.Context, n int) error {
	_, err := os.ReadFile(fmt.Sprintf("/srv/freight/maps/%s-%d.bin", pick(depots, n), n))
	if err != nil {
		return &RouteError{"here", "there", n, err}
	}
	return nil
}

func decodeTour(_ context.Context, n int) error {
	var tour struct{ Stops []int }
	if err := json.Unmarshal([]byte(fmt.Sprintf(`{"Stops": [1, 2, "%d"]}`, n)), &tour); err != nil {
		return fmt.Errorf("tour t-%d: %w", 7100+n, err)
	}
	return nil
}

func decodeBroken(_ context.Context, n int) error {
	var tour map[string]int
	return json.Unmarshal([]byte(fmt.Sprintf(`{"stops": %d, "load": [`, n)), &tour)
}

func pattern(_ context.Context, n int) error {
	_, err := regexp.Compile(fmt.Sprintf("(?P<depot>[a-z]+-%d", n))
	return err
}

func milestone(_ context.Context, n int) error {
	if _, err := strconv.Atoi(fmt.Sprint(n, "O")); err != nil {
		return fmt.Errorf("milestone: %w", err)
	}
	return nil
}

var routing = []fault{
	{"plan-no-road", plan},
	{"replan-wrapped-twice", replan},
	{"traffic-refused", traffic},
	{"traffic-bad-port", trafficAddress},
	{"link-bad-escape", parseLink},
	{"gate-unknown-port", resolve},
	{"route-deadline", tooSlow},
	{"map-missing", loadMap},
	{"tour-wrong-type", decodeTour},
	{"tour-cut-off", decodeBroken},
	{"depot-pattern", pattern},
	{"milestone-not-a-number", milestone},
}
