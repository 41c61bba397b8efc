#!/bin/sh
# AWS's JavaScript library signs cookies for a URL with a star by a canned policy.
#
# Expected: a star in the URL means a wildcard, which only a custom policy has, so that the cookies have a CloudFront-Policy.
# Seen: with an expiry and nothing else they have a CloudFront-Expires and no policy: a canned policy, in which CloudFront takes the star for a
# star, so that they open one object whose name is a star, and no other. With a start beside the expiry the same URL gets a policy.
# Version: @aws-sdk/cloudfront-signer 3.1166.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact @aws-sdk/cloudfront-signer@3.1166.0
cat >ask.cjs <<'END'
const { generateKeyPairSync } = require('node:crypto')
const { getSignedCookies } = require('@aws-sdk/cloudfront-signer')

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } })
const url = 'https://d111111abcdef8.cloudfront.net/films/*'
const names = (args) => Object.keys(getSignedCookies({ keyPairId: 'K2JCJMDEHXQW5F', privateKey, url, dateLessThan: '2030-01-01', ...args })).sort().join(' ')
console.log(`an expiry: ${names({})}`)
console.log(`an expiry and a start: ${names({ dateGreaterThan: '2020-01-01' })}`)
END
echo '@aws-sdk/cloudfront-signer 3.1166.0'
node ask.cjs >got
cat >want <<'END'
an expiry: CloudFront-Expires CloudFront-Key-Pair-Id CloudFront-Signature
an expiry and a start: CloudFront-Key-Pair-Id CloudFront-Policy CloudFront-Signature
END
cat got
diff -u want got
