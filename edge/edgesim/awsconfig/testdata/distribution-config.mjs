// Lists the members of CloudFront's DistributionConfig, from the types of AWS's own client on npm:
//
//   node distribution-config.mjs 3.1164.0 > distribution-config.txt
//
// One member a line, in the order of the names: its path, with [] for a list, and its type.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const version = process.argv[2]
const folder = mkdtempSync(join(tmpdir(), 'client-cloudfront-'))
const run = (command, ...args) => execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
const archive = run('npm', 'pack', '--silent', `@aws-sdk/client-cloudfront@${version}`).trim()
run('tar', 'xzf', archive)
const models = ['models_0.d.ts', 'models_1.d.ts'].map((name) => readFileSync(join(folder, 'package/dist-types/models', name), 'utf8')).join('\n')
rmSync(folder, { recursive: true })

const interfaces = new Map()
for (const [, name, body] of models.replace(/\/\*[^]*?\*\//g, '').matchAll(/export interface (\w+) \{([^]*?)\n\}/g)) {
  interfaces.set(name, [...body.matchAll(/^ {4}(\w+)\??: ([^;]+?)(?: \| undefined)?;/gm)].map(([, member, type]) => [member, type]))
}

function* members(path, type) {
  const plain = type.replace(/\[\]$/, '')
  const at = plain === type ? path : `${path}[]`
  if (!interfaces.has(plain)) {
    yield `${at} ${['number', 'boolean'].includes(plain) ? plain : 'string'}`
    return
  }
  for (const [member, inner] of interfaces.get(plain)) yield* members(at ? `${at}.${member}` : member, inner)
}

const today = new Date().toISOString().slice(0, 10)
console.log(`# DistributionConfig in npm's @aws-sdk/client-cloudfront ${version}, written on ${today} by distribution-config.mjs`)
console.log([...members('', 'DistributionConfig')].sort().join('\n'))
