#!/bin/sh
# A directive without a value is a missing one to Google's evaluator.
#
# Expected: `object-src` and `object-src 'none'` get the same answer, for an empty list of sources matches nothing; and so do `default-src` and
# `default-src 'none'`.
# Seen: of the one without a value it is said, with the highest severity, that object-src is missing, with the advice to set it to 'none'.
# Version: csp_evaluator 1.1.8.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact csp_evaluator@1.1.8
cat >ask.cjs <<'EOF'
const { CspEvaluator } = require('csp_evaluator/dist/evaluator.js')
const { CspParser } = require('csp_evaluator/dist/parser.js')
const { Type, Severity } = require('csp_evaluator/dist/finding.js')

for (const policy of process.argv.slice(2)) {
  const findings = new CspEvaluator(new CspParser(policy).csp).evaluate()
  const said = findings.map(({ type, severity, directive }) => `${Severity[severity]} ${Type[type]} ${directive}`)
  console.log(`${policy} -> ${said.join(', ') || 'nothing to say'}`)
}
EOF
echo 'csp_evaluator 1.1.8'
node ask.cjs "script-src 'none'; object-src 'none'" "script-src 'none'; object-src" "default-src 'none'" 'default-src' >got
cat >want <<'EOF'
script-src 'none'; object-src 'none' -> nothing to say
script-src 'none'; object-src -> HIGH MISSING_DIRECTIVES object-src
default-src 'none' -> nothing to say
default-src -> HIGH MISSING_DIRECTIVES object-src
EOF
cat got
diff -u want got
