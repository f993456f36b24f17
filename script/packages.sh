# What a build and its tests need of Debian's packages, and how they come.
# Sourced by the other scripts.
# shellcheck shell=sh

build_packages="autoconf automake gcc libc6-dev make pkg-config
	libevent-dev libmd4c-dev libsqlite3-dev libssl-dev libutf8proc-dev
	libxml2-dev libyaml-dev tzdata"
test_packages="amfora binutils bombadillo clang clang-format git
	libclang-rt-14-dev libxml2-utils llvm mandoc openssl procps python3
	python3-feedparser sqlite3 tmux xz-utils"

# as_root COMMAND...: by sudo where that is needed and there.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "not root, and no sudo: run this as root: $*" >&2
		return 1
	fi
}

# install_missing PACKAGE...: what dpkg does not know yet, by apt-get. Where
# there is no apt-get it is for the user to bring what configure asks for.
install_missing() {
	command -v apt-get >/dev/null || return 0
	missing=
	for package in "$@"; do
		dpkg-query -W -f '${db:Status-Status}\n' "$package" \
		    2>/dev/null | grep -q '^installed$' ||
		    missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	echo "installing:$missing" >&2
	as_root apt-get update -qq >&2
	# shellcheck disable=SC2086
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	    --no-install-recommends $missing >&2
}

# configure_in FOLDER ARGUMENT...: a build of its own, made once.
configure_in() {
	folder=$1
	shift
	[ -x configure ] || autoreconf -fi >&2
	[ -f "$folder/Makefile" ] && return 0
	mkdir -p "$folder"
	top=$(pwd)
	(cd "$folder" && "$top/configure" "$@" >configure.log 2>&1) ||
	    { tail -n 20 "$folder/configure.log" >&2; return 1; }
}
