package runtimes

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

// clients holds the programs that run handlers: clients/node and clients/python.
//
//go:embed clients
var clients embed.FS

// A launch is how a package's process is started.
type launch struct {
	runtime runtime
	command []string
	env     []string
	warning string // where the runtime is not the interpreter's; "" where it is
}

// prepare finds out how to start the package in dir, and writes the client program below temp.
func prepare(c Config, find finder, dir, temp, handler string) (launch, error) {
	r, err := choose(c.Runtime, dir, handler)
	if err != nil {
		return launch{}, err
	}
	env := []string{"_HANDLER=" + handler}
	if r.family == bootstrap {
		return launch{runtime: r, command: lambdahost.Bootstrap(dir), env: env}, nil
	}
	i, err := find(r.family, c.Interpreter)
	if err != nil {
		return launch{}, err
	}
	if r.version == 0 {
		r = i.runtime(r.family)
	}
	l := launch{runtime: r}
	if r.version != i.version {
		l.warning = fmt.Sprintf("%s is played on %s %s (%s): the client's rules are those of %[1]s, the language and its library are not; "+
			"set Interpreter to one of that version", r, r.family, i.release, i.path)
	}
	client := filepath.Join(temp, "runtime")
	if err := copyClient(r.family, client); err != nil {
		return launch{}, err
	}
	l.env = append(env, "AWS_EXECUTION_ENV=AWS_Lambda_"+r.String(), "LAMBDA_RUNTIME_DIR="+client)
	if r.family == python { // -B: no __pycache__ is written into the folder, which is the user's
		l.env = append(l.env, "PYTHONPATH="+client)
		l.command = []string{i.path, "-u", "-B", filepath.Join(client, "client.py")}
		return l, nil
	}
	l.env = append(l.env, fmt.Sprintf("NODE_PATH=/opt/nodejs/node%d/node_modules:/opt/nodejs/node_modules:%s/node_modules:%[2]s:%s",
		r.version, client, dir))
	l.command = append(append([]string{i.path}, i.lambdaFlags(r.version)...), filepath.Join(client, nodeClient(r.version)))
	return l, nil
}

func nodeClient(version int) string {
	if version < firstPromises {
		return "callbacks.mjs"
	}
	return "promises.mjs"
}

// copyClient writes the client programs of a family into the folder, which it makes.
func copyClient(f family, folder string) error {
	files, err := fs.Sub(clients, map[family]string{node: "clients/node", python: "clients/python"}[f])
	if err != nil {
		return err
	}
	return os.CopyFS(folder, files)
}
