package lambdahost

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
)

// Lambda's limit for the payload of an answer; Lambda@Edge's own limits are lower and are CloudFront's matter.
const maxAnswer = 6<<20 + 100

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
		h.Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:"+region+":123456789012:function:"+e.config.FunctionName+":"+version)
		h.Set("Lambda-Runtime-Trace-Id", inv.traceID)
		w.Write(inv.event)
	case <-e.exited:
	case <-r.Context().Done():
	}
}

func (e *environment) response(w http.ResponseWriter, r *http.Request) {
	body, ok := readBody(w, r)
	if !ok {
		return
	}
	e.settle(w, r, outcome{answer: body})
}

func (e *environment) invocationError(w http.ResponseWriter, r *http.Request) {
	body, ok := readBody(w, r)
	if !ok {
		return
	}
	e.settle(w, r, outcome{err: reportError(Reported, r.PathValue("id"), r.Header.Get("Lambda-Runtime-Function-Error-Type"), body)})
}

// settle accepts the first answer for the present invocation and refuses all others.
func (e *environment) settle(w http.ResponseWriter, r *http.Request, o outcome) {
	e.mu.Lock()
	inv := e.current
	if inv != nil && inv.id == r.PathValue("id") {
		e.current = nil
	} else {
		inv = nil
	}
	e.mu.Unlock()
	if inv == nil {
		refuse(w, http.StatusBadRequest, "InvalidRequestID", "no invocation of this id waits for an answer")
		return
	}
	accept(w)
	inv.outcome <- o
}

func (e *environment) initError(w http.ResponseWriter, r *http.Request) {
	body, ok := readBody(w, r)
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
	case e.failed <- reportError(InitError, "", r.Header.Get("Lambda-Runtime-Function-Error-Type"), body):
	default: // a second report says nothing new
	}
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxAnswer))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		refuse(w, http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", "the payload is larger than 6 MB")
		return nil, false
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, "InvalidRequest", "the payload ended early")
		return nil, false
	}
	return body, true
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
