package viewer

import (
	"fmt"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// The request headers with which a developer plays another viewer, or makes a function fail, for one request.
// They go no further, and neither does what is only spelled like them.
const (
	mockPrefix  = "X-Mock-"
	cloudFront  = "CloudFront-"
	FaultHeader = "X-Mock-Lambda-Fault"
)

// The headers whose mocks have an effect without a policy that names them.
const (
	address  = "Viewer-Address"
	protocol = "Forwarded-Proto"
)

// MostNotes is how much is said of the mocks of one request, and of the faults that it asks for.
const MostNotes = 10

// TakeMocks takes the X-Mock headers out of h and plays the viewer that they describe. It returns the faults that the request
// asks for, each a trigger, "=" and the fault; and what is wrong with the headers, in words.
func (v *Viewer) TakeMocks(h http.Header) (faults, notes []string) {
	var names []string
	for name := range h {
		if strings.HasPrefix(name, mockPrefix) {
			names = append(names, name)
		}
	}
	if names == nil {
		return nil, nil
	}
	slices.Sort(names)
	for _, name := range names {
		values, rest := h[name], name[len(mockPrefix):]
		delete(h, name)
		header, isMock := strings.CutPrefix(rest, http.CanonicalHeaderKey(cloudFront))
		switch {
		case name == FaultHeader:
			faults = append(faults, items(values)...)
			continue
		case isMock && len(values) > 0:
			v.mock(header, values)
		}
		if note := checkMock(rest, header, values); note != "" && len(notes) < MostNotes {
			notes = append(notes, note)
		}
	}
	return faults, notes
}

// items are the members of a list header. Empty ones are none (RFC 9110 section 5.6.1).
func items(values []string) []string {
	var all []string
	for _, line := range values {
		for item := range strings.SplitSeq(line, ",") {
			if item = strings.TrimSpace(item); item != "" {
				all = append(all, item)
			}
		}
	}
	return all
}

// mock plays a viewer with the values of a CloudFront header, whose name stands without its prefix. A header that is not known here
// is played as well, as AWS adds one from time to time, and a wrong value, as it may be the test.
func (v *Viewer) mock(name string, values []string) {
	if v.Mocks == nil {
		v.Mocks = http.Header{}
	}
	v.Mocks[http.CanonicalHeaderKey(cloudFront+name)] = values
	switch value := values[0]; name {
	case address:
		if client, ok := clientOf(value); ok {
			v.ClientIP = client
		}
	case protocol:
		v.HTTPS = value != "http"
	}
}

// UnseenMocks says which mocks nobody sees, because no policy of the behaviour names their header. added are the canonical names of
// those that policies name.
func (v *Viewer) UnseenMocks(added []string) (notes []string) {
	if v.Mocks == nil {
		return nil // as for nearly every request
	}
	for _, name := range slices.Sorted(maps.Keys(v.Mocks)) {
		known := find(strings.TrimPrefix(name, http.CanonicalHeaderKey(cloudFront)))
		if known == nil || known.name == address || known.name == protocol || slices.Contains(added, name) {
			continue
		}
		notes = append(notes, fmt.Sprintf("%s%s%s: no policy of the behaviour names %[2]s%[3]s, so that neither functions nor the origin see it",
			mockPrefix, cloudFront, known.name))
	}
	return notes
}

// clientOf is the address in a CloudFront-Viewer-Address, with or without its port.
func clientOf(value string) (string, bool) {
	if pair, err := netip.ParseAddrPort(value); err == nil {
		return pair.Addr().String(), true
	}
	addr, err := netip.ParseAddr(value)
	return addr.String(), err == nil
}

// checkMock says what is wrong with a header that begins like a mock: rest is its name behind X-Mock-, header what stands behind
// CloudFront- in it.
func checkMock(rest, header string, values []string) string {
	if header == rest || len(values) == 0 {
		mocks := append(headerNames(cloudFront), strings.TrimPrefix(FaultHeader, mockPrefix))
		return fmt.Sprintf("%s%s: not known, and left out; allowed are %s and %s%s... for every header of CloudFront's%s",
			mockPrefix, shown(rest), FaultHeader, mockPrefix, cloudFront, didYouMean(mockPrefix, rest, mocks))
	}
	if known := find(header); known != nil {
		return known.check(values[0])
	}
	return fmt.Sprintf("%s%s%s: not a header of CloudFront's that is known here; it is added where a policy names it%s",
		mockPrefix, cloudFront, shown(header), didYouMean(mockPrefix+cloudFront, header, headerNames("")))
}
