package runtimeapi

// Dial opens the system's own kind of connection.
var Dial = dial
