#!/bin/sh
# At Netlify a rule with a star takes requests that begin with its own target, sends them nowhere, and ends the search.
#
# Expected: `/docs/* /docs/v2 301!` takes all below /docs/ to /docs/v2, and `/* / 302` all pages home; or there is an error for a loop.
# Seen: every request whose path begins with the letters of the target is let through, /docs/v2beta too, and no later line is asked: the second
# line, which is for it, is not tried. So `/* / 302` redirects nothing at all, since all paths begin with its target. There is no message.
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
/docs/* /docs/v2 301!
/docs/v2beta /beta 301!
EOF
node ask.mjs '/docs/intro' '/docs/v2' '/docs/v2/intro' '/docs/v2beta' >got
cat >_redirects <<'EOF'
/* / 302
EOF
node ask.mjs '/old' >>got
cat >want <<'EOF'
/docs/intro -> 301 /docs/v2
/docs/v2 -> no redirect
/docs/v2/intro -> no redirect
/docs/v2beta -> no redirect
/old -> no redirect
EOF
cat got
diff -u want got
