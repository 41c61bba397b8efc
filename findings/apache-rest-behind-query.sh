#!/bin/sh
# Apache's Redirect puts what is left of the path behind the target's query, and the query behind its fragment.
#
# Expected: `Redirect /search /find?in=all` takes /search/new to /find/new?in=all, and `Redirect /section /book#part2` takes /section?print=1 to
# /book?print=1#part2.
# Seen: what is left of the path, and the viewer's query, are put behind the target as it is written: /find?in=all/new, where the parameter
# has another value, and /book#part2?print=1, where the query is a part of the fragment that no server gets.
# Version: Debian's apache2-bin 2.4.71-1~deb12u1.
set -eu
dir=$(mktemp -d)
pid=
trap 'test -z "$pid" || { kill "$pid"; wait "$pid" || :; }; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
apt-get -qq download apache2-bin=2.4.71-1~deb12u1 libapr1=1.7.2-3+deb12u1 libaprutil1=1.6.3-1 libexpat1 2>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" root; done
LD_LIBRARY_PATH=$(find "$dir/root" -name 'lib*.so.*' -printf '%h
' | sort -u | paste -sd:)
export LD_LIBRARY_PATH
port=$((20000 + $$ % 10000))
mkdir site
cat >conf <<EOF
ServerRoot $dir
ServerName localhost
Listen 127.0.0.1:$port
PidFile $dir/pid
ErrorLog $dir/errors
LoadModule mpm_event_module root/usr/lib/apache2/modules/mod_mpm_event.so
LoadModule alias_module root/usr/lib/apache2/modules/mod_alias.so
LoadModule authz_core_module root/usr/lib/apache2/modules/mod_authz_core.so
DocumentRoot $dir/site
Redirect /section /book#part2
Redirect /search /find?in=all
EOF
root/usr/sbin/apache2 -D FOREGROUND -f "$dir/conf" &
pid=$!
for try in $(seq 100); do
	[ ! -e pid ] || break
	sleep 0.1
done
ask() {
	echo "$1 -> $(curl -s -o /dev/null -w '%{http_code} %header{location}' "http://127.0.0.1:$port$1" | sed "s#http://127.0.0.1:$port##")"
}
echo 'Debian apache2-bin 2.4.71-1~deb12u1'
for path in '/search' '/search/new' '/section' '/section?print=1'; do ask "$path"; done >got
cat >want <<'EOF'
/search -> 302 /find?in=all
/search/new -> 302 /find?in=all/new
/section -> 302 /book#part2
/section?print=1 -> 302 /book#part2?print=1
EOF
cat got
diff -u want got
