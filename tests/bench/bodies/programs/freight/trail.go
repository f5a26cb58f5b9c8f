// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Who works, and what a task leaves behind before it breaks.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"github.com/getsentry/sentry-go"
)

var (
	people  = []string{"blue.otter", "quiet-lynx", "tall_fern", "paper.kite", "north-star", "low.tide"}
	depots  = []string{"lisboa-1", "osaka-2", "reno-1", "tromso-4"}
	tables  = []string{"consignments", "vehicles", "manifests", "tariffs", "drivers", "pallets"}
	agents  = []string{"freight-scanner/3.1", "curl/8.5.0", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
	lengths = []int{10, 12, 14, 18, 24, 32, 44, 66}
)

func token(number int, salt interface{}, length int) string {
	sum := sha256.Sum256([]byte(fmt.Sprint(salt, ":", number)))
	return hex.EncodeToString(sum[:])[:length]
}

// Numbers that look drawn, and are the same in each recording.
func drawn(number int, salt interface{}) int {
	value, _ := strconv.ParseInt(token(number, salt, 7), 16, 64)
	return int(value)
}

func pick(list []string, number int) string { return list[number%len(list)] }

func crumb(hub *sentry.Hub, category, message string, data map[string]interface{}) {
	hub.AddBreadcrumb(&sentry.Breadcrumb{Type: "default", Category: category, Message: message, Data: data,
		Level: sentry.LevelInfo, Timestamp: time.Now()}, nil)
}

func trailCrumb(hub *sentry.Hub, n, i int) {
	switch drawn(n, fmt.Sprint("kind", i)) % 5 {
	case 0:
		crumb(hub, "query", fmt.Sprintf("SELECT * FROM %s WHERE depot = $1 AND consignment = $2 LIMIT %d", pick(tables, n+i), 20+i),
			map[string]interface{}{"params": []interface{}{pick(depots, n), drawn(n, i) % 900000}, "ms": drawn(i, n) % 70})
	case 1:
		crumb(hub, "http", "", map[string]interface{}{"method": pick([]string{"GET", "PUT"}, i), "status_code": 200 + i%5,
			"url": fmt.Sprintf("https://%s.example.org/v2/%s/%d", pick([]string{"fleet", "customs", "ledger"}, n+i), pick(tables, i), drawn(n, i))})
	case 2:
		crumb(hub, "scan", fmt.Sprintf("pallet %s passed gate %d at %d kg", token(n, i, 14), drawn(n, i)%40, drawn(i, n)%2400),
			map[string]interface{}{"scanner": fmt.Sprint("sc-", drawn(n, i)%300), "battery": drawn(i, n) % 100})
	case 3:
		crumb(hub, "queue", fmt.Sprintf("took job %d from %s after %d ms", drawn(n, i), pick(tables, i+1), drawn(i, n)%9000), nil)
	default:
		crumb(hub, "auth", fmt.Sprintf("badge %s of %s accepted", token(n, i, 24), pick(people, n*3)), nil)
	}
}

func leave(hub *sentry.Hub, n int) {
	hub.ConfigureScope(func(scope *sentry.Scope) {
		name, id := pick(people, n*3), fmt.Sprint(100000+drawn(n, "user")%50000)
		scope.SetUser(sentry.User{ID: id, Username: name + "-" + id, Email: name + "." + id + "@example.org",
			IPAddress: fmt.Sprintf("203.0.%d.%d", 100+n%99, 10+n%80)})
		scope.SetTag("depot", pick(depots, n))
		scope.SetTag("shard", fmt.Sprint("shard-", 10+n%40))
		scope.SetTag("carrier", pick([]string{"seaside", "parcelx", "northroad"}, n))
		scope.SetContext("consignment", map[string]interface{}{"id": 48000 + n, "pallets": 1 + n%30, "weight": drawn(n, "w") % 24000,
			"incoterm": pick([]string{"EXW", "DAP", "CIF"}, n), "sealed": n%2 == 0, "due": "2026-11-21T06:30:00Z"})
		if n%3 == 0 {
			stops := []interface{}{}
			for i := 0; i < 3+n%9; i++ {
				stops = append(stops, map[string]interface{}{"place": pick(depots, i), "at": drawn(n, i) % 86400, "load": drawn(i, n) % 2400,
					"seal": token(n, i, 12)})
			}
			scope.SetContext("tour", map[string]interface{}{"driver": fmt.Sprint("d-", drawn(n, "d")%5000), "stops": stops})
		}
		if n%4 == 1 {
			scope.SetExtra("weather", map[string]interface{}{"station": token(n, "s", 8), "wind": drawn(n, "wind") % 90, "rain": drawn(n, "rain") % 40})
		}
		scope.SetExtra("backlog", drawn(n, "backlog")%4000)
	})
	for i := 0; i < lengths[(n*5+2)%len(lengths)]; i++ {
		trailCrumb(hub, n, i)
	}
}
