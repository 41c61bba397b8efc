#!/bin/sh
# strict-csp gives the script for old browsers to new ones too, and runs inline scripts before those that stood above them.
#
# Expected: a page with a strict policy runs the scripts it ran without one, in the same order.
# Seen: of the attributes of a script with a source only `src` and `type` are kept, so that `nomodule` is gone and a new browser runs both bundles.
# All of them are loaded at the end of the page, behind an inline script that needs one.
# Version: strict-csp 1.1.2.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact strict-csp@1.1.2
cat >page.html <<'EOF'
<!doctype html>
<html><head><title>Shop</title></head><body>
<script src="/lib.js"></script>
<script>lib.start()</script>
<script type="module" src="/new.js"></script>
<script nomodule src="/old.js"></script>
</body></html>
EOF
cat >ask.cjs <<'EOF'
const { readFileSync } = require('node:fs')
const { runInNewContext } = require('node:vm')
const { StrictCsp } = require('strict-csp')

const page = new StrictCsp(readFileSync('page.html', 'utf8'))
page.refactorSourcedScriptsForHashBasedCsp()
page.addMetaTag(StrictCsp.getStrictCsp(page.hashAllInlineScripts()))
// The page's scripts as a browser runs them: what one makes is printed with all that was set on it.
const lib = { start: () => console.log('lib.start()') }
const document = { createElement: () => ({}), body: { appendChild: (script) => console.log(JSON.stringify(script)) } }
for (const [, text] of page.serializeDom().matchAll(/<script>(.*?)<\/script>/gs)) {
  runInNewContext(text, { document, lib })
}
EOF
echo 'strict-csp 1.1.2'
node ask.cjs >got
cat >want <<'EOF'
lib.start()
{"src":"/lib.js","async":false}
{"src":"/new.js","type":"module","async":false}
{"src":"/old.js","async":false}
EOF
cat got
diff -u want got
