#!/bin/sh
# AWS's own signer takes a fragment for a part of the path or of the query's last value.
#
# Expected: a link to /guide.html#part2 is signed without its fragment, which no browser sends, and has it at its end; or it is refused.
# Seen: the # is escaped. The signed link asks for a file named "guide.html#part2", or has another value of its last parameter; the signature is right,
# so that the answer is the origin's: not found.
# Version: @aws-sdk/cloudfront-signer 3.1166.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact @aws-sdk/cloudfront-signer@3.1166.0
cat >ask.cjs <<'EOF'
const { generateKeyPairSync } = require('node:crypto')
const { getSignedUrl } = require('@aws-sdk/cloudfront-signer')

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
for (const path of ['/guide.html', '/guide.html#part2', '/guide.html?page=1#part2']) {
  const signed = getSignedUrl({ url: `https://files.example${path}`, keyPairId: 'K1', privateKey, dateLessThan: '2030-01-01' })
  const { pathname, searchParams, hash } = new URL(signed)
  console.log(`${path} -> path ${pathname}, page ${searchParams.get('page')}, fragment "${hash}"`)
}
EOF
echo '@aws-sdk/cloudfront-signer 3.1166.0'
node ask.cjs >got
cat >want <<'EOF'
/guide.html -> path /guide.html, page null, fragment ""
/guide.html#part2 -> path /guide.html%23part2, page null, fragment ""
/guide.html?page=1#part2 -> path /guide.html, page 1#part2, fragment ""
EOF
cat got
diff -u want got
