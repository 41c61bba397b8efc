package githubapi

import (
	"net/url"
	"strings"
)

// A Guest is a user of the built-in API.
type Guest struct {
	Login string
	Shows string // what is to be seen, in a few words

	name, company, blog, location, bio string
	repos, gists, followers, following int
	created                            string
}

// Guests returns the users, in the order in which to try them. Two more names, "limited" and "throttled", get the
// answers of GitHub's two rate limits (403 and 429); every other name is unknown (404).
func Guests() []Guest {
	return []Guest{
		{Login: "octocat", Shows: "every field",
			name: "The Octocat", company: "@github", blog: "https://github.blog", location: "San Francisco",
			bio: "GitHub's mascot: half cat, half octopus.", repos: 8, gists: 8, followers: 22154, following: 9,
			created: "2011-01-25T18:44:36Z"},
		{Login: "gopher", Shows: "names beyond ASCII and a long text",
			name: "Göpher 世界 العالم", company: "Burrow & Sons", blog: "https://go.dev", location: "Zürich",
			bio:   "Digs tunnels between goroutines. Likes small interfaces, short names and tests that can fail; dislikes magic, and any word as long as Donaudampfschifffahrtsgesellschaftskapitän.",
			repos: 1234, gists: 56, followers: 987654, following: 1, created: "2009-11-10T23:00:00Z"},
		{Login: "hubot", Shows: "few fields", name: "", repos: 1, created: "2011-10-25T00:00:00Z"},
		{Login: "mallory", Shows: "hostile fields, shown as text",
			name: "<b>Mallory</b>", company: `"><img src=x onerror=alert(1)>`, blog: "javascript:alert(document.domain)",
			location: "{{7*7}}", bio: "<script>alert(1)</script>", repos: 1, followers: 2, following: 3,
			created: "2020-02-02T02:02:02Z"},
		{Login: "slow", Shows: "that the page waits", name: "Slow Loris", location: "A branch", repos: 1, created: "2015-05-05T05:05:05Z"},
	}
}

func guestNamed(login string) (Guest, bool) {
	for _, g := range Guests() {
		if strings.EqualFold(g.Login, login) {
			return g, true
		}
	}
	return Guest{}, false
}

// A user is the body that GitHub documents for "Get a user", without the addresses of further resources.
// https://docs.github.com/en/rest/users/users#get-a-user
type user struct {
	Login       string  `json:"login"`
	ID          int     `json:"id"`
	AvatarURL   string  `json:"avatar_url"`
	URL         string  `json:"url"`
	HTMLURL     string  `json:"html_url"`
	Type        string  `json:"type"`
	SiteAdmin   bool    `json:"site_admin"`
	Name        *string `json:"name"`
	Company     *string `json:"company"`
	Blog        string  `json:"blog"`
	Location    *string `json:"location"`
	Email       *string `json:"email"`
	Bio         *string `json:"bio"`
	PublicRepos int     `json:"public_repos"`
	PublicGists int     `json:"public_gists"`
	Followers   int     `json:"followers"`
	Following   int     `json:"following"`
	CreatedAt   string  `json:"created_at"`
	UpdatedAt   string  `json:"updated_at"`
}

func (g Guest) user(baseURL string) user {
	login := url.PathEscape(g.Login)
	return user{
		Login:       g.Login,
		ID:          1000 + len(g.Login),
		AvatarURL:   baseURL + "/avatars/" + login + ".svg",
		URL:         baseURL + "/users/" + login,
		HTMLURL:     "https://github.com/" + login,
		Type:        "User",
		Name:        orNull(g.name),
		Company:     orNull(g.company),
		Blog:        g.blog,
		Location:    orNull(g.location),
		Bio:         orNull(g.bio),
		PublicRepos: g.repos,
		PublicGists: g.gists,
		Followers:   g.followers,
		Following:   g.following,
		CreatedAt:   g.created,
		UpdatedAt:   g.created,
	}
}

// orNull is how GitHub says that a user has not filled a field in: null, but for blog, which is "".
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
