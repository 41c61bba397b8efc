package csp

// Where the draft and the browsers differ, or the draft contradicts itself,
// this package decides as follows. TestContestedPoints has a case for each.
//
//  1. http://h:80 and https://h. The draft's overview of changes says that
//     they match, its "port-part matching" says not (w3c/webappsec-csp#439).
//     Chromium and WebKit match if the source is insecure and the URL secure.
//     So does this package: upgradedPortMatches.
//  2. http://h:8000 and https://h:8000, http://h:80 and https://h:80. The
//     draft matches, Chromium does not: a server that speaks both on one
//     port is no thing to expect. As Chromium: upgradedPortMatches. 'self' is
//     not concerned: for it the draft names the equal port as intended.
//  3. ws: and http or https, wss: and https. The draft matches, Chromium does
//     not. As the draft: matchScheme.
//  4. * and ftp, ws, wss. The draft matches http, https and the page's own
//     scheme only; Chromium takes ws and wss in. As the draft: matchURL.
//  5. IP addresses. A note of the draft says that 127.0.0.1 matches and no
//     other; "host-part matching" says that none does. This package matches
//     127.0.0.1, written so in the source, and no other: loopbackMatches.
//     * and schemes match URLs with IP addresses, as hosts do not matter.
//  6. custom://h/p and URLs of such schemes. The draft matches, Chromium does
//     not. As the draft: matchHost takes any host of theirs that is not empty.
//  7. 'sha-256-...' is a hash for Chromium but not in the grammar; bad base64,
//     or a digest of the wrong length, is one in the grammar but not for
//     Chromium. As the draft: parseQuoted. A hash that matches nothing still
//     switches 'unsafe-inline' off.
//  8. Control characters in a directive. The draft keeps the directive, Chromium
//     drops it, so that it restricts nothing. As the draft, and Parse reports
//     it as High.
//  9. 'none' beside other sources is ignored, as the draft says: it never
//     matches, and it keeps nothing from matching.
//  10. IPv4 addresses have the shape of a host-source in the grammar, IPv6
//     addresses have not. As the draft: parseSource; neither matches, but for
//     point 5.
//  11. blob: URLs of the page's own origin and 'self'. "origin is the same as
//     url's origin" is true of them, yet Web Platform Tests and all browsers
//     want blob: to be listed. As the browsers: matchSelf.

// upgradedPortMatches decides about the port where an insecure source, http or
// ws, meets a secure URL: the upgrade leads to the default port only, from no
// port, the old default or the new one (points 1 and 2).
func upgradedPortMatches(port int32, u *location) bool {
	return u.port == portNone && (port == portNone || port == 80 || port == 443)
}

// loopbackMatches decides about a URL whose host is an IP address (point 5).
func loopbackMatches(s *source, u *location) bool {
	return !s.anySub && s.host == "127.0.0.1" && u.host == "127.0.0.1"
}
