// The GitHub API's address: one origin, without a path. This line is its only home: script.js asks
// this address, and the Content-Security-Policy is built from this very line (see site.go).
export const githubAPI = "https://api.github.com";

// The console's address. Only a run on one's own machine has a console, and writes it here: CloudFront has none.
export const consoleURL = "";
