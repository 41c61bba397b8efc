// Package recipes is functions to copy, one a file: what sites ask of Lambda@Edge most often, each small and whole. Its test runs
// it in package edgesim, with the cache policy that it needs, and shows what its usual mistake does.
//
// docs/recipes.md has each on a screen, with its trigger, its cache key and its cost. A function's main is
//
//	func main() { edge.Start(recipes.ApexToWWW("example.com", "www.example.com")) }
package recipes
