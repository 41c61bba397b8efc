#!/bin/sh
# Two names with a hyphen between them are cut at the first hyphen by Vercel and at the last by Next.js.
#
# Expected: `/:name-:version` is cut in one way by both, which use a package of the same name.
# Seen: Vercel's is path-to-regexp 6.1, where the first name takes as little as it can. Next.js' has had the change of 6.3 for slow expressions, in
# which no name but the first may have the sign that stands before it: so the first takes all the others.
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
node ask.cjs '/get/:name-:version' '/:name/:version' '/get/tool-2' '/get/my-tool-2' >got 2>/dev/null
cat >want <<'EOF'
/get/tool-2 -> /tool/2 at Vercel, /tool/2 in Next.js
/get/my-tool-2 -> /my/tool-2 at Vercel, /my-tool/2 in Next.js
EOF
cat got
diff -u want got
