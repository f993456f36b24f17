# Test Anything Protocol for the lints: each says `... | check NAME` with what
# it found on standard input, one finding a line; nothing found is a pass. The
# end of a pipe may be a shell of its own, so the results go to a file.
# shellcheck shell=sh

results=$(mktemp)
trap 'rm -f "$results"' EXIT
cd "${TOP_SRCDIR:-.}" || exit 99

check() {
	found=$(cat)
	number=$(($(wc -l <"$results") + 1))
	if [ -z "$found" ]; then
		echo "ok" >>"$results"
		echo "ok $number - $1"
		return
	fi
	echo "not ok" >>"$results"
	echo "not ok $number - $1"
	echo "$found" | sed 's/^/# /'
}

skip() {
	echo "ok" >>"$results"
	echo "ok $(wc -l <"$results") - $1 # SKIP $2"
}

finish() {
	echo "1..$(wc -l <"$results")"
	! grep -q '^not ok' "$results"
}

# The C files of the project: all, or those beneath the folders given.
c_files() {
	find "${@:-src}" -name '*.[ch]' 2>/dev/null | sort
}
