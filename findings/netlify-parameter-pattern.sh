#!/bin/sh
# Query parameters are asked for by a regular expression at Netlify, of which the name in the rule is a part.
#
# Expected: `tags[]=:t` asks for the parameter tags[], which PHP and Rails write, and `page.id=:p` for page.id. Of two with one name the first is taken.
# Seen: the brackets begin a class of characters that has no end, so that the line holds for nobody; written \[\] it does. A dot stands for any
# character. The expression takes as much as it can before the name, so that the last of two is taken, and a rule for the first one's value does
# not hold.
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
/search tags[]=:t /tag/:t
EOF
node ask.mjs '/search?tags[]=new' >got 2>/dev/null
cat >_redirects <<'EOF'
/search page.id=:p /page/:p
EOF
node ask.mjs '/search?page.id=7' '/search?page-id=7' >>got 2>/dev/null
cat >_redirects <<'EOF'
/search tags\[\]=:t /tag/:t
EOF
node ask.mjs '/search?tags[]=new' >>got 2>/dev/null
cat >_redirects <<'EOF'
/page tab=1 /first
/page tab=:t /tab/:t
EOF
node ask.mjs '/page?tab=1&tab=2' >>got 2>/dev/null
cat >want <<'EOF'
/search?tags[]=new -> no redirect
/search?page.id=7 -> 301 /page/7
/search?page-id=7 -> 301 /page/7
/search?tags[]=new -> 301 /tag/new
/page?tab=1&tab=2 -> 301 /tab/2
EOF
cat got
diff -u want got
