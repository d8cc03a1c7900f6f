#!/usr/bin/env bash
# Builds glane and runs every test. Arguments go to ctest: tests/run.sh -R Normalise
# PRESET=asan tests/run.sh runs them under another preset of CMakePresets.json.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${PRESET:-release}
tests/install_dependencies.sh
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset"
exec ctest --preset "$preset" -j "$(nproc)" "$@"
