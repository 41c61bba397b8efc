// Package lambdahost runs a function's process on this machine as Lambda runs it: it starts the process with Lambda's environment, serves
// the Runtime API to it, hands it one event at a time, and starts it anew when it has crashed or has run past its time.
//
//	host := lambdahost.New(lambdahost.Config{
//		Command: lambdahost.Bootstrap(dir), // dir holds an unpacked package
//		Dir:     dir,
//		Stderr:  os.Stderr,
//	})
//	defer host.Close()
//	answer, err := host.Invoke(ctx, event)
//
// # Order of things
//
// The first [Host.Invoke] (or [Host.Start]) starts the process. The process has Config.InitTimeout to ask for its first invocation. From then
// on each invocation has Config.Timeout. A process is given one invocation at a time; concurrent calls of Invoke wait for their turn, in no
// promised order. (Lambda would start a second process: make a second Host for that.)
//
// A process that has answered stays for the next invocation, so what it keeps in memory is kept, as in Lambda. One that takes its
// invocations from the Runtime API is not frozen between them, as Lambda freezes it: a goroutine that goes on after the answer is seen to
// go on here. One that speaks the protocol of channel.go waits in a read that blocks, and nothing of it runs.
//
// # Errors
//
// What goes wrong in the function is an [*Error]; its Kind tells a report of the function from a crash, a timeout and a failed start. After a
// crash, a timeout or a failed start the next Invoke starts a new process. An answer above Lambda's 6,291,556 bytes is Lambda's own error,
// Function.ResponseSizeTooLarge, as soon as that many have come; the process gets a 413 for it and stays.
//
// # What is served
//
// Of the Runtime API, version 2018-06-01 (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html): next invocation, invocation
// response, invocation error and initialization error. Not served: the extensions, logs and telemetry APIs. A streamed answer is gathered, and
// an error in its trailer is the invocation's. The server listens on 127.0.0.1 only. No credentials are put into the environment.
package lambdahost
