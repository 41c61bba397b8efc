// What Netlify and Cloudflare do with a _redirects file and requests, by their own packages, which .ci/hosts has installed into the folder
// that LAMBDAEDGE_HOSTS names.
//
// Each line of standard input is a question:
//
//	{"dialect": "netlify", "text": "/a /b", "requests": [{"url": "https://site.example/a?x=1", "headers": {"Cookie": "y=1"}}]}
//
// A url may be a path of that site, and headers may be left out; CloudFront-Viewer-Country is taken for the country. Each line of standard
// output is the answer to the question in turn:
//
//	{"errors": ["..."], "answers": [{"url": "https://site.example/a?x=1", "status": 301, "location": "/b?x=1", "to": "/b", "plain": "/b"}]}
//
// url is what a browser makes of the request's: that is what host and function see. A host that does not redirect has no status in its
// answer. "to" is Netlify's target before its command line makes a Location of it, and "plain" that Location before the viewer's
// query is added. "failed" says that the host could not answer.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'

const site = 'https://site.example'
const packages = path.join(process.env.LAMBDAEDGE_HOSTS, 'node_modules')

// A Netlify file is parsed by @netlify/redirect-parser, matched by netlify-redirector, and answered as netlify-cli does with both: it gives
// the matcher the decoded path (src/utils/rules-proxy), renames what the matcher has other names for (src/utils/redirects), and adds the
// viewer's query to a target that has none (src/utils/proxy).
async function netlify() {
  const parser = await import(pathToFileURL(path.join(packages, '@netlify/redirect-parser/lib/index.js')))
  const matchers = createRequire(import.meta.url)(path.join(packages, 'netlify-redirector'))
  const file = path.join(tmpdir(), `lambdaedge-hosttest-${process.pid}`)
  process.on('exit', () => rmSync(file, { force: true }))

  return async (text) => {
    writeFileSync(file, text)
    const { redirects, errors } = await parser.parseAllRedirects({ redirectsFiles: [file] })
    const rules = redirects.map(({ from, query, signed, ...rest }) => ({
      ...rest,
      origin: from,
      params: query,
      ...(signed && { sign: { jwt_secret: signed } }),
    }))
    const matcher = rules.length === 0 ? { match: () => null } : await matchers.parseJSON(JSON.stringify(rules), {})
    return { errors: errors.map((error) => error.message), answer: (url, headers) => netlifyAnswer(matcher, url, headers) }
  }
}

function netlifyAnswer(matcher, url, headers) {
  const cookies = Object.fromEntries(
    (headers.get('cookie') ?? '')
      .split(';')
      .map((pair) => pair.trim().split(/=(.*)/s))
      .filter(([, value]) => value !== undefined),
  )
  const seen = {
    'x-language': (headers.get('accept-language') ?? 'en').split(',')[0].slice(0, 2),
    'x-country': headers.get('cloudfront-viewer-country') ?? 'us',
    ...Object.fromEntries(headers),
  }
  const match = matcher.match({
    scheme: url.protocol.slice(0, -1),
    host: url.hostname,
    path: decodeURIComponent(url.pathname),
    query: url.search.slice(1),
    headers: seen,
    cookieValues: cookies,
    getHeader: (name) => seen[name.toLowerCase()] ?? '',
    getCookie: (name) => cookies[name] ?? '',
  })
  if (!match) {
    return {}
  }
  if (match.status < 300 || match.status > 400) {
    return { passed: match.status, to: match.to }
  }
  const target = new URL(match.to, url.origin)
  const written = () => (/^https?:\/\//.test(match.to) ? target.href : target.pathname + target.search + target.hash)
  const plain = written()
  if ([...target.searchParams].length === 0) {
    for (const [name, value] of url.searchParams) {
      target.searchParams.append(name, value)
    }
  }
  return { status: match.status, location: written(), to: match.to, plain }
}

// A Cloudflare file is parsed by wrangler, and answered by the asset worker that miniflare runs, with a site that has no files.
async function cloudflare() {
  const { parseRedirects, constructRedirects } = wranglerFunctions()
  const { AssetWorkerInner } = await assetWorker()
  class Worker extends AssetWorkerInner {
    async unstable_exists() {
      return null
    }
  }
  const logger = { log() {}, warn() {}, info() {} }

  return async (text) => {
    const parsed = parseRedirects(text)
    const config = constructRedirects({ redirects: parsed, logger })
    const worker = new Worker({}, { CONFIG: config })
    return {
      errors: parsed.invalid.map(({ line, lineNumber, message }) => (line ? `${lineNumber}: ${line}: ${message}` : message)),
      answer: async (url, headers) => {
        const response = await worker.fetch(new Request(url, { headers }))
        switch (true) {
          case response.status === 404:
            return {}
          case response.status >= 300 && response.status < 400:
            return { status: response.status, location: response.headers.get('Location') }
        }
        throw new Error(`the asset worker answers ${response.status}: ${await response.text()}`)
      },
    }
  }
}

// wranglerFunctions evaluates the files of wrangler's sources that its bundle has the functions from: to load all of the bundle is to run
// its command, and asks for packages that are not installed.
function wranglerFunctions() {
  const bundle = readFileSync(path.join(packages, 'wrangler/wrangler-dist/cli.js'), 'utf8')
  const between = (begin, end) => {
    const [, rest, ...more] = bundle.split(begin)
    if (rest === undefined || more.length > 0 || !rest.includes(end)) {
      throw new Error(`not once in wrangler's bundle: ${begin.trim()}; is it another version?`)
    }
    return rest.slice(0, rest.indexOf(end))
  }
  const named = (name) => `function ${name}(${between(`\nfunction ${name}(`, '\n}\n')}\n}`
  const file = (name) =>
    between(`\n  "../workers-shared/utils/configuration/${name}.ts"() {\n`, '\n  }\n').replace(/^ *init_\w+\(\);$/gm, '')
  const context = vm.createContext({ URL, __name: (f) => f })
  const parts = [...['urlHasHost', 'parseRedirects', 'constructRedirects'].map(named), ...['constants', 'validateURL'].map(file)]
  vm.runInContext(parts.join('\n'), context)
  return context
}

// assetWorker loads the worker with a stand-in for the one class that the Workers runtime has and Node.js does not.
async function assetWorker() {
  const source = readFileSync(path.join(packages, 'miniflare/dist/src/workers/assets/assets.worker.js'), 'utf8')
  const runtime = 'import { WorkerEntrypoint } from "cloudflare:workers";'
  if (source.split(runtime).length !== 2) {
    throw new Error("miniflare's asset worker does not import what it did: is it another version?")
  }
  const entrypoint = 'class WorkerEntrypoint { constructor(ctx, env) { this.ctx = ctx; this.env = env } }'
  return import(`data:text/javascript;base64,${Buffer.from(source.replace(runtime, entrypoint)).toString('base64')}`)
}

async function ask(host, { text, requests }) {
  const { errors, answer } = await host(text)
  const answers = []
  for (const { url, headers } of requests) {
    const seen = new URL(url.startsWith('/') ? site + url : url)
    try {
      answers.push({ url: seen.href, ...(await answer(seen, new Headers(headers))) })
    } catch (error) {
      answers.push({ url: seen.href, failed: String(error) })
    }
  }
  return { errors, answers }
}

const hosts = { netlify: await netlify(), cloudflare: await cloudflare() }
for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line)
  process.stdout.write(`${JSON.stringify(await ask(hosts[question.dialect], question))}\n`)
}
