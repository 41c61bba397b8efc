#!/bin/sh
# `country=` and `language=` may be written small in Netlify's files; with `cookie=` the rule never holds.
#
# Expected: names of conditions are all read alike.
# Seen: the parser writes Country and Language for country and language, and leaves cookie as it is, which the matcher does not know: the line holds for
# nobody. There is no message. The requests here have the cookie beta.
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
  const getCookie = (name) => (name === 'beta' ? '1' : '')
  const match = matcher.match({
    scheme: 'https', host: 'site.example', path: decodeURIComponent(pathname), query: search.slice(1),
    headers: {}, cookieValues: { beta: '1' }, getHeader: () => '', getCookie,
  })
  console.log(`${request} -> ${match ? `${match.status} ${match.to}` : 'no redirect'}`)
}
EOF
echo 'netlify-redirector 0.5.0 with @netlify/redirect-parser 15.0.4'
cat >_redirects <<'EOF'
/a /with 302 Cookie=beta
EOF
node ask.mjs '/a' >got
cat >_redirects <<'EOF'
/a /with 302 cookie=beta
/a /without 302
EOF
node ask.mjs '/a' >>got
cat >want <<'EOF'
/a -> 302 /with
/a -> 302 /without
EOF
cat got
diff -u want got
