// Package edgetest tests Lambda@Edge functions: it makes requests and responses,
// sends them through a function as CloudFront would, and holds functions to
// CloudFront's rules.
//
// # One request
//
//	func TestRedirect(t *testing.T) {
//		r := edgetest.NewRequest(edge.ViewerRequest, "GET", "/index.html?username=octocat")
//		out, err := edgetest.Request(function, r)
//		if err != nil {
//			t.Fatal(err)
//		}
//		res, ok := out.(*edge.Response)
//		...
//	}
//
// [SetBody] gives the request a body, cut where CloudFront cuts it.
//
// The request becomes the JSON of an event, the function's answer comes back from
// JSON, and on the way [edge.Function.Invoke] checks it. So the test fails where
// CloudFront would show its 502 page.
//
// # Many events
//
//	func TestAgainstEvents(t *testing.T) {
//		if err := edgetest.TestFunction(function, edgetest.Events()); err != nil {
//			t.Error(err)
//		}
//	}
//
// [TestFunction] tries a function against every event of a file system; [Events]
// has those of this module. [Fuzz] goes on from there with events that nobody has
// thought of. Your own captures, through [Redact], are the best ones to add:
// docs/capture-events.md in this module's repository says how to get them.
//
// # Events of other people
//
// What sam local generate-event prints and what stands in READMEs is not all of an
// event. [Complete] fills in the rest and says what that was.
//
// # Warnings
//
// Where AWS's documents and its practice differ, a rule warns and never fails.
// Function.Warn gets these; in a test, that may be
//
//	function.Warn = func(w *edge.FieldError) { t.Log(w) }
//
// with t.Error in the place of t.Log for who wants none.
package edgetest
