// Package deflate compresses programs: slowly, and smaller than compress/flate at its best level, by about 6 % of a Go
// program's zip. At the edge that is the difference between a function that viewer triggers take and one that they refuse.
//
// The output is DEFLATE (RFC 1951), which every zip reader knows. compress/flate takes the first good match that it sees;
// this package looks for the cheapest way through the data:
//
//   - a binary tree over the last 32 KiB gives, at each position, the nearest match of every length (finder.go);
//   - a shortest path over all positions chooses between literals and matches by what they cost in bits (parse.go);
//   - what they cost depends on the codes, and the codes on what was chosen, so both are done in turns;
//   - cuts between blocks are chosen so that all blocks together cost least (split.go).
//
// All arithmetic is on integers: floating-point results may differ between processors, and equal data must give equal
// bytes on all of them.
package deflate
