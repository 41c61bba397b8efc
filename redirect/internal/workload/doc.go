// Package workload is the rules and requests that package redirect is measured
// with: by its own benchmarks, and by redirectbench beside older versions of it and
// beside others.
package workload
