#!/usr/bin/env bash
# Builds glane and reads articles with it: corpus/run.sh [FILE|FOLDER]…, without arguments
# the articles of corpus/articles. Writes build/run/articles.jsonl and articles.sqlite.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
"$top/tests/install_dependencies.sh"
(cd "$top" && cmake --preset release >/dev/null && cmake --build --preset release --target glane_image)  # and with it glane
out=$top/build/run
mkdir -p "$out"
[ $# -gt 0 ] || set -- "$top/corpus/articles"
"$top/build/glane" extract "$@" --to jsonl -o "$out/articles.jsonl" \
  --to "sqlite:$out/articles.sqlite" --summary
echo "written: $out/articles.jsonl $out/articles.sqlite"
