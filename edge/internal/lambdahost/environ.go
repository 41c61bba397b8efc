package lambdahost

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strconv"
	"time"
)

// Lambda@Edge functions are created in us-east-1 and associated by a version, never by $LATEST.
const (
	region  = "us-east-1"
	version = "1"
	handler = "index.handler" // the same on every runtime: a package has an index file for each
)

// environ returns the variables that Lambda sets (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html), without credentials
// and without AWS_EXECUTION_ENV and LAMBDA_RUNTIME_DIR, which tell of a runtime: who plays one adds them with Config.Env.
func environ(c Config, api string) []string {
	root := c.Dir
	if abs, err := filepath.Abs(root); err == nil {
		root = abs
	}
	return []string{
		"AWS_LAMBDA_RUNTIME_API=" + api,
		"AWS_LAMBDA_FUNCTION_NAME=" + region + "." + c.FunctionName, // Lambda@Edge's replicas carry the region in their name
		"AWS_LAMBDA_FUNCTION_VERSION=" + version,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE=" + strconv.Itoa(c.MemoryMB),
		"AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
		"AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/" + region + "." + c.FunctionName,
		"AWS_LAMBDA_LOG_STREAM_NAME=" + time.Now().UTC().Format("2006/01/02") + "/[" + version + "]" + randomHex(16),
		"AWS_REGION=" + region,
		"AWS_DEFAULT_REGION=" + region,
		"LAMBDA_TASK_ROOT=" + root,
		"_HANDLER=" + handler,
		"LANG=en_US.UTF-8",
		"TZ=:UTC",
		"PATH=/usr/local/bin:/usr/bin:/bin:/opt/bin",
	}
}

// newRequestID returns a random UUID (RFC 9562, version 4), the form of Lambda's request ids.
func newRequestID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// newTraceID returns an X-Ray trace header that is not sampled: Lambda@Edge has no X-Ray.
func newTraceID() string {
	return fmt.Sprintf("Root=1-%08x-%s;Parent=%s;Sampled=0", time.Now().Unix(), randomHex(12), randomHex(8))
}

func randomHex(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	return hex.EncodeToString(b)
}
