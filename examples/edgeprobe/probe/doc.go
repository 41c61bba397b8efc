// Package probe asks a distribution what AWS's documents leave open: the settings of edgesim.Unknowns, and what the library
// would like to know besides. It is one of the shape that package local has, deployed or in the simulator.
//
// Each [Question] sends a few requests whose query strings say what the functions at the four triggers and the origin are to do,
// and reads the answer off what comes back. What has been seen is kept with it, without anything of a person's.
package probe
