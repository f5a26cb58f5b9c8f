// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Customs and the ledger: papers, signatures, sums. Errors carry their own stacks here.
package main

import (
	"compress/gzip"
	"context"
	"crypto/aes"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/hex"
	"encoding/pem"
	"encoding/xml"
	"fmt"
	"io"
	"math/big"
	"strings"
	"text/template"
	"time"

	"github.com/pkg/errors"
)

func readPaper(text string) error {
	var paper struct {
		Code string `xml:"code"`
	}
	return errors.Wrap(xml.Unmarshal([]byte(text), &paper), "paper is not readable")
}

func declare(_ context.Context, n int) error {
	if err := readPaper(fmt.Sprintf("<paper><code>%d</cod></paper>", n)); err != nil {
		return errors.Wrapf(err, "declaration %d", 48000+n)
	}
	return nil
}

func seal(secret []byte) error {
	_, err := aes.NewCipher(secret)
	return errors.WithStack(err)
}

func sealPaper(_ context.Context, n int) error { return seal([]byte(fmt.Sprint("seal-", n))) }

func certificate(_ context.Context, n int) error {
	block, _ := pem.Decode([]byte("-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n"))
	_, err := x509.ParseCertificate(block.Bytes)
	return errors.Wrapf(err, "certificate of broker %d", n)
}

func unpackAnswer(_ context.Context, n int) error {
	_, err := gzip.NewReader(strings.NewReader(fmt.Sprintf("answer %d of the customs office", n)))
	return errors.WithMessage(err, "answer is not packed")
}

func tariffRows(_ context.Context, n int) error {
	_, err := csv.NewReader(strings.NewReader(fmt.Sprintf("code,rate\n8471,%d\n8528,3,7\n", n))).ReadAll()
	return errors.Wrap(err, "tariff table")
}

func tariffCode(_ context.Context, n int) error {
	_, err := hex.DecodeString(fmt.Sprintf("84%dxyz", n))
	return errors.Wrap(err, "tariff code")
}

func stamp(_ context.Context, n int) error {
	_, err := base64.StdEncoding.DecodeString(fmt.Sprintf("c3RhbXA%d=?", n))
	return errors.Errorf("stamp of %d is smudged: %v", n, err)
}

var customs = []fault{
	{"declare-broken-xml", declare},
	{"seal-key-size", sealPaper},
	{"certificate-malformed", certificate},
	{"answer-not-gzip", unpackAnswer},
	{"tariff-field-count", tariffRows},
	{"tariff-code-hex", tariffCode},
	{"stamp-base64", stamp},
}

type LedgerError struct {
	Account string
	Cents   *big.Int
}

func (e LedgerError) Error() string {
	return fmt.Sprintf("account %s is off by %s cents", e.Account, e.Cents)
}

func balance(account string, cents ...int64) error {
	sum := new(big.Int)
	for _, c := range cents {
		sum.Add(sum, big.NewInt(c))
	}
	if sum.Sign() != 0 {
		return LedgerError{account, sum}
	}
	return nil
}

func closeDay(_ context.Context, n int) error {
	return balance(fmt.Sprint("a-", 4000+n), 4990, -4000, int64(n))
}

func closeMonth(ctx context.Context, n int) error {
	for day := 0; day < 3; day++ {
		if err := closeDay(ctx, n+day); err != nil {
			return errors.Wrapf(err, "day %d", day)
		}
	}
	return nil
}

func share(_ context.Context, n int) error {
	return fmt.Errorf("share %s", new(big.Int).Div(big.NewInt(int64(n)), new(big.Int)))
}

func invoice(_ context.Context, n int) error {
	form := template.Must(template.New("invoice").Parse("{{.Number}} {{.Total.Cents}}"))
	return form.Execute(io.Discard, struct{ Number, Total int }{n, 4990})
}

func dueDate(_ context.Context, n int) error {
	_, err := time.Parse("2006-01-02", fmt.Sprintf("2026-02-%d", 30+n%2))
	return errors.Wrap(err, "due date")
}

func bankFrame(_ context.Context, n int) error {
	var size uint64
	err := binary.Read(strings.NewReader(fmt.Sprint(n)), binary.BigEndian, &size)
	return fmt.Errorf("frame of bank %d: %w", n, err)
}

var ledger = []fault{
	{"close-day-off", closeDay},
	{"close-month-off", closeMonth},
	{"share-by-zero", share},
	{"invoice-template", invoice},
	{"due-date-range", dueDate},
	{"bank-frame-short", bankFrame},
}
