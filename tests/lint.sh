#!/usr/bin/env bash
# What clang-format, cppcheck and clang-tidy have to say about pipeline/ and include/: nothing.
# tests/lint.sh            all of it (clang-tidy takes some ten seconds a file)
# tests/lint.sh FILE…      these sources only
set -euo pipefail
cd "$(dirname "$0")/.."
build=${GLANE_BUILD:-build}
[ -f "$build/compile_commands.json" ] || cmake --preset release >/dev/null
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(find pipeline -name '*.cpp' | sort)

clang-format --dry-run -Werror "${files[@]}"
cppcheck --quiet --std=c++20 --language=c++ --enable=warning,style,performance,portability \
  --suppressions-list=tests/cppcheck.txt --error-exitcode=1 -Iinclude -Ipipeline "${files[@]}"
printf '%s\0' "${files[@]}" |
  xargs -0 -n 1 -P "${JOBS:-$(nproc)}" clang-tidy -quiet -p "$build" 2> >(grep -v 'warnings generated' >&2)
echo "${#files[@]} files: nothing to say"
