#!/bin/sh
# Varnish answers with a stale object for ten seconds after its end, must-revalidate or not.
#
# Expected: what has "max-age=1, must-revalidate" is fetched again before it is used after three seconds, as the directive says (RFC 9111, 5.2.2.2).
# Seen: the old answer comes, with an Age of 3, and the new one is fetched behind it: an object's grace is ten seconds where no VCL sets it, and the
# directive does not take it away. "stale-while-revalidate=0" does.
# Version: Debian's varnish 7.1.1-2+deb12u1.
set -eu
dir=$(mktemp -d)
proxy=
origin=
trap 'for p in $proxy $origin; do kill "$p" 2>/dev/null && wait "$p" 2>/dev/null || :; done; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
apt-get -qq download varnish=7.1.1-2+deb12u1 libvarnishapi3=7.1.1-2+deb12u1 libjemalloc2 2>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" root; done
LD_LIBRARY_PATH=$(find "$dir/root" -name 'lib*.so.*' -printf '%h\n' | sort -u | paste -sd:)
export LD_LIBRARY_PATH
cat >origin.mjs <<'END'
import { createServer } from 'node:http'
import { writeFileSync } from 'node:fs'
const directives = { '/must-revalidate': 'max-age=1, must-revalidate', '/no-grace': 'max-age=1, stale-while-revalidate=0' }
const asked = {}
const server = createServer((request, answer) => {
  asked[request.url] = (asked[request.url] ?? 0) + 1
  answer.writeHead(200, { 'Cache-Control': directives[request.url], 'X-Answer': asked[request.url] })
  answer.end()
})
server.listen(0, '127.0.0.1', () => writeFileSync('origin.port', String(server.address().port)))
END
node origin.mjs &
origin=$!
for try in $(seq 100); do
	[ ! -s origin.port ] || break
	sleep 0.1
done
port=$((20000 + $$ % 10000))
printf 'vcl 4.1;\nbackend default { .host = "127.0.0.1"; .port = "%s"; }\n' "$(cat origin.port)" >site.vcl
root/usr/sbin/varnishd -F -n "$dir/work" -a "127.0.0.1:$port" -T none -f "$dir/site.vcl" -s malloc,10m -j none >log 2>&1 &
proxy=$!
ask() {
	echo "$1: $(curl -s -o /dev/null --retry 20 --retry-connrefused --retry-delay 1 -w 'answer %header{x-answer}, Age %header{age}' "http://127.0.0.1:$port$1")"
}
echo 'Debian varnish 7.1.1-2+deb12u1'
{
	ask /must-revalidate
	ask /no-grace
	sleep 3
	ask /must-revalidate
	ask /no-grace
} >got
sed -i 's/, Age [3-9]$/, Age 3 or more/' got
cat >want <<'END'
/must-revalidate: answer 1, Age 0
/no-grace: answer 1, Age 0
/must-revalidate: answer 1, Age 3 or more
/no-grace: answer 2, Age 0
END
cat got
diff -u want got
