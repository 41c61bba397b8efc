package edgetest

// Keeps is the law that nothing is lost, which no function breaks as long as
// package edge works.
var Keeps = keeps
