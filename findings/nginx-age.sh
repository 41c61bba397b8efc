#!/bin/sh
# nginx counts a cached answer's lifetime from its arrival, whatever its Age and its Date say.
#
# Expected: an answer with max-age=3 that is 60 seconds old by its Age is not fresh any more, and one whose Expires is a minute after its Date is
# fresh for a minute though the origin's clock is an hour behind (RFC 9111, sections 4.2.1 and 4.2.3).
# Seen: the first is a hit for three seconds, and the Age that was sent comes with it unchanged; the second is never kept: its Expires is in the
# past of nginx's own clock.
# Version: Debian's nginx 1.22.1-9+deb12u11.
set -eu
dir=$(mktemp -d)
proxy=
origin=
trap 'for p in $proxy $origin; do kill "$p" 2>/dev/null && wait "$p" 2>/dev/null || :; done; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
apt-get -qq download nginx=1.22.1-9+deb12u11 libpcre2-8-0 2>log || { cat log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" root; done
LD_LIBRARY_PATH=$(find "$dir/root" -name 'lib*.so.*' -printf '%h
' | sort -u | paste -sd:)
export LD_LIBRARY_PATH
cat >origin.mjs <<'END'
import { createServer } from 'node:http'
import { writeFileSync } from 'node:fs'
const server = createServer((request, answer) => {
  const hour = 3600e3
  const at = (ms) => new Date(Date.now() - hour + ms).toUTCString()
  if (request.url.startsWith('/age')) answer.writeHead(200, { 'Cache-Control': 'max-age=3', Age: '60' })
  else answer.writeHead(200, { Date: at(0), Expires: at(60e3) })
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
cat >conf <<END
pid $dir/pid;
error_log $dir/errors;
daemon off;
master_process off;
events {}
http {
  access_log off;
  client_body_temp_path $dir/body; proxy_temp_path $dir/proxy; fastcgi_temp_path $dir/fastcgi; uwsgi_temp_path $dir/uwsgi; scgi_temp_path $dir/scgi;
  proxy_cache_path $dir/cache keys_zone=one:1m;
  server {
    listen 127.0.0.1:$port;
    location / { proxy_pass http://127.0.0.1:$(cat origin.port); proxy_cache one; proxy_pass_header Date; add_header X-Cache \$upstream_cache_status; }
  }
}
END
root/usr/sbin/nginx -p "$dir" -c "$dir/conf" -e "$dir/errors" &
proxy=$!
for try in $(seq 100); do
	[ ! -s pid ] || break
	sleep 0.1
done
ask() {
	curl -s -o /dev/null -w "$1: %header{x-cache} Age %header{age}" "http://127.0.0.1:$port$1" | sed 's/ Age $//'
	echo
}
echo "Debian nginx 1.22.1-9+deb12u11"
{
	ask /age
	ask /age
	ask /expires
	ask /expires
} >got
cat >want <<'END'
/age: MISS Age 60
/age: HIT Age 60
/expires: MISS
/expires: MISS
END
cat got
diff -u want got
