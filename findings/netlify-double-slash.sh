#!/bin/sh
# A source with two slashes in a row is a rule for what stands before them at Netlify.
#
# Expected: `/shop//sale /offers` is for /shop//sale, or for /shop/sale, or is refused.
# Seen: it is for /shop, the front page of the shop, and for neither of those.
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
/shop//sale /offers
EOF
node ask.mjs '/shop' '/shop/sale' '/shop//sale' >got
cat >want <<'EOF'
/shop -> 301 /offers
/shop/sale -> no redirect
/shop//sale -> no redirect
EOF
cat got
diff -u want got
