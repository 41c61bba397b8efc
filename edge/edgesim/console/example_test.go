package console_test

import (
	"context"
	"fmt"
	"log"
	"net"
	"os"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
)

// A site on port 8080 and its console on port 8081.
func ExampleConsole_Serve() {
	c := &console.Console{Site: "http://localhost:8080"}
	sim, err := edgesim.New(edgesim.Config{
		Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{Origin: &edgesim.S3Origin{FS: os.DirFS("site")}}},
		Observe:      c.Observe,
	})
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "localhost:0") // 8081 in a real program
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel() // at once, for the example
	fmt.Println(c.Serve(ctx, listener, sim))
	// Output: <nil>
}
