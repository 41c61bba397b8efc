// Package rulefile reads _redirects files, in which a site lists its redirects line
// by line, as rules for package redirect.
//
//	# old paths
//	/blog/my-post.php   /blog/my-post              # 301 at Netlify, 302 at Cloudflare
//	/news/*             /blog/:splat         302
//	/store   id=:id     /products/:id        301
//	/        /cn        302  Country=cn,hk,tw
//
// Two hosts have made the format known, and their files differ: see [Netlify] and
// [Cloudflare]. [Parse] reads both, and reports every line that it cannot do what
// the host would do, with its column and a way out: no line is dropped silently,
// and there is no limit after which lines are.
//
// Two kinds of comments say more. An origin that rules may lead to, which is a
// mistake otherwise:
//
//	# origin: https://shop.example
//
// And what is to come of a request, which [File.Test] tries:
//
//	# expect: GET /news/today?page=2 -> 302 /blog/today?page=2
//	# expect: GET / Country=tw -> 302 /cn
//	# expect: GET /blog/ -> pass
//
// From a file to a function:
//
//	file, err := rulefile.Parse(text, rulefile.Netlify)
//	...
//	table, err := file.Compile()
//
// The command redirects (in ../redirects) does so from the terminal: it checks and
// tests files, explains what comes of a request, and writes the compiled form to
// embed. Reading files belongs there and into tests rather than into a function,
// where it would cost every start some time.
package rulefile
