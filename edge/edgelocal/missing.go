package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// missingModule is how Node.js and Python say that the function's code needs a module that is not there.
var missingModule = regexp.MustCompile(`ImportModuleError|ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|ModuleNotFoundError`)

// missingName is the module's name; a path is no module that can be installed.
var missingName = regexp.MustCompile(`Cannot find (?:module|package) '([^'./][^']*)'|No module named '([^'.]+)`)

// advise adds to the error of a function whose module is missing how to install it in the folder of the function; dir is "" for code
// that stands in a template.
func advise(dir string, err error) error {
	if err == nil || !missingModule.MatchString(err.Error()) {
		return err
	}
	found := missingName.FindStringSubmatch(err.Error())
	switch {
	case found == nil:
		return err
	case dir == "":
		return fmt.Errorf("%w\ncode in a template cannot have packages: bind the function to a folder with its code, and install %s there", err, found[1]+found[2])
	case found[2] != "":
		return fmt.Errorf("%w\n%s", err, pythonAdvice(dir, found[2]))
	}
	return fmt.Errorf("%w\n%s", err, nodeAdvice(dir, found[1]))
}

// nodeAdvice has the AWS SDKs apart: the third is in Lambda's runtimes from nodejs18.x on, the second in those before, and neither in the
// Node.js of this machine (lambda-nodejs.html, "Runtime-included SDK versions").
func nodeAdvice(dir, module string) string {
	runtimes := ""
	switch {
	case module == "aws-sdk":
		runtimes = "before nodejs18.x"
	case strings.HasPrefix(module, "@aws-sdk/"):
		runtimes = "from nodejs18.x on"
	}
	if runtimes != "" {
		return fmt.Sprintf("Lambda's runtimes %s have %s, this machine has not: npm install --no-save %[2]s in %s", runtimes, module, dir)
	}
	if at := upwards(dir, "package.json"); at != "" {
		return fmt.Sprintf("the package %s is not installed: npm install in %s", module, at)
	}
	return fmt.Sprintf("%s has no package %s, nor has Lambda's runtime: npm install %[2]s in %[1]s", dir, module)
}

func pythonAdvice(dir, module string) string {
	if module == "boto3" || module == "botocore" {
		return fmt.Sprintf("Lambda's runtime has %s, this machine has not: pip install %[1]s", module)
	}
	if at := upwards(dir, "requirements.txt"); at != "" {
		return fmt.Sprintf("the module %s is not installed: pip install -r %s -t %s, or sam build", module, filepath.Join(at, "requirements.txt"), dir)
	}
	return fmt.Sprintf("%s has no module %s, nor has Lambda's runtime: pip install -t %[1]s %[2]s", dir, module)
}

// upwards is the folder, dir or one above it up to the one that the command was started in, that has a file.
func upwards(dir, name string) string {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return dir
		}
		if dir == "." || dir == filepath.Dir(dir) || strings.HasPrefix(dir, "..") {
			return ""
		}
	}
}
