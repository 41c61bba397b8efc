package forms

// A Format is a form in which sites keep their redirects.
type Format uint8

// What [Read] reads.
const (
	Unknown  Format = iota
	CSV             // lines of from, to and status; Cloudflare's bulk redirects
	JSON            // the same in objects or lists
	S3              // the website configuration of a bucket, XML or JSON
	Vercel          // vercel.json
	Next            // what redirects() of next.config.js returns, as JSON
	Netlify         // netlify.toml
	Htaccess        // .htaccess, and other configuration of Apache
)

// What [Detect] tells by its name and [Read] does not read.
const (
	Redirects Format = iota + 100 // _redirects, which package rulefile reads
	Headers                       // _headers
	Nginx                         // a map or other configuration of nginx
	XML                           // that is no website configuration
	TOML                          // that is no netlify.toml
	YAML
	HTML
	JavaScript
)

// Formats returns the formats that [Read] reads.
func Formats() []Format {
	return []Format{CSV, JSON, S3, Vercel, Next, Netlify, Htaccess}
}

// ParseFormat returns the format with that name, as [Format.String] has it, Unknown
// if there is none.
func ParseFormat(name string) Format {
	for f, known := range names() {
		if known.name == name {
			return f
		}
	}
	return Unknown
}

// String returns the name of the format in one word, as in "csv".
func (f Format) String() string { return names()[f].name }

// Describe returns what a file of the format is, as in "a CSV file".
func (f Format) Describe() string { return names()[f].what }

type label struct{ name, what string }

func names() map[Format]label {
	return map[Format]label{
		Unknown:    {"unknown", "a file of no form known here"},
		CSV:        {"csv", "a CSV file"},
		JSON:       {"json", "a JSON file of pairs"},
		S3:         {"s3", "the website configuration of an S3 bucket"},
		Vercel:     {"vercel", "a vercel.json file"},
		Next:       {"next", "a list of Next.js redirects"},
		Netlify:    {"netlify.toml", "a netlify.toml file"},
		Htaccess:   {"htaccess", "a configuration of Apache"},
		Redirects:  {"redirects", "a _redirects file"},
		Headers:    {"headers", "a _headers file"},
		Nginx:      {"nginx", "a configuration of nginx"},
		XML:        {"xml", "an XML file"},
		TOML:       {"toml", "a TOML file"},
		YAML:       {"yaml", "a YAML file"},
		HTML:       {"html", "an HTML page"},
		JavaScript: {"javascript", "a JavaScript file"},
	}
}
