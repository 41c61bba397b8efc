// Package cffunction is what the simulator knows of CloudFront Functions: the event that a function sees, the process
// that runs it, and what CloudFront makes of the answer.
//
// A function runs in Node.js, one process for each, by host.mjs: a line of JSON in and a line of JSON out for each run.
// What the runtimes of CloudFront do not have is not there for the function either, but node:vm is no security
// boundary: it keeps the author of a function from mistakes, and nobody from the machine.
package cffunction
