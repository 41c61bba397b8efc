#!/bin/sh
# csp-parse writes a whole policy small, hashes and nonces too.
#
# Expected: a policy that is parsed, and to which one host is added, still lets the inline script run that its hash was made of.
# Seen: the hash is written in small letters. In base64 these are other bytes, so it stands for no script of the page, and the script is blocked;
# likewise a nonce.
# Version: csp-parse 0.0.2.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact csp-parse@0.0.2
cat >ask.cjs <<'EOF'
const { createHash } = require('node:crypto')
const Policy = require('csp-parse')

const hash = `'sha256-${createHash('sha256').update('start()').digest('base64')}'`
const text = `script-src ${hash} 'nonce-Q2xvdWQ'`
const policy = new Policy(text)
policy.add('script-src', 'cdn.example')
console.log(`before: ${text}`)
console.log(`after: ${policy}`)
console.log(`the script's hash is ${policy.toString().includes(hash) ? 'there' : 'gone'}`)
EOF
echo 'csp-parse 0.0.2'
node ask.cjs >got
cat >want <<'EOF'
before: script-src 'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00=' 'nonce-Q2xvdWQ'
after: script-src 'sha256-dim7wjs6zkdye5qflpy+h4jfi9bol5qmyc57mt3fb00=' 'nonce-q2xvdwq' cdn.example;
the script's hash is gone
EOF
cat got
diff -u want got
