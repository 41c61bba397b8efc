package template

import (
	"errors"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// ErrNoDistribution is what [Read] gives for a template without an AWS::CloudFront::Distribution.
var ErrNoDistribution = errors.New("no AWS::CloudFront::Distribution in it")

// A Project is what was read of a template and of those that belong to it.
type Project struct {
	File          string
	Distributions []Distribution // in the order of their logical ids, those of nested stacks last
	Notes         []Note         // what could not be resolved, what was taken in its place, and what CloudFront refuses
}

// A Note says something about a place of a template.
type Note struct {
	File string
	Line int    // 0: not known
	Path string // "Resources.Site.Properties.DistributionConfig.Origins[0].DomainName"
	Text string
}

// String is the note in one line.
func (n Note) String() string {
	at := n.File
	if n.Line > 0 {
		at = fmt.Sprintf("%s:%d", n.File, n.Line)
	}
	if n.Path == "" {
		return printable(fmt.Sprintf("%s: %s", at, n.Text))
	}
	return printable(fmt.Sprintf("%s: %s: %s", at, n.Path, n.Text))
}

// A Distribution is an AWS::CloudFront::Distribution with what it refers to.
type Distribution struct {
	LogicalID string
	File      string
	Line      int
	Staging   bool // it gets what a continuous deployment policy gives it

	// Config is a JSON object with the member DistributionConfig, all intrinsics resolved, for awsconfig.Read.
	Config []byte
	// Functions are those of Lambda that the template has, by the ARN as it stands in Config.
	Functions map[string]FunctionCode
	// Policies are those of the template, by the id as it stands in Config; nothing else is bound in it.
	Policies awsconfig.Bindings
	// Origins by the origin's id.
	Origins map[string]Origin
	// CloudFrontFunctions by the ARN as it stands in Config, and KeyValueStores by the ARN as it stands in their associations.
	CloudFrontFunctions map[string]CloudFrontFunction
	KeyValueStores      map[string]KeyValueStore
	// KeyGroups by the id as it stands in Config.
	KeyGroups map[string]KeyGroup
}

// FunctionCode is where the code of a Lambda function is, and what Lambda@Edge says to its settings.
type FunctionCode struct {
	Name    string
	Dir     string // a folder, a zip or one file; "" when the code is inline, or not here
	Inline  string // the text of index.js or index.py
	Handler string // "index.handler"
	Runtime string // "nodejs22.x"
	File    string // of the template
	Line    int

	// Problems are what Lambda@Edge refuses or does otherwise, each with the rule, and why there is no code.
	Problems []string
}

// OriginKind is what an origin is in the template.
type OriginKind string

// The kinds of origins.
const (
	BucketOrigin      OriginKind = "bucket"
	WebsiteOrigin     OriginKind = "bucket website"
	FunctionURLOrigin OriginKind = "function URL"
	APIGatewayOrigin  OriginKind = "API Gateway"
	OtherOrigin       OriginKind = "other"
)

// An Origin is what stands behind an origin's domain name.
type Origin struct {
	Kind      OriginKind
	Domain    string   // as it stands in Config
	LogicalID string   // of the bucket, function or API, if the template has it
	Folders   []Folder // what fills the bucket, later ones over earlier ones
	Website   *Website // of a bucket that is asked as a website
	// Function is the code behind a function URL of the template.
	Function *FunctionCode
}

// A Folder is put into a bucket when the template is deployed.
type Folder struct {
	Dir    string // or a zip
	Prefix string // of the keys: "" or "docs/"

	// Markers are texts in the files, such as "<<marker:0xbaba:0>>", in whose place a deployment puts values, as far as these are known here.
	Markers map[string]string
}

// A Website is how a bucket serves as a website (AWS::S3::Bucket WebsiteConfiguration).
type Website struct {
	Index, Error string
	// RedirectHost and RedirectProtocol are of RedirectAllRequestsTo.
	RedirectHost, RedirectProtocol string
	// RoutingRules is the JSON of the list, in CloudFormation's spelling: RoutingRuleCondition and RedirectRule.
	RoutingRules []byte
}

// A CloudFrontFunction is an AWS::CloudFront::Function.
type CloudFrontFunction struct {
	Name, Runtime, Code string
	KeyValueStores      []string // ARNs
	File                string
	Line                int
}

// A KeyValueStore is an AWS::CloudFront::KeyValueStore.
type KeyValueStore struct {
	Name         string
	ImportSource string // the ARN of the object that fills it; "" when the template has none, or not the store
	Source       string // the same as a JSON file here; "" when it is not
}

// A KeyGroup is an AWS::CloudFront::KeyGroup with its keys.
type KeyGroup struct {
	Name string
	Keys []PublicKey
}

// A PublicKey is an AWS::CloudFront::PublicKey.
type PublicKey struct {
	ID, Name string
	PEM      string
	At       Note // where it stands, without a text
}
