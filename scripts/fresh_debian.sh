#!/bin/sh
# Tries the two commands of README.md on a bare Debian: makes one with debootstrap, clones the
# committed state into it, and runs ./start and ./test there as a new user of a new machine would.
#
#   scripts/fresh_debian.sh FOLDER [SUITE]
#
# Needs root, 6 GB, debootstrap and git. FOLDER must not exist, and is left behind. SUITE is bookworm
# (Debian 12) unless given.
#
# The mirror, and the way to it, are this machine's own: apt's and pip's settings and the
# certificates are copied inside. The window is tried on a virtual screen, which is installed after
# the two commands have shown that they need nothing of it.
set -eu
[ $# -ge 1 ] || { echo "usage: $0 FOLDER [SUITE]" >&2; exit 2; }
bare=$1
suite=${2:-bookworm}
repository=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
[ ! -e "$bare" ] || { echo "$bare exists already" >&2; exit 2; }

timed() {
    label=$1
    shift
    began=$(date +%s.%N)
    status=0
    "$@" || status=$?
    printf '%s\t%s\n' "$label" \
        "$(echo "$began $(date +%s.%N)" | awk '{ printf "%.1f s", $2 - $1 }')" >>"$bare.times"
    [ "$status" -eq 0 ] || { echo "FAILED ($status): $label" >&2; failures=$((failures + 1)); }
}

inside() {
    chroot "$bare" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
        "$@"
}

release_mounts() {
    for mounted in proc dev/shm dev; do
        ! mountpoint -q "$bare/$mounted" || umount "$bare/$mounted"
    done
}

copy_inside() {
    for path in "$@"; do
        [ -e "$path" ] || continue
        mkdir -p "$bare$(dirname "$path")"
        cp -rL "$path" "$bare$(dirname "$path")/"
    done
}

: >"$bare.times"
failures=0
# apt's own placeholder, not the shell's.
# shellcheck disable=SC2016
mirror=$(apt-get indextargets --format '$(REPO_URI)' "Label: Debian" | head -n 1)
timed "debootstrap" debootstrap --variant=minbase "$suite" "$bare" "$mirror" >"$bare.log"

copy_inside /etc/apt/apt.conf.d /etc/resolv.conf /etc/hosts /etc/pip.conf \
    /usr/local/share/ca-certificates
trap release_mounts EXIT
mount -t proc proc "$bare/proc"
mount --bind /dev "$bare/dev"
[ ! -d /dev/shm ] || mount --bind /dev/shm "$bare/dev/shm"

git clone -q --no-hardlinks "$repository" "$bare/root/numberglass"
rm -rf "$bare/root/numberglass/.venv"
cd "$bare"

echo "== ./start (first time: sets up, then reads the bundled picture)"
timed "./start --self-check, first" inside sh -c 'cd /root/numberglass && ./start --self-check'
timed "./start --self-check, again" inside sh -c 'cd /root/numberglass && ./start --self-check'
echo "== ./test"
timed "./test" inside sh -c 'cd /root/numberglass && ./test'
echo "== the window, on a screen of its own"
inside sh -c 'apt-get install -q -y --no-install-recommends xvfb xauth' >>"$bare.log" 2>&1
timed "./start, window painted" inside sh -c 'cd /root/numberglass &&
    NUMBERGLASS_QUIT_AFTER_FIRST_PAINT=1 QT_QPA_PLATFORM=xcb xvfb-run -a ./start'
echo "== times"
cat "$bare.times"
[ "$failures" -eq 0 ]
