package e2e_test

func hostRows() []row {
	return []row{
		{
			name: "ipv4-host",
			ifTrue: probes{
				img("img-src 127.0.0.2:8000", "http://127.0.0.2:8000/x"),
				img("img-src http://127.0.0.2", "http://127.0.0.2/x"),
				img("img-src http://127.0.0.1:*", "http://127.0.0.1:8000/x"),
				request("script", "script-src http://192.0.2.10:8080", "http://192.0.2.10:8080/x"),
			},
			never: probes{
				img("img-src 127.0.0.2:8000", "http://127.0.0.3:8000/x"),
				img("img-src 127.0.0.2:8000", "http://127.0.0.2:8001/x"),
			},
		},
		{
			name: "host-wildcard-ip",
			ifTrue: probes{
				img("img-src http://*", "http://127.0.0.2/x"),
				img("img-src http://*:8000", "http://127.0.0.2:8000/x"),
				img("img-src http://*:8000", "http://[::1]:8000/x"),
			},
			never: probes{img("img-src http://*:8000", "http://127.0.0.2:8001/x")},
		},
		{
			name:   "host-trailing-dot",
			ifTrue: probes{img("img-src cdn.test.", "http://cdn.test./x")},
			never:  probes{img("img-src cdn.test", "http://cdn.test./x"), img("img-src cdn.test.", "http://cdn.test/x")},
		},
		{
			name:   "bare-dot-wildcard",
			ifTrue: probes{img("img-src http://*.", "http://cdn.test/x"), img("img-src http://*.", "http://site.test/x")},
		},
		{
			name:   "port-leading-zero",
			ifTrue: probes{img("img-src cdn.test:0080", "http://cdn.test/x"), img("img-src cdn.test:08000", "http://cdn.test:8000/x")},
			never:  probes{img("img-src cdn.test:08000", "http://cdn.test/x")},
		},
		{
			name: "port-80-upgrade",
			ifTrue: probes{
				img("img-src http://cdn.test:80", "https://cdn.test/x"),
				img("img-src cdn.test:80", "https://cdn.test/x"),
			},
			never: probes{img("img-src http://cdn.test:80", "https://cdn.test:8443/x")},
		},
		{
			name: "port-80-secure",
			ifTrue: probes{
				from("https://site.test", img("img-src cdn.test:80", "https://cdn.test/x")),
				from("https://site.test", img("img-src site.test:80", "https://site.test/x")),
				img("img-src https://cdn.test:80", "https://cdn.test/x"),
			},
			never: probes{from("https://site.test", img("img-src cdn.test:80", "https://cdn.test:8443/x"))},
		},
		{
			name: "same-port-upgrade",
			ifTrue: probes{
				img("img-src http://cdn.test:8443", "https://cdn.test:8443/x"),
				img("img-src cdn.test:8443", "https://cdn.test:8443/x"),
				img("img-src site.test:8443", "https://site.test:8443/x"),
				request("fetch", "connect-src cdn.test:8443", "https://cdn.test:8443/x"),
			},
			always: probes{img("img-src cdn.test:8443", "http://cdn.test:8443/x"), img("img-src 'self'", "https://site.test/x")},
		},
		{
			name: "schemeless-wildcard",
			ifTrue: probes{
				img("img-src *:80", "http://cdn.test/x"),
				img("img-src *:8000", "http://cdn.test:8000/x"),
				img("img-src *:*", "http://cdn.test:8000/x"),
				from("https://site.test", img("img-src *:443", "https://cdn.test/x")),
			},
			always: probes{img("img-src http://*:8000", "http://cdn.test:8000/x")},
			never:  probes{img("img-src *:8000", "http://cdn.test:8001/x")},
		},
	}
}

