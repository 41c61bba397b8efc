#!/bin/sh
# A preset is stronger than the application's own directives in csp-header, if the value is no list.
#
# Expected: what the application says itself is added to what its presets say where both are lists, and else takes its place.
# Seen: the application's directives are the first to be merged and the presets the last. Of two values that are not both lists the last is taken:
# the preset's group gets the reports, and an upgrade that the application has switched off is on.
# Version: csp-header 6.4.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact csp-header@6.4.0
cat >ask.cjs <<'EOF'
const { getCSP } = require('csp-header')

const preset = { 'img-src': ['images.example'], 'report-to': 'preset', 'upgrade-insecure-requests': true }
const own = { 'img-src': ['own.example'], 'report-to': 'own', 'upgrade-insecure-requests': false }
console.log(`own: ${getCSP({ directives: own })}`)
console.log(`own, with the preset: ${getCSP({ directives: own, presets: [preset] })}`)
EOF
echo 'csp-header 6.4.0'
node ask.cjs >got
cat >want <<'EOF'
own: img-src own.example; report-to own;
own, with the preset: img-src own.example images.example; report-to preset; upgrade-insecure-requests;
EOF
cat got
diff -u want got
