# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the two scripts that record real SDKs have in common (record.sh beside this file and tests/bench/bodies/record.sh);
# they source it from the repository's root, as root on Debian 12.

# recording_begin PROGRAMS NAME...: installs what is needed, copies PROGRAMS/NAME to /srv/NAME, so that no path of this
# machine gets into a stack, and sets `work`, a folder for what goes at the end with the copies.
recording_begin() {
    local programs=$1 name missing=() wanted=()
    shift
    mapfile -t wanted < <(awk '/^#/ || NF == 0 { next } /^\[/ { on = ($1 == "[record]"); next } on { print $1 }' \
        resources/packaging/debian-packages.txt)
    for name in "${wanted[@]}"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)" = installed ] || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
    tests/e2e/npm.sh

    work=$(mktemp -d)
    recording_made=()
    trap 'rm -rf "$work" "${recording_made[@]}"' EXIT
    for name in "$@"; do
        if [ -e "/srv/$name" ]; then
            echo "record: /srv/$name is there already" >&2
            exit 1
        fi
        recording_made+=("/srv/$name")
        cp -r "$programs/$name" "/srv/$name"
    done
}

# recording_build_go NAME: builds the Go program in /srv/NAME with Debian's packages.
recording_build_go() {
    (cd "/srv/$1" && GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$work/go" GOFLAGS=-buildvcs=false go build -o "$1" .)
}

# recording_run COMMAND...: runs it with its log in a file, and shows the end of that where it fails.
recording_run() {
    RECORD_LOG="$work/log" PYTHONDONTWRITEBYTECODE=1 "$@" && return
    tail -n 30 "$work/log" >&2
    exit 1
}
