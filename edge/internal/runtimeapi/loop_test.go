package runtimeapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
	"github.com/google/go-cmp/cmp"
)

var (
	next    = request{Line: "GET invocation/next"}
	refused = "3 connections failed" // how a loop ends when the script is over
)

func answer(id, body string) request {
	return request{Line: "POST invocation/" + id + "/response", Body: body}
}

// The scripts: what the API does, what it must have got, and how the loop must have ended.
var scripts = []struct {
	name, reason string
	steps        []step
	want         []request
	ended        string
}{
	{
		name: "two-invocations", reason: "each is answered with its own id, on one connection",
		steps: []step{{reply: event("a", "one")}, {reply: accepted}, {reply: event("b", "two")}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]"), next, answer("b", "[two]")}, ended: refused,
	},
	{
		name: "empty-body", reason: "an event of no bytes is the handler's to judge",
		steps: []step{{reply: event("a", "")}, {reply: accepted}},
		want:  []request{next, answer("a", "[]")}, ended: refused,
	},
	{
		name: "header-names-in-any-case", reason: "RFC 9110 section 5.1",
		steps: []step{{reply: "HTTP/1.1 200 OK\r\nLAMBDA-RUNTIME-AWS-REQUEST-ID: a\r\nlambda-runtime-deadline-ms: 1\r\ncontent-LENGTH:3\r\n\r\none"}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]")}, ended: refused,
	},
	{
		name: "line-feeds-alone", reason: "RFC 9112 section 2.2 lets a recipient take them for line ends",
		steps: []step{{reply: strings.ReplaceAll(event("a", "one"), "\r\n", "\n")}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]")}, ended: refused,
	},
	{
		name: "chunked", reason: "RFC 9112 section 7.1, with extensions and a trailer",
		steps: []step{{reply: "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nLambda-Runtime-Deadline-Ms: 1\r\nTransfer-Encoding: chunked\r\n\r\n" +
			"4;name=value\r\n{\"a\"\r\n00A\r\n:123456789\r\n1 \r\n}\r\n0\r\nTrailer: x\r\n\r\n"}, {reply: accepted}},
		want: []request{next, answer("a", `[{"a":123456789}]`)}, ended: refused,
	},
	{
		name: "chunked-by-bytes", reason: "a read may end anywhere",
		steps: []step{{reply: "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nLambda-Runtime-Deadline-Ms: 1\r\nTransfer-Encoding: chunked\r\n\r\n" +
			"4\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\n\r\n", pieces: 1}, {reply: accepted, pieces: 1}},
		want: []request{next, answer("a", `[{"a":1}]`)}, ended: refused,
	},
	{
		name: "pieces-of-one-byte", reason: "a read may end anywhere",
		steps: []step{{reply: event("a", "one"), pieces: 1}, {reply: accepted, pieces: 1}, {reply: event("b", "two"), pieces: 1}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]"), next, answer("b", "[two]")}, ended: refused,
	},
	{
		name: "six-megabytes", reason: "Lambda's limit for an event and for an answer",
		steps: []step{{reply: event("a", strings.Repeat("x", 6<<20))}, {reply: accepted}, {reply: event("b", "two")}, {reply: accepted}},
		want:  []request{next, answer("a", "["+strings.Repeat("x", 6<<20)+"]"), next, answer("b", "[two]")}, ended: refused,
	},
	{
		name: "six-megabytes-chunked", reason: "as net/http sends what it does not know the length of",
		steps: []step{{reply: "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nLambda-Runtime-Deadline-Ms: 1\r\nTransfer-Encoding: chunked\r\n\r\n" +
			strings.Repeat("8000\r\n"+strings.Repeat("x", 32<<10)+"\r\n", 192) + "0\r\n\r\n"}, {reply: accepted}},
		want: []request{next, answer("a", "["+strings.Repeat("x", 6<<20)+"]")}, ended: refused,
	},
	{
		name: "interim-responses", reason: "RFC 9110 section 15.2: a client passes over 1xx",
		steps: []step{{reply: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + event("a", "one")}, {reply: "HTTP/1.1 102 Processing\r\n\r\n" + accepted}},
		want:  []request{next, answer("a", "[one]")}, ended: refused,
	},
	{
		name: "body-until-the-end", reason: "RFC 9112 section 6.3, last rule",
		steps: []step{{reply: "HTTP/1.0 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nLambda-Runtime-Deadline-Ms: 1\r\n\r\none", after: shut}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]")}, ended: refused,
	},
	{
		name: "connection-close", reason: "RFC 9112 section 9.6: the next request takes a new connection",
		steps: []step{{reply: event("a", "one", "Connection: close"), after: shut}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]")}, ended: refused,
	},
	{
		name: "closed-between-exchanges", reason: "the closed connection is seen before the answer is written to it",
		steps: []step{{reply: event("a", "one"), after: shut}, {reply: accepted, after: shut}, {reply: event("b", "two"), after: shut}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]"), next, answer("b", "[two]")}, ended: refused,
	},
	{
		name: "next-without-response", reason: "asking again changes nothing",
		steps: []step{{after: shut}, {after: shut}, {reply: event("a", "one")}, {reply: accepted}},
		want:  []request{next, next, next, answer("a", "[one]")}, ended: refused,
	},
	{
		name: "next-cut-in-its-header", reason: "no invocation was taken",
		steps: []step{{reply: "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Req", after: shut}, {reply: event("a", "one")}, {reply: accepted}},
		want:  []request{next, next, answer("a", "[one]")}, ended: refused,
	},
	{
		name: "next-cut-in-its-body", reason: "half an event never reaches the handler",
		steps: []step{{reply: event("a", "one")[:len(event("a", "one"))-1], after: shut}, {reply: event("a", "one")}, {reply: accepted}},
		want:  []request{next, next, answer("a", "[one]")}, ended: refused,
	},
	{
		name: "next-fails-three-times", reason: "the API counts as gone",
		steps: []step{{after: shut}, {after: shut}, {after: shut}, {reply: event("a", "one")}},
		want:  []request{next, next, next}, ended: refused,
	},
	{
		name: "answer-unread", reason: "closed with bytes unread: the API cannot have the answer, it is sent again",
		steps: []step{{reply: event("a", strings.Repeat("x", 1<<20))}, {unread: true, after: shut}, {reply: accepted}},
		want:  []request{next, answer("a", ""), answer("a", "["+strings.Repeat("x", 1<<20)+"]")}, ended: refused,
	},
	{
		name: "answer-read-no-response", reason: "closed after all was read: the API has the answer, it is not sent twice",
		steps: []step{{reply: event("a", "one")}, {after: shut}, {reply: event("b", "two")}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]"), next, answer("b", "[two]")}, ended: refused,
	},
	{
		name: "answer-cut-response", reason: "the API began to respond, so it has the answer",
		steps: []step{{reply: event("a", "one")}, {reply: accepted[:20], after: shut}, {reply: event("b", "two")}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]"), next, answer("b", "[two]")}, ended: refused,
	},
	{
		name: "answer-cut-by-reset", reason: "the API began to respond, so it has the answer",
		steps: []step{{reply: event("a", "one")}, {reply: accepted[:20], after: reset}, {reply: event("b", "two")}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]"), next, answer("b", "[two]")}, ended: refused,
	},
	{
		name: "answer-reset", reason: "whether the API has it cannot be known: sent again, and the refusal taken for a yes",
		steps: []step{{reply: event("a", "one")}, {after: reset}, {reply: status(400)}, {reply: event("b", "two")}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]"), answer("a", "[one]"), next, answer("b", "[two]")}, ended: refused,
	},
	{
		name: "next-reset", reason: "asking again changes nothing",
		steps: []step{{after: reset}, {reply: event("a", "one")[:40], after: reset}, {reply: event("a", "one")}, {reply: accepted}},
		want:  []request{next, next, next, answer("a", "[one]")}, ended: refused,
	},
	{
		name: "answer-again-refused", reason: "403 to a second sending: the API took the first after all",
		steps: []step{{reply: event("a", strings.Repeat("x", 1<<20))}, {unread: true, after: shut}, {reply: status(403)}, {reply: event("b", "two")}, {reply: accepted}},
		want:  []request{next, answer("a", ""), answer("a", "["+strings.Repeat("x", 1<<20)+"]"), next, answer("b", "[two]")}, ended: refused,
	},
	{
		name: "unasked-response", reason: "it must not be taken for the next invocation",
		steps: []step{{reply: event("a", "one")}, {reply: accepted + event("evil", "two")}, {reply: event("b", "three")}, {reply: accepted}},
		want:  []request{next, answer("a", "[one]"), next, answer("b", "[three]")}, ended: refused,
	},
	{
		name: "malformed-deadline", reason: "reported for the invocation, as AWS's client does",
		steps: []step{{reply: "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nLambda-Runtime-Deadline-Ms: soon\r\nContent-Length: 0\r\n\r\n"}, {reply: accepted}, {reply: event("b", "two")}, {reply: accepted}},
		want: []request{next, {Line: "POST invocation/a/error", ErrorType: "errorString",
			Body: `{"errorMessage":"failed to parse deadline: strconv.ParseInt: parsing \"soon\": invalid syntax","errorType":"errorString"}`}, next, answer("b", "[two]")}, ended: refused,
	},

	// What ends the loop, as it ends AWS's client.
	{name: "next-500", reason: "container error", steps: []step{{reply: status(500)}}, want: []request{next}, ended: "got status 500; want 200"},
	{name: "next-403", reason: "the API thinks the last invocation unanswered", steps: []step{{reply: status(403)}}, want: []request{next}, ended: "got status 403; want 200"},
	{name: "next-204", reason: "only 200 brings an invocation", steps: []step{{reply: "HTTP/1.1 204 No Content\r\n\r\n"}}, want: []request{next}, ended: "got status 204; want 200"},
	{name: "next-101", reason: "a final response, and not one to a request of ours", steps: []step{{reply: "HTTP/1.1 101 Switching Protocols\r\n\r\n", after: shut}}, want: []request{next}, ended: "got status 101; want 200"},
	{name: "answer-413", reason: "too large: the API has made an error of it", steps: []step{{reply: event("a", "one")}, {reply: status(413)}}, want: []request{next, answer("a", "[one]")}, ended: "a/response: got status 413; want 202"},
	{name: "answer-400", reason: "refused", steps: []step{{reply: event("a", "one")}, {reply: status(400)}}, want: []request{next, answer("a", "[one]")}, ended: "got status 400"},
	{name: "answer-200", reason: "only 202 takes an answer", steps: []step{{reply: event("a", "one")}, {reply: status(200)}}, want: []request{next, answer("a", "[one]")}, ended: "got status 200"},
	{name: "no-request-id", reason: "an answer would have no place to go", steps: []step{{reply: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}}, want: []request{next}, ended: `got request id ""`},
	{name: "hostile-request-id", reason: "it would change the path of the answer", steps: []step{{reply: event("../init/error?", "")}}, want: []request{next}, ended: `got request id "../init/error?"`},
	{name: "not-http", reason: "something else listens there", steps: []step{{reply: "220 mail.example ESMTP\r\n\r\n"}}, want: []request{next}, ended: `got status line "220 mail.example ESMTP"`},
	{name: "header-without-colon", reason: "RFC 9112 section 5", steps: []step{{reply: "HTTP/1.1 200 OK\r\nbroken\r\n\r\n"}}, want: []request{next}, ended: `got header line "broken"`},
	{name: "folded-header", reason: "RFC 9112 section 5.2: obsolete", steps: []step{{reply: "HTTP/1.1 200 OK\r\nA: b\r\n c: d\r\n\r\n"}}, want: []request{next}, ended: `got header line " c: d"`},
	{name: "endless-header", reason: "memory is bounded", steps: []step{{reply: "HTTP/1.1 200 OK\r\nA: " + strings.Repeat("x", 100_000)}}, want: []request{next}, ended: "the header is longer than"},
	{name: "length-not-a-number", reason: "RFC 9110 section 8.6", steps: []step{{reply: "HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\none"}}, want: []request{next}, ended: `got Content-Length "+3"`},
	{name: "two-lengths", reason: "RFC 9112 section 6.3, rule 5", steps: []step{{reply: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\none"}}, want: []request{next}, ended: `got Content-Length "4"`},
	{name: "enormous-length", reason: "memory is bounded", steps: []step{{reply: "HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\none"}}, want: []request{next}, ended: "the body is longer than"},
	{name: "unknown-transfer-coding", reason: "RFC 9112 section 6.1", steps: []step{{reply: "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"}}, want: []request{next}, ended: `got Transfer-Encoding "gzip"`},
	{name: "chunk-size-not-a-number", reason: "RFC 9112 section 7.1", steps: []step{{reply: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"}}, want: []request{next}, ended: `got chunk size "xyz"`},
	{name: "chunk-too-long", reason: "RFC 9112 section 7.1", steps: []step{{reply: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nfour\r\n0\r\n\r\n"}}, want: []request{next}, ended: `got "r" after a chunk`},
	{name: "chunks-without-end", reason: "memory is bounded", steps: []step{{reply: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n"}}, want: []request{next}, ended: "the body is longer than"},
}

func TestLoop(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, test := range scripts {
		if names[test.name] || test.reason == "" {
			t.Fatalf("row %q: a second one of the name, or without a reason", test.name)
		}
		names[test.name] = true
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			eachDialer(t, func(t *testing.T, dial func(runtimeapi.Address) (runtimeapi.Conn, error)) {
				got, ended := run(t, runtimeapi.Loop{Dial: dial}, test.steps)
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("requests, %s (-want +got):\n%.2000s", test.reason, diff)
				}
				if ended == nil || !strings.Contains(ended.Error(), test.ended) {
					t.Errorf("Run ended with %v; want %q (%s)", ended, test.ended, test.reason)
				}
			})
		})
	}
}

// A counting Conn counts the writes.
type counting struct {
	*endless
	writes int
}

func (c *counting) Write(p []byte) (int, error) {
	c.writes++
	return c.endless.Write(p)
}

// Polled is called once, when the first request is written and nothing has been read; Answered after each invocation, before the
// next is asked for.
func TestPolledAndAnswered(t *testing.T) {
	t.Parallel()
	conn := &counting{endless: newEndless(3)}
	var calls []string
	note := func(name string) func() {
		return func() {
			calls = append(calls, fmt.Sprintf("%s after %d writes, %d reads", name, conn.writes, 6-conn.left))
		}
	}
	loop := runtimeapi.Loop{
		Handler:  echo,
		Dial:     func(runtimeapi.Address) (runtimeapi.Conn, error) { return conn, nil },
		Polled:   note("polled"),
		Answered: note("answered"),
	}
	loop.Run()
	want := []string{"polled after 1 writes, 0 reads", "answered after 2 writes, 2 reads", "answered after 4 writes, 4 reads", "answered after 6 writes, 6 reads"}
	if diff := cmp.Diff(want, calls); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
