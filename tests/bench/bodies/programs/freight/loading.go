// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Loading: pallets into vehicles. What breaks here panics.
package main

import (
	"context"
	"fmt"
	"sync"
)

type pallet struct {
	code   string
	weight int
	next   *pallet
	stack  []*pallet
}

type vehicle struct {
	mutex  sync.Mutex
	plate  string
	loaded map[string]*pallet
	slots  []*pallet
}

func (v *vehicle) place(slot int, p *pallet) {
	v.slots[slot] = p
}

func (v *vehicle) register(p *pallet) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.loaded[p.code] = p
}

func loadAt(_ context.Context, n int) error {
	v := &vehicle{plate: fmt.Sprint("LX-", n), slots: make([]*pallet, 4)}
	for slot := 0; slot <= 4; slot++ {
		v.place(slot, &pallet{code: fmt.Sprint("P", slot)})
	}
	return nil
}

func loadUnregistered(_ context.Context, n int) error {
	v := &vehicle{plate: fmt.Sprint("LX-", n)}
	v.register(&pallet{code: "P1"})
	return nil
}

func lightest(p *pallet) int {
	if p.weight < p.next.weight {
		return p.weight
	}
	return lightest(p.next)
}

func weigh(_ context.Context, n int) error {
	chain := &pallet{weight: 900 - n, next: &pallet{weight: 400, next: &pallet{weight: 100}}}
	return fmt.Errorf("lightest is %d", lightest(chain))
}

func perPallet(weight, pallets int) int { return weight / pallets }

func average(_ context.Context, n int) error {
	return fmt.Errorf("%d kg each", perPallet(24000+n, len([]pallet{})))
}

func labelOf(thing interface{}) string { return thing.(fmt.Stringer).String() }

func label(_ context.Context, n int) error {
	return fmt.Errorf("label %s", labelOf(pallet{weight: n}))
}

func countOf(thing interface{}) int { return thing.(int) }

func count(_ context.Context, n int) error {
	return fmt.Errorf("%d pallets", countOf(fmt.Sprint(n)))
}

func upper(stack []*pallet, from int) []*pallet { return stack[from:2] }

func restack(_ context.Context, n int) error {
	upper(make([]*pallet, 4), 3+n%2)
	return nil
}

func closeTwice(_ context.Context, n int) error {
	gate := make(chan int, 1)
	close(gate)
	close(gate)
	return nil
}

func sendClosed(_ context.Context, n int) error {
	belt := make(chan *pallet, 1)
	close(belt)
	belt <- &pallet{weight: n}
	return nil
}

func (p *pallet) depth(level int) int {
	if level > 9 {
		panic(fmt.Sprintf("stack of pallet %s is higher than the door", p.code))
	}
	deepest := level
	for _, upper := range p.stack {
		if d := upper.depth(level + 1); d > deepest {
			deepest = d
		}
	}
	return deepest
}

func height(_ context.Context, n int) error {
	p := &pallet{code: fmt.Sprint("P", n)}
	p.stack = []*pallet{p} // stands on itself
	return fmt.Errorf("%d high", p.depth(0))
}

var loading = []fault{
	{"load-slot-out-of-range", loadAt},
	{"load-nil-map", loadUnregistered},
	{"weigh-nil-pallet", weigh},
	{"average-zero-pallets", average},
	{"label-not-stringer", label},
	{"count-not-int", count},
	{"restack-slice-bounds", restack},
	{"gate-closed-twice", closeTwice},
	{"belt-closed", sendClosed},
	{"height-own-panic", height},
}
