// Lists the arguments and attributes of the resources that awsconfig reads, from the schema of Terraform's provider, in
// a folder where terraform init has brought it:
//
//   terraform providers schema -json | node terraform-schema.mjs 6.47.1 > terraform-schema.txt
//
// One argument a line: the resource, the path with [] for a list, set or block, the type, and "computed" when no user
// sets it.
import { readFileSync } from 'node:fs'

const [schema] = Object.values(JSON.parse(readFileSync(0, 'utf8')).provider_schemas)

function* members(path, { attributes = {}, block_types: blocks = {} }) {
  for (const [name, { type, optional, required }] of Object.entries(attributes)) {
    const [kind, element] = typeof type === 'string' ? [] : type
    const scalar = kind && typeof element === 'string' ? element : kind ? 'object' : type
    yield `${path}.${name}${kind === 'list' || kind === 'set' ? '[]' : ''} ${scalar}${optional || required ? '' : ' computed'}`
  }
  for (const [name, { block }] of Object.entries(blocks)) yield* members(`${path}.${name}[]`, block)
}

const resources = ['cache_policy', 'distribution', 'origin_access_control', 'origin_request_policy']
const lines = resources.flatMap((name) => [...members(`aws_cloudfront_${name}`, schema.resource_schemas[`aws_cloudfront_${name}`].block)])
console.log(`# resources in Terraform's provider hashicorp/aws ${process.argv[2]}, written on ${new Date().toISOString().slice(0, 10)} by terraform-schema.mjs`)
console.log(lines.sort().join('\n'))
