package runtimeapi

// Dial opens the system's own kind of connection.
var Dial = dial

var (
	TypeString   = typeString
	TypeName     = typeName
	PanicMessage = panicMessage
)
