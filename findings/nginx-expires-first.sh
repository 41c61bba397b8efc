#!/bin/sh
# Whether nginx keeps an answer with a past Expires and a max-age depends on which of the two headers is the first.
#
# Expected: max-age counts and Expires does not, where both are there (RFC 9111, 5.3), and the order of headers with different names means nothing
# (RFC 9110, 5.3). Origins send "Expires: 0" for old caches.
# Seen: with max-age first the answer is kept; with Expires first it is never kept.
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
const age = ['Cache-Control', 'max-age=60']
const expires = ['Expires', '0']
const server = createServer((request, answer) => {
  answer.writeHead(200, request.url === '/expires-first' ? [...expires, ...age] : [...age, ...expires])
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
    location / { proxy_pass http://127.0.0.1:$(cat origin.port); proxy_cache one; add_header X-Cache \$upstream_cache_status; }
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
	echo "$1: $(curl -s -o /dev/null -w '%header{x-cache}' "http://127.0.0.1:$port$1")"
}
echo 'Debian nginx 1.22.1-9+deb12u11'
for path in /max-age-first /max-age-first /expires-first /expires-first; do ask "$path"; done >got
cat >want <<'END'
/max-age-first: MISS
/max-age-first: HIT
/expires-first: MISS
/expires-first: MISS
END
cat got
diff -u want got
