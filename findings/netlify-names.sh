#!/bin/sh
# A name begins behind a slash only, and ends at the next slash only, at Netlify.
#
# Expected: `/:page.html /:page` takes /about.html to /about, and `/v:major /docs/:major` takes /v2 to /docs/2. Both do at Cloudflare.
# Seen: the first has a name "page.html": every page of one segment is taken, with .html or without, to a literal "/:page". In the second there
# is no name, and it is for a literal "/v:major".
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
/:page.html /:page
EOF
node ask.mjs '/about.html' '/contact' >got
cat >_redirects <<'EOF'
/v:major /docs/:major
EOF
node ask.mjs '/v2' >>got
cat >want <<'EOF'
/about.html -> 301 /:page
/contact -> 301 /:page
/v2 -> no redirect
EOF
cat got
diff -u want got
