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
// [Cloudflare]. [Parse] reads both as the host does, odd spellings included, and no
// line is dropped silently. A line that the host refuses is a mistake if it was most
// likely meant to do something, with its column and a way out. The rest are notes, in
// [File.Notes]:
//
//	/* /index.html 200          no redirect: its requests pass on to the origin, and no
//	                            later line gets them (unsupported)
//	/a#part /b                  has never matched at Netlify: left out (dropped)
//	the 101st rule with a *     has never been there at Cloudflare; here it redirects
//	                            (dropped)
//	/a/:id /b/:Id               :Id stays as it is (placeholder)
//	/a /b 301!!                 read as 301 (syntax)
//
// [File.Compile] adds what the host does not mind either: rules that lead to other
// rules, that come after others for the same requests, that have to run at
// origin-request. [File.Shadowed] tells, once a file, of rules without an exclamation
// mark, before which a page that exists comes at Netlify and does not here.
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
// A file keeps its text and no list of rules: [File.Rules] reads them again, one by
// one, so that a file of a million lines compiles in little more memory than it takes
// itself.
//
// The command redirects (in ../redirects) does so from the terminal: it checks and
// tests files, explains what comes of a request, and writes the compiled form to
// embed. Reading files belongs there and into tests rather than into a function,
// where it would cost every start some time.
package rulefile
