// Signs with AWS's library: node sign.mjs DIR, where npm has installed @aws-sdk/cloudfront-signer into DIR.
//
// Standard input is JSON: the private keys by name, and the calls, each with the name of its key. Standard output is the version of
// the library, and what each call gave, by the call's name.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const require = createRequire(join(resolve(process.argv[2]), 'index.js'))
const { getSignedUrl, getSignedCookies } = require('@aws-sdk/cloudfront-signer')
const { keys, calls } = JSON.parse(readFileSync(0, 'utf8'))

const signed = {}
for (const { name, cookies, key, args } of calls) {
  const gave = (cookies ? getSignedCookies : getSignedUrl)({ ...args, keyPairId: `K${key.toUpperCase()}EXAMPLE`, privateKey: keys[key] })
  signed[name] = cookies ? Object.fromEntries(Object.entries(gave).map(([cookie, value]) => [cookie, String(value)])) : gave // CloudFront-Expires is a number
}
const folder = join(resolve(process.argv[2]), 'node_modules/@aws-sdk/cloudfront-signer/package.json')
process.stdout.write(JSON.stringify({ version: JSON.parse(readFileSync(folder, 'utf8')).version, signed }))
