// The GitHub API's address: one origin, without a path. This line is its only home: script.js asks
// this address, and the Content-Security-Policy is built from this very line (see site.go).
export const githubAPI = "https://api.github.com";