func pathRows() []row {
	return []row{
		{
			name: "source-query-with-path",
			ifTrue: probes{
				img("img-src cdn.test/app.js?v=3", "http://cdn.test/app.js"),
				img("img-src cdn.test/app.js?v=3", "http://cdn.test/app.js?v=4"),
				img("img-src cdn.test/app.js#top", "http://cdn.test/app.js"),
				img("img-src cdn.test/dir/?v=3", "http://cdn.test/dir/x"),
			},
			never: probes{img("img-src cdn.test/app.js?v=3", "http://cdn.test/other.js")},
		},
		{
			name: "source-query-without-path",
			ifTrue: probes{
				img("img-src cdn.test?v=3", "http://cdn.test/x"),
				img("img-src cdn.test#top", "http://cdn.test/x"),
			},
		},
		{
			name: "encoded-slash",
			ifTrue: probes{
				img("img-src cdn.test/a%2Fb.png", "http://cdn.test/a/b.png"),
				img("img-src cdn.test/a/b.png", "http://cdn.test/a%2Fb.png"),
				img("img-src cdn.test/a/", "http://cdn.test/a%2Fb.png"),
			},
			never: probes{img("img-src cdn.test/a%2Fb.png", "http://cdn.test/a/c.png")},
		},
		{
			name:   "path-odd-characters",
			ifTrue: append(oddPaths(), img("img-src cdn.test//dir/", "http://cdn.test//dir/x")),
			always: probes{img("img-src cdn.test/dir//", "http://cdn.test/dir//x")},
			never:  probes{img("img-src cdn.test//dir/", "http://cdn.test/dir/x")},
		},
		{
			name: "wildcard-path",
			ifTrue: probes{
				img("img-src http://*/dir/", "http://cdn.test/dir/x"),
				img("img-src https://*/dir/", "https://cdn.test/dir/x"),
			},
			never: probes{img("img-src http://*/dir/", "http://cdn.test/x")},
		},
	}
}

// oddPaths has a probe for each character that no path has in the draft's grammar and that stands in a header.
func oddPaths() probes {
	var odd probes
	for _, character := range "[]|\"<>{}^`" {
		path := "/a" + string(character) + "b/"
		odd = append(odd, img("img-src cdn.test"+path, "http://cdn.test"+path+"x"))
	}
	return odd
}

func schemeRows() []row {
	return []row{
		{
			name: "star-websocket",
			ifTrue: probes{
				request("ws", "connect-src *", "ws://cdn.test/x"),
				request("ws", "connect-src *", "wss://cdn.test/x"),
				request("ws", "connect-src *", "ws://cdn.test:8000/x"),
				from("https://site.test", request("ws", "connect-src *", "wss://cdn.test/x")),
			},
			never: probes{request("ws", "connect-src http://cdn.test:8000", "ws://cdn.test/x")},
		},
		{
			name: "ws-source-http-url",
			ifTrue: probes{
				img("img-src ws:", "http://cdn.test/x"),
				img("img-src wss:", "https://cdn.test/x"),
				request("fetch", "connect-src ws://cdn.test", "http://cdn.test/x"),
				request("fetch", "connect-src wss:", "https://cdn.test/x"),
			},
			always: probes{request("ws", "connect-src ws:", "ws://cdn.test/x")},
		},
		{
			name:   "star-data",
			ifTrue: probes{img("img-src *", dataImage)},
			always: probes{img("img-src data:", dataImage)},
		},
		{
			name:   "upgrade-loopback",
			ifTrue: loopback("img-src https:; upgrade-insecure-requests"),
			always: loopback("img-src http:"),
			never:  loopback("img-src https:"),
		},
		{
			name: "upgrade-loopback-sent", point: "upgrade-insecure-requests upgrades requests to this machine, too, before they are sent", want: engines{false, false, true},
			ifTrue:  as("https:", loopback("upgrade-insecure-requests")),
			ifFalse: as("http:", loopback("upgrade-insecure-requests")),
		},
		{
			name: "upgrade-per-policy",
			ifFalse: probes{{
				Policies: []string{"img-src https:", "upgrade-insecure-requests"}, Kind: "img", URL: "http://cdn.test/x",
			}},
		},
	}
}

const dataImage = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/%3E"

// loopback has a probe for each way to name this machine.
func loopback(policy string) probes {
	return probes{
		img(policy, "http://127.0.0.1:8000/x"),
		img(policy, "http://localhost:8000/x"),
		img(policy, "http://app.localhost:8000/x"),
		img(policy, "http://[::1]:8000/x"),
	}
}

// as says how the server must see the requests.
func as(beginning string, requests probes) probes {
	for i := range requests {
		requests[i].As = beginning
	}
	return requests
}
