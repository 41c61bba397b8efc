// Netlify's matcher: the first line of standard input is its rules as JSON, and each
// line that follows is a list of paths. Each line of standard output says for how many
// of these there is a rule, and how long that took.
const redirector = require(process.argv[1])
const readline = require('readline')

const request = {
  scheme: 'https', host: 'site.example', query: '', headers: {}, cookieValues: {},
  getHeader: () => '', getCookie: () => '',
}

async function main() {
  let matcher
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const list = JSON.parse(line)
    let found = 0
    const begun = process.hrtime.bigint()
    if (!matcher) {
      matcher = await redirector.parseJSON(line, {})
    } else {
      for (const path of list) {
        request.path = path
        if (matcher.match(request)) found++
      }
    }
    const took = Number(process.hrtime.bigint() - begun)
    process.stdout.write(JSON.stringify({ found, nanoseconds: took }) + '\n')
  }
}

main()
