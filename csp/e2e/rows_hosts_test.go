package e2e_test

func hostRows() []row {
	return []row{
		{
			name: "ipv4-host", point: "an IPv4 address in a source matches", want: all(true),
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
			name: "host-wildcard-ip", point: "the host * matches IP addresses", want: all(true),
			ifTrue: probes{
				img("img-src http://*", "http://127.0.0.2/x"),
				img("img-src http://*:8000", "http://127.0.0.2:8000/x"),
				img("img-src http://*:8000", "http://[::1]:8000/x"),
			},
			never: probes{img("img-src http://*:8000", "http://127.0.0.2:8001/x")},
		},
		{
			name: "ipv6-source", point: "an IPv6 address in a source matches", want: all(false),
			ifTrue: probes{
				img("img-src http://[::1]:8000", "http://[::1]:8000/x"),
				img("img-src [::1]", "http://[::1]/x"),
			},
		},
		{
			name: "host-trailing-dot", point: "a host with a dot at its end matches itself", want: engines{true, false, true},
			ifTrue: probes{img("img-src cdn.test.", "http://cdn.test./x")},
			never:  probes{img("img-src cdn.test", "http://cdn.test./x"), img("img-src cdn.test.", "http://cdn.test/x")},
		},
		{
			name: "bare-dot-wildcard", point: "http://*. matches every host", want: engines{false, false, true},
			ifTrue: probes{img("img-src http://*.", "http://cdn.test/x"), img("img-src http://*.", "http://site.test/x")},
		},
		{
			name: "port-leading-zero", point: "a port may begin with zeros", want: engines{true, false, true},
			ifTrue: probes{img("img-src cdn.test:0080", "http://cdn.test/x"), img("img-src cdn.test:08000", "http://cdn.test:8000/x")},
			never:  probes{img("img-src cdn.test:08000", "http://cdn.test/x")},
		},
		{
			name: "schemeless-port-upgrade", point: "on an http page, cdn.test:8443 matches https URLs of that port and host", want: engines{false, true, true},
			ifTrue: probes{
				img("img-src cdn.test:8443", "https://cdn.test:8443/x"),
				img("img-src site.test:8443", "https://site.test:8443/x"),
				request("fetch", "connect-src cdn.test:8443", "https://cdn.test:8443/x"),
			},
			always: probes{img("img-src cdn.test:8443", "http://cdn.test:8443/x")},
		},
		{
			name: "schemeless-port-80-secure", point: "on an https page, site.test:80 matches https URLs of the default port", want: engines{false, true, true},
			ifTrue: probes{from("https://site.test", img("img-src site.test:80", "https://site.test/x"))},
			never:  probes{from("https://site.test", img("img-src site.test:80", "https://site.test:8443/x"))},
		},
		{
			name: "schemeless-wildcard-port", point: "* with a port and without a scheme matches", want: engines{true, true, false},
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
			name: "source-query-with-path", point: "a query or fragment after a path is cut off, and the rest matches", want: all(true),
			ifTrue: probes{
				img("img-src cdn.test/app.js?v=3", "http://cdn.test/app.js"),
				img("img-src cdn.test/app.js?v=3", "http://cdn.test/app.js?v=4"),
				img("img-src cdn.test/app.js#top", "http://cdn.test/app.js"),
				img("img-src cdn.test/dir/?v=3", "http://cdn.test/dir/x"),
			},
			never: probes{img("img-src cdn.test/app.js?v=3", "http://cdn.test/other.js")},
		},
		{
			name: "source-query-without-path", point: "a query or fragment after a host is cut off, and the rest matches", want: engines{false, true, false},
			ifTrue: probes{
				img("img-src cdn.test?v=3", "http://cdn.test/x"),
				img("img-src cdn.test#top", "http://cdn.test/x"),
			},
		},
		{
			name: "encoded-slash", point: "%2F in a path is equal to a slash, in sources and in URLs", want: all(true),
			ifTrue: probes{
				img("img-src cdn.test/a%2Fb.png", "http://cdn.test/a/b.png"),
				img("img-src cdn.test/a/b.png", "http://cdn.test/a%2Fb.png"),
				img("img-src cdn.test/a/", "http://cdn.test/a%2Fb.png"),
			},
			never: probes{img("img-src cdn.test/a%2Fb.png", "http://cdn.test/a/c.png")},
		},
		{
			name: "path-double-slash", point: "a path may have an empty segment", want: engines{true, false, true},
			ifTrue: probes{img("img-src cdn.test//dir/", "http://cdn.test//dir/x")},
			always: probes{img("img-src cdn.test/dir//", "http://cdn.test/dir//x")},
			never:  probes{img("img-src cdn.test//dir/", "http://cdn.test/dir/x")},
		},
		{
			name: "path-odd-characters", point: "a path may have characters that the grammar has not", want: engines{true, false, true},
			ifTrue: oddPaths(),
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
			name: "star-websocket", point: "* matches ws and wss", want: all(true),
			ifTrue: probes{
				request("ws", "connect-src *", "ws://cdn.test/x"),
				request("ws", "connect-src *", "wss://cdn.test/x"),
				request("ws", "connect-src *", "ws://cdn.test:8000/x"),
				from("https://site.test", request("ws", "connect-src *", "wss://cdn.test/x")),
			},
			never: probes{request("ws", "connect-src http://cdn.test:8000", "ws://cdn.test/x")},
		},
		{
			name: "ws-source-http-url", point: "a source with ws or wss matches http and https URLs", want: engines{false, false, true},
			ifTrue: probes{
				img("img-src ws:", "http://cdn.test/x"),
				img("img-src wss:", "https://cdn.test/x"),
				request("fetch", "connect-src ws://cdn.test", "http://cdn.test/x"),
				request("fetch", "connect-src wss:", "https://cdn.test/x"),
			},
			always: probes{request("ws", "connect-src ws:", "ws://cdn.test/x")},
		},
		{
			name: "star-data", point: "* matches data: URLs of images", want: engines{false, false, true},
			ifTrue: probes{img("img-src *", dataImage)},
			always: probes{img("img-src data:", dataImage)},
		},
		{
			name: "upgrade-before-policy", point: "upgrade-insecure-requests upgrades a request before the policy is asked", want: all(true),
			ifTrue: probes{
				img("upgrade-insecure-requests; img-src https:", "http://cdn.test/x"),
				request("script", "upgrade-insecure-requests; script-src https://cdn.test", "http://cdn.test/x"),
			},
			never: probes{img("img-src https:", "http://cdn.test/x")},
		},
		{
			name: "upgrade-loopback", point: "upgrade-insecure-requests upgrades requests to this machine, too", want: engines{false, false, true},
			ifTrue:  as("https:", loopbackUpgrades()),
			ifFalse: as("http:", loopbackUpgrades()),
		},
	}
}

const dataImage = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/%3E"

func loopbackUpgrades() probes {
	const policy = "upgrade-insecure-requests"
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
