#!/bin/sh
# Netlify's parser takes out lines that are there twice, and keeps the last: another rule wins.
#
# Expected: a copy of a line further down changes nothing, since the first rule that holds is the one.
# Seen: with the copy the first line is gone, and a line that stood below it takes its requests.
# Versions: netlify-redirector 0.5.0, @netlify/redirect-parser 15.0.4.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact @netlify/redirect-parser@15.0.4 netlify-redirector@0.5.0
cat >ask.mjs <<'EOF'
import { createRequire } from 'node:module'
import { parseAllRedirects } from '@netlify/redirect-parser'
const { parseJSON } = createRequire(import.meta.url)('netlify-redirector')

const { redirects } = await parseAllRedirects({ redirectsFiles: ['_redirects'] })
const rules = redirects.map(({ from, query, ...rest }) => ({ ...rest, origin: from, params: query }))
const matcher = await parseJSON(JSON.stringify(rules), {})
for (const request of process.argv.slice(2)) {
  const { pathname, search } = new URL(request, 'https://site.example')
  const match = matcher.match({
    scheme: 'https', host: 'site.example', path: decodeURIComponent(pathname), query: search.slice(1),
    headers: {}, cookieValues: {}, getHeader: () => '', getCookie: () => '',
  })
  console.log(`${request} -> ${match ? `${match.status} ${match.to}` : 'no redirect'}`)
}
EOF
echo 'netlify-redirector 0.5.0 with @netlify/redirect-parser 15.0.4'
cat >_redirects <<'EOF'
/blog/2019/* /archive
/blog/* /news/:splat
EOF
node ask.mjs '/blog/2019/may' >got
cat >_redirects <<'EOF'
/blog/2019/* /archive
/blog/* /news/:splat
/blog/2019/* /archive
EOF
node ask.mjs '/blog/2019/may' >>got
cat >want <<'EOF'
/blog/2019/may -> 301 /archive
/blog/2019/may -> 301 /news/2019/may
EOF
cat got
diff -u want got
