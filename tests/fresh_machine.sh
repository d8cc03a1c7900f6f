#!/usr/bin/env bash
# Runs the two commands of the README on a bare Debian 12 that knows nothing of glane:
# a root made by debootstrap, entered by chroot. Needs root and debootstrap.
#   tests/fresh_machine.sh [ROOT]
# The tree as committed is cloned into it, with ../shared beside it where that exists. The
# package sources are those of this machine. ROOT, when given, is kept for a closer look.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
root=${1:-$(mktemp -d)}
mkdir -p "$root" && chmod 755 "$root"  # apt works as another user
mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Release: bookworm' | head -n 1)}

leave() {
  for place in dev/pts proc; do
    if mountpoint -q "$root/$place"; then umount "$root/$place"; fi
  done
  # Never remove a root that something is still mounted in.
  [ $# -gt 0 ] || rm -rf --one-file-system "$root" "$root.log"
}
trap 'leave "$@"' EXIT

[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.log"
rm -f "$root/etc/apt/sources.list"
cp -r /etc/apt/sources.list.d /etc/apt/apt.conf.d "$root/etc/apt/"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mountpoint -q "$root/dev/pts" || mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -sf pts/ptmx "$root/dev/ptmx"  # as on a real machine: a test opens a terminal
rm -rf "$root/work"
mkdir -p "$root/work"
git clone -q "$top" "$root/work/glane"
[ -d "$top/../shared" ] && cp -rL "$top/../shared" "$root/work/shared"

# Nothing of this shell's environment may help.
inside() {
  env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    chroot "$root" sh -c "cd /work/glane && $*"
}
start=$SECONDS
inside corpus/run.sh
echo "corpus/run.sh: $((SECONDS - start)) s"
start=$SECONDS
inside tests/run.sh
echo "tests/run.sh: $((SECONDS - start)) s"
