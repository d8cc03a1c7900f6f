#!/usr/bin/env bash
# Installs from Debian 12 what building and testing glane needs and this machine lacks.
# Does nothing, and needs no rights, when everything is there.
set -euo pipefail

packages=(
  build-essential cmake ninja-build pkg-config
  libicu-dev libre2-dev libtbb-dev libtomlplusplus-dev libcli11-dev
  nlohmann-json3-dev libsqlite3-dev libpq-dev
  libarchive-dev libpugixml-dev libsimdjson-dev libxml2-dev
  libgtest-dev libbenchmark-dev            # tests and bench
  postgresql                               # tests and bench start a server of their own
  python3 python3-jsonschema               # scripts that check outputs
  chromium                                 # tests of pages; they are skipped without
  clang clang-tidy cppcheck                # fuzz targets, tests/lint.sh
  git ca-certificates
)

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "glane needs these Debian packages: ${missing[*]}" >&2
    echo "Run this as root, or install sudo." >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
install=("${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}")
# The package lists may be absent or stale: bring them up to date only where it shows.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! "${install[@]}" >"$log" 2>&1; then
  "${as_root[@]}" apt-get update -q >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
  "${install[@]}" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
