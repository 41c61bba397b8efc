package lambdahost

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// maxAnswer is Lambda's limit for the payload of an answer, in bytes; Lambda@Edge's own limits are lower and are CloudFront's matter.
const maxAnswer = 6<<20 + 100

// errorTypeHeader has the errorType of a report; in the trailer of an answer that is streamed it says that the function failed midway.
const errorTypeHeader = "Lambda-Runtime-Function-Error-Type"

// api is the Runtime API, version 2018-06-01, in the terms of its OpenAPI description.
func (e *environment) api() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", e.next)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", e.response)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", e.invocationError)
	mux.HandleFunc("POST /2018-06-01/runtime/init/error", e.initError)
	return mux
}

// next blocks until there is an invocation.
func (e *environment) next(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	busy := e.current != nil
	e.mu.Unlock()
	if busy {
		refuse(w, http.StatusForbidden, "InvalidStateTransition", "the last invocation is not answered")
		return
	}
	e.readyOnce.Do(func() { close(e.ready) })
	select {
	case inv := <-e.work:
		e.mu.Lock()
		e.current = inv
		e.mu.Unlock()
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("Content-Length", strconv.Itoa(len(inv.event)))
		h.Set("Lambda-Runtime-Aws-Request-Id", inv.id)
		h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(inv.deadline.UnixMilli(), 10))
		h.Set("Lambda-Runtime-Invoked-Function-Arn", e.arn())
		h.Set("Lambda-Runtime-Trace-Id", inv.traceID)
		w.Write(inv.event)
	case <-e.exited:
	case <-r.Context().Done():
	}
}

// arn is the function's, with its version.
func (e *environment) arn() string {
	return "arn:aws:lambda:" + region + ":123456789012:function:" + e.config.FunctionName + ":" + version
}

// tooLarge is Lambda's error for an answer above its limit.
func tooLarge(id string) *Error {
	return &Error{Kind: Reported, RequestID: id, Type: "Function.ResponseSizeTooLarge",
		Message: fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes).", maxAnswer)}
}

func (e *environment) response(w http.ResponseWriter, r *http.Request) {
	body, ok := e.readBody(w, r)
	if !ok {
		return
	}
	o := outcome{answer: body}
	if failed := r.Trailer.Get(errorTypeHeader); failed != "" {
		report, _ := base64.StdEncoding.DecodeString(r.Trailer.Get("Lambda-Runtime-Function-Error-Body"))
		o = outcome{err: reportError(Reported, r.PathValue("id"), failed, report)}
	}
	reply(w, e.settle(r, o))
}

func (e *environment) invocationError(w http.ResponseWriter, r *http.Request) {
	body, ok := e.readBody(w, r)
	if !ok {
		return
	}
	reply(w, e.settle(r, outcome{err: reportError(Reported, r.PathValue("id"), r.Header.Get(errorTypeHeader), body)}))
}

// settle takes the first answer for the present invocation. It reports whether this is it.
func (e *environment) settle(r *http.Request, o outcome) bool {
	e.mu.Lock()
	inv := e.current
	if inv == nil || inv.id != r.PathValue("id") {
		e.mu.Unlock()
		return false
	}
	e.current = nil
	e.mu.Unlock()
	inv.outcome <- o
	return true
}

func reply(w http.ResponseWriter, settled bool) {
	if !settled {
		refuse(w, http.StatusBadRequest, "InvalidRequestID", "no invocation of this id waits for an answer")
		return
	}
	accept(w)
}

func (e *environment) initError(w http.ResponseWriter, r *http.Request) {
	body, ok := e.readBody(w, r)
	if !ok {
		return
	}
	select {
	case <-e.ready:
		refuse(w, http.StatusForbidden, "InvalidStateTransition", "the init phase is over")
		return
	default:
	}
	accept(w)
	select {
	case e.failed <- reportError(InitError, "", r.Header.Get(errorTypeHeader), body):
	default: // a second report says nothing new
	}
}

// readBody reads what the process sends. What is above Lambda's limit fails the invocation at once, whatever the process makes of the 413;
// the rest is read and thrown away, for a client that is still writing would not see the answer.
func (e *environment) readBody(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxAnswer+1))
	if err != nil {
		refuse(w, http.StatusBadRequest, "InvalidRequest", "the payload ended early")
		return nil, false
	}
	if len(body) <= maxAnswer {
		return body, true
	}
	e.settle(r, outcome{err: tooLarge(r.PathValue("id"))})
	io.Copy(io.Discard, r.Body)
	refuse(w, http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", fmt.Sprintf("Exceeded maximum allowed payload size (%d bytes).", maxAnswer))
	return nil, false
}

func accept(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusAccepted)
	io.WriteString(w, `{"status":"OK"}`)
}

func refuse(w http.ResponseWriter, status int, errorType, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"errorType": errorType, "errorMessage": message})
}
