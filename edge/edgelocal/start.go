package main

import (
	"fmt"
	"sync"
)

// atOnce is how many functions are opened at the same time: each starts its interpreter.
const atOnce = 4

// start makes what has to be made and opens the functions: each asks its interpreter for its version. With load their code is loaded too,
// so that what keeps it from running is said now.
func (b *binder) start(load bool) {
	var mu sync.Mutex
	var all sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	do := func(at string, f func() error) {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if err := f(); err != nil {
				mu.Lock()
				defer mu.Unlock()
				b.problem("%s: %s", at, err)
			}
		})
	}
	for _, o := range b.builds {
		do(o.at, func() error { return b.makeOrigin(o) })
	}
	for _, f := range b.functions {
		do(f.at, func() error {
			if err := b.commands.build(f.label(), f.code.Build); err != nil {
				return err
			}
			return f.reopen(load)
		})
	}
	all.Wait()
}

// makeOrigin runs what makes an origin's folder, or serves it.
func (b *binder) makeOrigin(o originBuild) error {
	label := "origin " + o.id
	if err := b.commands.serve(label, o.Origin); err != nil {
		return err
	}
	if err := b.commands.build(label, o.Build); err != nil || o.Folder == "" {
		return err
	}
	if why := noFolder(o.Folder); why != "" && b.commands != nil {
		return fmt.Errorf("%s: %s: it answers as an empty bucket", label, why)
	}
	return nil
}
