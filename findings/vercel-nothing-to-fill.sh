#!/bin/sh
# One redirect with a part that may be missing leads to two places: with a slash at its end from vercel.json, without from next.config.js.
#
# Expected: `/docs/:path*` to `/guide/:path*` means the same in both.
# Seen: /docs leads to /guide/ at Vercel, whose routes put nothing in the place of a group that is not there, and to /guide in Next.js, which takes the
# slash away with the part. Where trailing slashes are redirected away, the first is a redirect more.
# Versions: @vercel/routing-utils 6.6.0, next 16.4.6.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact --legacy-peer-deps --omit=optional @vercel/routing-utils@6.6.0 next@16.4.6
cat >ask.cjs <<'EOF'
const { getTransformedRoutes } = require('@vercel/routing-utils')
const { getPathMatch } = require('next/dist/shared/lib/router/utils/path-match')
const { prepareDestination } = require('next/dist/shared/lib/router/utils/prepare-destination')

function vercel(redirect, path) {
  const [route] = getTransformedRoutes({ redirects: [redirect] }).routes
  const groups = new RegExp(route.src).exec(path)
  return groups ? route.headers.Location.replace(/\$(\d)/g, (_, n) => groups[n] ?? '') : 'no redirect'
}

// As Next.js' router calls them.
function next({ source, destination }, path) {
  const params = getPathMatch(source, { strict: true, removeUnnamedParams: true, sensitive: false })(path)
  return params ? prepareDestination({ appendParamsToQuery: false, destination, params, query: {} }).newUrl : 'no redirect'
}

const [source, destination, ...paths] = process.argv.slice(2)
for (const path of paths) {
  console.log(`${path} -> ${vercel({ source, destination }, path)} at Vercel, ${next({ source, destination }, path)} in Next.js`)
}
EOF
echo '@vercel/routing-utils 6.6.0, next 16.4.6'
node ask.cjs '/docs/:path*' '/guide/:path*' '/docs' '/docs/a/b' >got 2>/dev/null
cat >want <<'EOF'
/docs -> /guide/ at Vercel, /guide in Next.js
/docs/a/b -> /guide/a/b at Vercel, /guide/a/b in Next.js
EOF
cat got
diff -u want got
