// Package redirect answers requests with redirects: rules that carry the query,
// know the Referer, and never become an open redirect.
package redirect
